from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from emulator.alt_han.bridge.backhaul import Backhaul
from emulator.alt_han.bridge.facts import BackhaulDropped, BackhaulOutage
from emulator.alt_han.bridge.settings import BackhaulSettings
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Duration, Instant, milliseconds, seconds

STILL = BackhaulSettings(
    latency=milliseconds(10), jitter=Duration(0), throughput=8_000, mtu=100, overhead=0
)


class Line:
    def __init__(self, settings: BackhaulSettings = STILL, seed: int = 1) -> None:
        self.scheduler = Scheduler()
        self.trace = Trace()
        self.arrived: list[tuple[int, int]] = []
        streams = Streams(seed)
        self.backhaul = Backhaul("line", self.scheduler, streams, self.trace, settings)

    def send(self, octets: int) -> bool:
        return self.backhaul.send(octets, lambda: self.arrived.append((self.scheduler.now, octets)))

    def dropped(self) -> list[str]:
        return [fact.reason for _, fact in self.trace.of(BackhaulDropped)]


def test_a_message_takes_the_latency_and_the_time_of_its_octets() -> None:
    line = Line()

    line.send(50)
    line.scheduler.run()

    assert line.arrived == [(50_000 + 10_000, 50)]


def test_messages_follow_each_other_on_the_line() -> None:
    line = Line()

    line.send(50)
    line.send(20)
    line.scheduler.run()

    assert line.arrived == [(60_000, 50), (80_000, 20)]


def test_each_piece_carries_its_overhead() -> None:
    line = Line(replace(STILL, overhead=10))

    line.send(250)
    line.scheduler.run()

    assert line.arrived[0][0] == (250 + 3 * 10) * 1_000 + 10_000


def test_what_does_not_fit_into_the_queue_is_lost() -> None:
    line = Line(replace(STILL, queue=2))

    assert [line.send(1) for _ in range(3)] == [True, True, False]
    assert line.dropped() == ["queue full"]


def test_a_long_message_is_lost_with_any_of_its_pieces() -> None:
    short = Line(replace(STILL, loss=0.3, queue=10_000))
    long = Line(replace(STILL, loss=0.3, queue=10_000))

    through_short = sum(short.send(10) for _ in range(2_000))
    through_long = sum(long.send(300) for _ in range(2_000))

    assert abs(through_short / 2_000 - 0.7) < 0.04
    assert abs(through_long / 2_000 - 0.7**3) < 0.04


def test_nothing_gets_through_during_an_outage() -> None:
    line = Line()

    line.backhaul.cut(out=True)
    assert not line.send(1)
    line.backhaul.cut(out=False)
    assert line.send(1)

    assert line.dropped() == ["outage"]
    assert [fact.out for _, fact in line.trace.of(BackhaulOutage)] == [True, False]


def test_outages_come_and_go_by_themselves_once_it_is_started() -> None:
    line = Line(replace(STILL, outage_every=seconds(60), outage_length=seconds(5)))

    line.backhaul.start()
    line.backhaul.start()
    line.scheduler.run(Instant(seconds(600)))

    changes = [fact.out for _, fact in line.trace.of(BackhaulOutage)]
    assert 10 <= len(changes) <= 30
    assert changes == [number % 2 == 0 for number in range(len(changes))]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=20), st.integers(0, 50))
def test_jitter_delays_and_never_reorders(lengths: list[int], jitter: int) -> None:
    line = Line(replace(STILL, jitter=milliseconds(jitter)))

    for octets in lengths:
        line.send(octets)
    line.scheduler.run()

    times = [at for at, _ in line.arrived]
    assert [octets for _, octets in line.arrived] == lengths
    assert times == sorted(times)
    assert times[0] >= lengths[0] * 1_000 + 10_000
