"""E-mails that the Self-Service Interface sends: into a file, or by SMTP (MP121 PIA 4).

Letters are made in the laboratory's loop and carried by a thread, so that no mail server holds up
the home; what does not fit a bounded queue is dropped, with a word about it. No letter holds an
install code: it says where to look.
"""

import smtplib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from queue import Full, Queue
from typing import Final, Protocol
from urllib.parse import urlsplit

from emulator.dcc.incidents.notifications import Notification
from emulator.kernel.errors import UsageError

DOMAIN: Final = "hanlab.invalid"
"""No mail to it is ever delivered by anybody (RFC 2606)."""
_WAITING: Final = 1_000
_TIMEOUT: Final = 5.0


def letter(notification: Notification, number: int, recipient: str, address: str) -> EmailMessage:
    """The e-mail of a notification.

    Args:
        notification: to whom, and why.
        number: of the e-mail, from 1.
        recipient: name of the user.
        address: of the page that it is about.
    """
    made = EmailMessage()
    made["From"] = f"Self-Service Interface <ssi@{DOMAIN}>"
    made["To"] = f"{recipient} <{recipient.lower().replace(' ', '-')}@{DOMAIN}>"
    made["Subject"] = f"Request {notification.about}: {notification.occasion.value}"
    made["Date"] = format_datetime(notification.moment)
    made["Message-ID"] = f"<{number}.{notification.about}@{DOMAIN}>"
    made.set_content(f"{notification.occasion.value}.\n\n{address}\n")
    return made


class Carrier(Protocol):
    """Takes letters away."""

    def carry(self, message: EmailMessage) -> None:
        """Take one; raises `OSError` or `smtplib.SMTPException` when that fails."""
        ...


@dataclass(frozen=True, slots=True)
class FileCarrier:
    """Appends letters to a file in mbox format (RFC 4155)."""

    path: Path

    def carry(self, message: EmailMessage) -> None:
        """Append one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lines = message.as_bytes().splitlines(keepends=True)
        quoted = b"".join(b">" + each if each.startswith(b"From ") else each for each in lines)
        with self.path.open("ab") as file:
            file.write(b"From ssi@hanlab.invalid " + str(message["Date"]).encode() + b"\n")
            file.write(quoted + b"\n")


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """Hands letters to a mail server."""

    host: str
    port: int

    def carry(self, message: EmailMessage) -> None:
        """Hand over one."""
        with smtplib.SMTP(self.host, self.port, timeout=_TIMEOUT) as server:
            server.send_message(message)


def carrier(text: str) -> Carrier:
    """The carrier of a URL `smtp://HOST[:PORT]`, or of a file's path.

    Raises:
        UsageError: when it is neither.
    """
    if "://" not in text:
        return FileCarrier(Path(text))
    try:
        parts = urlsplit(text)
        port = parts.port or smtplib.SMTP_PORT
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme != "smtp" or not parts.hostname or parts.path.strip("/"):
        raise UsageError(f"--outbox {text}: expected a file, or a URL like smtp://127.0.0.1:1025")
    return SmtpCarrier(parts.hostname, port)


class Outbox:
    """Sends letters, in order, and remembers them.

    Args:
        carrier: takes them away.
        say: told what could not be sent; may be called from the carrying thread.
        waiting: letters that wait for the carrier at most.
    """

    def __init__(
        self, carrier: Carrier, say: Callable[[str], None], waiting: int = _WAITING
    ) -> None:
        self._carrier = carrier
        self._say = say
        self._queue: Queue[EmailMessage | None] = Queue(waiting)
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
        self._thread.start()

    def send(self, message: EmailMessage) -> None:
        """Have a letter sent; never waits."""
        try:
            self._queue.put_nowait(message)
        except Full:
            self._say(f"an e-mail to {message['To']} was dropped: {self._queue.maxsize} wait")

    def close(self) -> None:
        """Send what waits, for no longer than a letter may take, and stop."""
        try:
            self._queue.put(None, timeout=_TIMEOUT)
        except Full:
            return
        self._thread.join(_TIMEOUT + 1)

    def _run(self) -> None:
        while (message := self._queue.get()) is not None:
            try:
                self._carrier.carry(message)
            except (OSError, smtplib.SMTPException) as fault:
                self._say(f"an e-mail to {message['To']} was not sent: {fault}")
