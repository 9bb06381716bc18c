"""Serial octet to handler, and a day of virtual time over the driver on the virtual dongle."""

import os
import pty
import subprocess
import sys
import tty
from collections.abc import Iterator
from statistics import median
from time import monotonic_ns

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, seconds
from emulator.lab.radios.paced_clock import PacedClock
from hardware.line.opening import open_line
from tests.bench.dongle_day import memory_of_a_day
from tests.bench.figures import Figure

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
    """Latency in milliseconds, growth in per cent."""
    delays = sorted(_delays())
    worst = delays[int(len(delays) * 0.99)] if delays else None
    yield Figure(
        name="serial octet to handler, 99th percentile",
        figure=None if worst is None else round(worst, 3),
        unit="ms",
        target=1.0,
        better="lower",
        detail=f"{len(delays)} stamps over a pseudo-terminal from another process, median "
        f"{median(delays or [0]):.3f} ms, load of the machine {os.getloadavg()[0]:.1f}",
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


def _delays() -> list[float]:
    """Milliseconds from the write in the other process to the handler in this one."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, range(os.cpu_count() or 1))  # the other process has its own core
    near, far = pty.openpty()
    tty.setraw(near)
    tty.setraw(far)
    clock = PacedClock()
    scheduler = Scheduler(clock)
    found: list[float] = []
    waiting = bytearray()

    def handle(octets: bytes) -> None:
        now = monotonic_ns()
        waiting.extend(octets)
        while len(waiting) >= _SIZE:
            found.append((now - int.from_bytes(waiting[:_SIZE], "big")) / 1e6)
            del waiting[:_SIZE]

    clock.open("bench", lambda: open_line(os.ttyname(far)), handle)
    # The other process writes into the near end, as a dongle does.
    words = (sys.executable, "-c", _WRITER, str(near))
    writer = subprocess.Popen(words, pass_fds=(near,))
    scheduler.run(
        Instant(seconds(60)), stop=lambda: len(found) >= OCTETS or writer.poll() is not None
    )
    writer.wait()
    clock.close()
    os.close(near)
    os.close(far)
    return found
