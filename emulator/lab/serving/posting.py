"""Responses and alerts brought to a user's own address, and brought again when nobody took them.

A slow or vanished client never holds up the laboratory: a thread of its own waits for it, and what
does not fit a bounded queue is dropped, with a word about it.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from queue import Full, Queue
from typing import Final
from urllib.parse import SplitResult, urlsplit

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import setting

_RETRIES: Final = "an alert is tried again within 300 s (SEC glossary); how often is assumed"
_TAKEN: Final = range(200, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySettings:
    """How responses are delivered."""

    timeout: float = setting(5.0, source="a client of DCC gives up after 3 s to 4 s itself")
    """Seconds that a client may take."""
    attempts: int = setting(5, source=_RETRIES, verified=False)
    first_pause: float = setting(1.0, source=_RETRIES, verified=False)
    """Seconds until the second attempt; each later pause is twice as long."""
    waiting: int = setting(10_000, source="so many responses wait at most; older ones go first")


def response_address(text: str) -> SplitResult:
    """The address that responses are brought to.

    Raises:
        UsageError: when it is none.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise UsageError(f"--response-url {text}: expected a URL like http://127.0.0.1:1880/duis")
    return parts


class Delivery:
    """Brings documents to one address, in order.

    Args:
        address: where to.
        say: told what could not be delivered; may be called from the delivering thread.
        settings: of delivery.
    """

    def __init__(
        self,
        address: SplitResult,
        say: Callable[[str], None],
        settings: DeliverySettings | None = None,
    ) -> None:
        self._address = address
        self._say = say
        self._settings = settings or DeliverySettings()
        self._queue: Queue[bytes | None] = Queue(self._settings.waiting)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="delivery", daemon=True)
        self._thread.start()

    def post(self, document: bytes) -> None:
        """Have a document delivered; never waits."""
        try:
            self._queue.put_nowait(document)
        except Full:
            self._say(f"a response was dropped: {self._settings.waiting} wait for the client")

    def close(self) -> None:
        """Stop; what was not delivered is not."""
        self._over.set()
        with suppress(Full):  # the thread then has much to take, and looks after each
            self._queue.put_nowait(None)
        self._thread.join(self._settings.timeout + 1)

    def _run(self) -> None:
        while not self._over.is_set():
            document = self._queue.get()
            if document is not None:
                self._deliver(document)

    def _deliver(self, document: bytes) -> None:
        pause, problem = self._settings.first_pause, ""
        for attempt in range(self._settings.attempts):
            if attempt and self._over.wait(pause * 2 ** (attempt - 1)):
                return
            problem = self._attempt(document)
            if not problem:
                return
        self._say(f"a response could not be delivered to {self._address.geturl()}: {problem}")

    def _attempt(self, document: bytes) -> str:
        """Bring it once; why it was not taken, or nothing."""
        kind = HTTPSConnection if self._address.scheme == "https" else HTTPConnection
        host, port = self._address.hostname or "", self._address.port
        connection = kind(host, port, timeout=self._settings.timeout)
        path = self._address.path or "/"
        if self._address.query:
            path += f"?{self._address.query}"
        try:
            connection.request("POST", path, document, {"content-type": "application/xml"})
            status = connection.getresponse().status
        except (OSError, HTTPException) as fault:
            return str(fault) or type(fault).__name__
        finally:
            connection.close()
        return "" if status in _TAKEN else f"answered {status}"
