"""Clients that read slowly, or vanish, hold up neither the home nor who else watches."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from emulator.kernel.units import seconds
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.serving.doors import LOOPBACK, Door, Doors, listen
from emulator.lab.serving.loop_line import LoopLine
from emulator.lab.workbench.guard import own_hosts
from emulator.lab.workbench.home_watch import HomeWatch
from emulator.lab.workbench.workbench import Workbench
from tests.lab.workbench.homes import begin, watched_home

SLOW = 20
FACTOR = 20.0


@dataclass
class Served:
    """A home whose loop runs in the test, and its pages in a thread."""

    watch: HomeWatch
    port: int
    sockets: list[socket.socket] = field(default_factory=list)

    def slow_watcher(self) -> None:
        """Asks for the feed and never reads."""
        made = socket.create_connection((LOOPBACK, self.port))
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        host = f"{LOOPBACK}:{self.port}"
        made.sendall(f"GET /premises/1/feed HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        self.sockets.append(made)

    def watch_well(self, wanted: int) -> None:
        """Read until so many frames were seen."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=60)
        connection.request("GET", "/premises/1/feed")
        answer, frames, kind = connection.getresponse(), 0, ""
        while frames < wanted:
            line = answer.readline().decode().rstrip()
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: ") and kind == "rows":
                frames += len(json.loads(line.removeprefix("data: "))["at"])
        answer.close()
        connection.close()


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    watch, loop = watched_home(), LoopLine()
    begin(watch.work)
    clock = PacedClock(FACTOR)
    clock.open(loop.name, lambda: loop, loop.receive)
    watch.work.lab.scheduler.pace = clock
    listener = listen(LOOPBACK, 0, "--port")
    port = int(listener.getsockname()[1])
    workbench = Workbench(loop, watch, folder)
    doors = Doors((Door(workbench.application(own_hosts(LOOPBACK, port)), listener),))
    made = Served(watch, port)
    try:
        yield made
    finally:
        for each in made.sockets:
            each.close()
        workbench.end_streams()
        doors.close()
        clock.close()


def test_who_reads_slowly_or_vanishes_holds_up_nobody(tmp_path: Path) -> None:
    with served(tmp_path) as home:
        for _ in range(SLOW):
            home.slow_watcher()
        for gone in home.sockets[: SLOW // 2]:
            gone.close()
        reader = threading.Thread(target=home.watch_well, args=(20,))
        reader.start()

        scheduler = home.watch.work.lab.scheduler
        before, began = scheduler.now, time.monotonic()
        scheduler.run(stop=lambda: not reader.is_alive())
        passed, waited = scheduler.now - before, time.monotonic() - began

        assert not reader.is_alive()
        assert passed >= seconds(1) * FACTOR * waited / 2
