"""Documents read by processes beside the server's own, which has homes to look after.

Reading one and verifying its signature takes as long as all else that is done for it at once. The
processes know nothing of homes. Whatever one of them cannot do, because it ended or is not up yet,
is done here, so that no request depends on them.
"""

import asyncio
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from typing import Final

from emulator.duis.desk import Refused
from emulator.duis.request import DuisRequest
from emulator.lab.serving.reading_process import (
    LENGTH,
    READY,
    WhatToKnow,
    framed,
    read_answer,
)

MOST: Final = 3
"""More would wait for the one loop that all requests go through."""
_PATIENCE: Final = 2.0
"""Seconds that a process is given to end by itself."""

Read = DuisRequest | Refused


def readers_for(premises: int) -> int:
    """How many processes pay: none for one home, and never more than there are other cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(MOST, (cores or 1) - 1) if premises > 1 else 0


class Reader(asyncio.Protocol):
    """The near end of one process, which answers in the order in which it is asked."""

    def __init__(self) -> None:
        self._came = bytearray()
        self._asked: deque[asyncio.Future[Read | None]] = deque()
        self._transport: asyncio.WriteTransport | None = None
        self.ready = False

    @property
    def waiting(self) -> int:
        """How many documents it has before it."""
        return len(self._asked)

    def ask(self, octets: bytes) -> "asyncio.Future[Read | None]":
        """What a document says; None when it is to be read by somebody else."""
        asked: asyncio.Future[Read | None] = asyncio.get_running_loop().create_future()
        if self._transport is None or not self.ready:
            asked.set_result(None)
        else:
            self._asked.append(asked)
            self._transport.write(framed(octets))
        return asked

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The process can be asked, once it says so."""
        if isinstance(transport, asyncio.WriteTransport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        """A part of its answers came."""
        self._came += data
        while len(self._came) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._came)[0]
            if len(self._came) < end:
                return
            piece = bytes(self._came[LENGTH.size : end])
            del self._came[:end]
            self._take(piece)

    def connection_lost(self, exc: Exception | None) -> None:
        """It ended: others have to read what it did not."""
        del exc
        self.ready, self._transport = False, None
        while self._asked:
            self._settle(None)

    def _take(self, piece: bytes) -> None:
        if self.ready:
            self._settle(read_answer(piece))
        self.ready = self.ready or piece == READY

    def _settle(self, read: Read | None) -> None:
        asked = self._asked.popleft()
        if not asked.done():  # who asked may be gone
            asked.set_result(read)


class Readers:
    """Processes that read; `read` belongs to one asyncio loop, the rest to who made them.

    Args:
        count: how many; 0 for none.
        know: what they have to know.
        here: reads a document in this process.
    """

    def __init__(self, count: int, know: WhatToKnow, here: Callable[[bytes], Read]) -> None:
        self._here = here
        self._ends: list[socket.socket] = []
        self.processes: list[subprocess.Popen[bytes]] = []
        self._readers: list[Reader] = []
        for _ in range(count):
            self._start(know.told())

    async def open(self) -> None:
        """Come to the processes; until then, documents are read here."""
        loop = asyncio.get_running_loop()
        for end in self._ends:
            _, reader = await loop.create_connection(Reader, sock=end)
            self._readers.append(reader)

    async def read(self, octets: bytes) -> Read:
        """What a document says, as `DuisDesk.read`."""
        ready = [each for each in self._readers if each.ready]
        least = min(ready, key=lambda each: each.waiting, default=None)
        found = None if least is None else await least.ask(octets)
        return self._here(octets) if found is None else found

    def close(self) -> None:
        """End the processes; nobody may be reading any more."""
        for end in self._ends:
            end.close()
        for process in self.processes:
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, told: bytes) -> None:
        near, far = socket.socketpair()
        with far:
            process = subprocess.Popen(
                (sys.executable, "-m", "emulator.lab.serving.reading_process"),
                stdin=far.fileno(),
                start_new_session=True,  # Ctrl-C is for the server, which ends all
            )
        near.sendall(framed(told))
        near.setblocking(False)
        self._ends.append(near)
        self.processes.append(process)
