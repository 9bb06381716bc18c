"""Serial octet to handler, and a day of virtual time over the driver on the virtual dongle."""

import os
import pty
import select
import subprocess
import sys
import tty
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from time import monotonic_ns

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, seconds
from emulator.lab.radios.paced_clock import PacedClock
from hardware.line.opening import open_line
from tests.benchmarks.dongle_day import memory_of_a_day
from tests.benchmarks.figures import Figure

OCTETS = 3_000
_SIZE = 8
_WRITER = f"""
import os, sys, time
port = int(sys.argv[1])
for _ in range({OCTETS}):
    time.sleep(0.002)
    os.write(port, time.monotonic_ns().to_bytes({_SIZE}, "big"))
"""
"""Another process, which writes the moment of writing; the clock is one for the whole machine."""


def measure() -> Iterator[Figure]:
    """Latency in milliseconds beside that of a bare loop in the same run, growth in per cent."""
    ours, bare = sorted(_delays(_through_the_lab)), sorted(_delays(_bare))
    yield Figure(
        name="serial octet to handler, 99th percentile",
        figure=round(_percentile(ours), 3),
        unit="ms",
        target=1.0,
        better="lower",
        detail=f"{len(ours)} stamps over a pseudo-terminal from another process, median "
        f"{median(ours):.3f} ms; a bare loop of select and read, which is the machine's own share: "
        f"{_percentile(bare):.3f} ms, median {median(bare):.3f} ms; "
        f"load of the machine {os.getloadavg()[0]:.1f}",
    )
    early, late = memory_of_a_day()
    yield Figure(
        name="24 h over the driver on the virtual dongle: growth of memory",
        figure=round((late / early - 1) * 100, 2),
        unit="%",
        target=5.0,
        better="lower",
        detail=f"{early / 2**20:.1f} MiB after 6 h, {late / 2**20:.1f} MiB after 24 h",
    )


Take = Callable[[bytes], None]
Loop = Callable[[str, Take, Callable[[], bool]], None]
"""Hands on what comes from the terminal of that name until the last word is true."""


def _percentile(delays: Sequence[float]) -> float:
    return delays[int(len(delays) * 0.99)]


def _delays(loop: Loop) -> list[float]:
    """Milliseconds from the write in the other process to the handler in this one."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, range(os.cpu_count() or 1))  # the other process has its own core
    near, far = pty.openpty()
    tty.setraw(near)
    tty.setraw(far)
    found: list[float] = []
    waiting = bytearray()

    def handle(octets: bytes) -> None:
        now = monotonic_ns()
        waiting.extend(octets)
        while len(waiting) >= _SIZE:
            found.append((now - int.from_bytes(waiting[:_SIZE], "big")) / 1e6)
            del waiting[:_SIZE]

    # The other process writes into the near end, as a dongle does.
    words = (sys.executable, "-c", _WRITER, str(near))
    with subprocess.Popen(words, pass_fds=(near,)):
        loop(os.ttyname(far), handle, lambda: len(found) >= OCTETS)
    os.close(near)
    os.close(far)
    assert len(found) == OCTETS, f"{len(found)} of {OCTETS} stamps came"
    return found


def _through_the_lab(port: str, take: Take, ended: Callable[[], bool]) -> None:
    clock = PacedClock()
    clock.open("bench", lambda: open_line(port), take)
    Scheduler(clock).run(Instant(seconds(60)), stop=ended)
    clock.close()


def _bare(port: str, take: Take, ended: Callable[[], bool]) -> None:
    line = os.open(port, os.O_RDWR | os.O_NOCTTY)
    while not ended() and select.select((line,), (), (), 10.0)[0]:
        take(os.read(line, 4_096))
    os.close(line)
