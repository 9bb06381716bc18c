"""Events a second of the scheduler beside SimPy's, on the same hold model.

Each of a thousand actors asks to be run again after a drawn delay; both run to the same instant and
so run the same events.
"""

from collections.abc import Generator, Iterator
from itertools import cycle

import simpy

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.units import Duration, Instant
from tests.benchmarks.figures import Figure, median_ratio, seconds_of

ACTORS = 1_000
UNTIL = 150_000
ROUNDS = 7


def measure() -> Iterator[Figure]:
    """How many times as many events a second as SimPy."""
    stream = Streams(1).stream("bench", "delays")
    delays = [Duration(stream.integer(1, 2_000)) for _ in range(65_536)]
    assert _ours(delays) == _theirs(delays)
    ratio, our_time, their_time = median_ratio(
        lambda: seconds_of(lambda: _ours(delays)),
        lambda: seconds_of(lambda: _theirs(delays)),
        ROUNDS,
    )
    events = _ours(delays)
    yield Figure(
        name="scheduler: events a second, ratio to SimPy",
        figure=round(ratio, 2),
        unit="x",
        target=1.4,
        better="higher",
        detail=f"{events} events, {ROUNDS} rounds in turn, median: "
        f"{events / our_time:,.0f}/s beside {events / their_time:,.0f}/s",
    )


def _ours(delays: list[Duration]) -> int:
    scheduler = Scheduler()
    draw = cycle(delays).__next__
    after = scheduler.after
    count = 0

    def fire() -> None:
        nonlocal count
        count += 1
        after(draw(), fire)

    for _ in range(ACTORS):
        after(draw(), fire)
    scheduler.run(until=Instant(UNTIL))
    return count


def _theirs(delays: list[Duration]) -> int:
    environment = simpy.Environment()
    draw = cycle(delays).__next__
    timeout = environment.timeout
    count = 0

    def actor() -> Generator[simpy.Event, object, None]:
        nonlocal count
        while True:
            yield timeout(draw())
            count += 1

    for _ in range(ACTORS):
        environment.process(actor())
    environment.run(until=UNTIL + 0.5)
    return count
