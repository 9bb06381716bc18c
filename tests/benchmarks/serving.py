"""`hanlab serve` under load: acknowledgements of many requests at once, and memory over a day."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import run
from typing import Final

from emulator.testing.served.duis_burst import burst, inbox, reads
from emulator.testing.served.served_dcc import served_dcc
from tests.benchmarks.figures import Figure
from tests.benchmarks.serving_day import SHIPMENT

PREMISES: Final = 50
REQUESTS: Final = 200
CORES: Final = 2
"""That server and client share; other measurements compare on one."""


def measure() -> Iterator[Figure]:
    """The slowest acknowledgements of a burst, what became of it, and how memory grows."""
    with _on_cores(CORES), inbox() as box:
        words = ("--devices", str(SHIPMENT), "--premises", str(PREMISES))
        with served_dcc((*words, "--response-url", box.url)) as served:
            documents = reads(served, REQUESTS)
            taken = sorted(burst(served.url("duis"), list(documents.values())))
            box.wait(REQUESTS)
            later = box.codes()
    seconds = [second for second, _ in taken]
    once = sum(len(codes) == 1 for codes in later.values())
    told = (
        f"{REQUESTS} requests 4.1.1 at once, {PREMISES} homes; client on the same {CORES} cores, "
        "its connections open and its documents signed beforehand, each request timed from its "
        "first octet to the last of its answer"
    )
    yield Figure(
        name="serve: acknowledgement of 200 requests at once, 99th percentile",
        figure=round(1e3 * seconds[int(0.99 * REQUESTS) - 1], 1),
        unit="ms",
        target=250,
        better="lower",
        detail=f"{told}; median {1e3 * seconds[REQUESTS // 2]:.0f} ms",
    )
    yield Figure(
        name="serve: requests answered exactly once",
        figure=float(once),
        unit="requests",
        target=float(REQUESTS),
        better="higher",
        detail=told,
    )
    yield _memory()


@contextmanager
def _on_cores(count: int) -> Iterator[None]:
    """Let this process, and those that it starts, run on so many cores until the block ends."""
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(min(count, os.cpu_count() or 1)))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _memory() -> Figure:
    """How much more memory the last hour of a day needs than the second."""
    command = [sys.executable, "-m", "tests.benchmarks.serving_day", str(PREMISES)]
    day = json.loads(run(command, capture_output=True, text=True, check=True).stdout)
    sizes = day["megabytes"]
    return Figure(
        name="serve: growth of memory over 8 h of virtual traffic",
        figure=round(100 * (sizes[-1] / sizes[1] - 1), 2),
        unit="%",
        target=5.0,
        better="lower",
        detail=f"{PREMISES} homes, a request every 5 min to each; MB after each hour: {sizes}",
    )
