import mailbox
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from emulator.dcc.incidents.notifications import Notification, Occasion
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.self_service.outbox import (
    FileCarrier,
    Outbox,
    SmtpCarrier,
    carrier,
    letter,
)

MOMENT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def made(number: int = 1) -> EmailMessage:
    told = Notification(MOMENT, Eui64(1), Occasion.ASSIGNED, 7)
    return letter(told, number, "gaining supplier", "http://127.0.0.1:8080/ssi/requests/7")


class Stuck:
    """A mail server that does not answer until it is let go."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.go = threading.Event()

    def carry(self, message: EmailMessage) -> None:
        self.go.wait(10)
        self.taken.append(message)


class Taking(socketserver.StreamRequestHandler):
    """As much of a mail server as one letter needs (RFC 5321)."""

    letters: list[bytes] = []  # noqa: RUF012 - what the server of a test took

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return


@contextmanager
def mail_server() -> Iterator[int]:
    with socketserver.TCPServer(("127.0.0.1", 0), Taking) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join()


def test_a_letter_says_whom_why_and_where() -> None:
    text = made().as_string()

    assert "To: gaining supplier <gaining-supplier@hanlab.invalid>" in text
    assert "Subject: Request 7: an incident was assigned to you" in text
    assert "Date: Mon, 05 Jan 2026 09:00:00 +0000" in text
    assert "http://127.0.0.1:8080/ssi/requests/7" in text


def test_letters_stand_in_a_file_that_mail_programs_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "outbox.mbox"
    outbox = Outbox(FileCarrier(path), lambda _: None)
    for number in (1, 2):
        outbox.send(made(number))
    outbox.close()

    read = mailbox.mbox(path)
    assert [each["Message-ID"] for each in read] == ["<1.7@hanlab.invalid>", "<2.7@hanlab.invalid>"]
    read.close()


def test_letters_go_to_a_mail_server() -> None:
    with mail_server() as port:
        outbox = Outbox(SmtpCarrier("127.0.0.1", port), lambda _: None)
        outbox.send(made())
        outbox.close()

    assert b"Request 7" in Taking.letters[-1]


def test_a_mail_server_that_is_stuck_holds_nobody_up() -> None:
    stuck, said = Stuck(), list[str]()
    outbox = Outbox(stuck, said.append, waiting=2)

    for number in range(10):
        outbox.send(made(number))
    stuck.go.set()
    outbox.close()

    assert 2 <= len(stuck.taken) <= 3
    assert len(said) == 10 - len(stuck.taken)
    assert "dropped" in said[0]


def test_what_could_not_be_sent_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    outbox = Outbox(FileCarrier(tmp_path), said.append)
    outbox.send(made())
    outbox.close()

    assert "was not sent" in said[0]


def test_a_carrier_is_told_by_url_or_path() -> None:
    assert carrier("a/b.mbox") == FileCarrier(Path("a/b.mbox"))
    assert carrier("smtp://127.0.0.1:1025") == SmtpCarrier("127.0.0.1", 1025)
    assert carrier("smtp://mail") == SmtpCarrier("mail", 25)


@pytest.mark.parametrize("text", ["http://x", "smtp://", "smtp://a:b", "smtp://a/b", "smtp://[x"])
def test_what_is_no_carrier_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--outbox"):
        carrier(text)
