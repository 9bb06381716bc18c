"""How other threads hand work to the laboratory's one loop, and wait for what comes of it.

A pair of sockets wakes the loop where it waits for lines from outside; the work is done there,
between two events, at an instant of its own. Nothing of the laboratory is touched by any other
thread.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any, Final, TypeVar

from emulator.kernel.errors import LocalError

Result = TypeVar("Result")
_CHUNK: Final = 4096
MOST_WAITING: Final = 10_000
"""Pieces of work that wait at most: more than any number of clients that are answered in time."""


class LoopLine:
    """Implements `emulator.lab.radios.lines.HostedLine`; its other end is `call`.

    Args:
        most: pieces of work that wait at most.
    """

    name = "requests"
    unsent = False

    def __init__(self, most: int = MOST_WAITING) -> None:
        self._most = most
        self._waiting: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = SimpleQueue()
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)
        self._closed = False
        self._woken = False
        self._guests = 0
        self._counting = threading.Lock()

    @property
    def asked(self) -> bool:
        """Whether somebody waits for an answer."""
        return self._guests > 0

    @contextmanager
    def guest(self) -> Iterator[None]:
        """Somebody waits for an answer until the block ends; any thread may say so."""
        with self._counting:
            self._guests += 1
        try:
            yield
        finally:
            with self._counting:
                self._guests -= 1
            if not self._guests:
                self._wake()

    def call(self, work: Callable[[], Result]) -> "Future[Result]":
        """Have the loop do `work`; any thread may ask.

        Raises:
            LocalError: when the loop has ended, or has more to do than it can take on.
        """
        if self._closed:
            raise LocalError("the laboratory is closed")
        if self._waiting.qsize() >= self._most:
            raise LocalError(f"the laboratory is busy: {self._most} requests wait")
        future: Future[Result] = Future()
        self._waiting.put((work, future))
        if not self._wake():
            raise LocalError("the laboratory is closed")
        return future

    def _wake(self) -> bool:
        """Have the loop look; False when there is none any more.

        One wake-up is enough until the loop has taken it: each costs the asking thread its turn.
        """
        if self._woken:
            return not self._closed
        self._woken = True
        try:
            self._far.send(b"\x01")
        except BlockingIOError:
            return True  # as many wake-ups are waiting as fit: one of them is enough
        except OSError:
            return False
        return True

    def receive(self, _woken: object) -> None:
        """Do what waits; in the loop."""
        while True:
            try:
                work, future = self._waiting.get_nowait()
            except Empty:
                return
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except Exception as fault:  # noqa: BLE001 - one request's fault is not the home's end
                future.set_exception(fault)

    def fileno(self) -> int:
        """What to wait on."""
        return self._near.fileno()

    def read(self) -> bytes:
        """Take the wake-ups; `receive` is to follow."""
        try:
            return self._near.recv(_CHUNK)
        except BlockingIOError:
            return b""
        finally:
            self._woken = False  # only now: who asked in between is found by `receive`

    def write(self, octets: bytes) -> None:
        """Nothing goes this way."""

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Release the sockets; what still waits is called off."""
        self._closed = True
        self._near.close()
        self._far.close()
        while True:
            try:
                _, future = self._waiting.get_nowait()
            except Empty:
                return
            future.cancel()
