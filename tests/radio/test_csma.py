import pytest

from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant
from emulator.radio.channel_access import Access
from emulator.radio.csma import UNIT_BACKOFF, CsmaCa
from emulator.radio.fcs import with_fcs
from emulator.radio.settings import CsmaSettings
from emulator.testing.stack.radio_contract import CHANNEL
from emulator.testing.stack.simulated_bench import Injector, SimulatedBench

FRAME = Duration(1_000)


def access(bench: SimulatedBench, **counts: int) -> CsmaCa:
    return CsmaCa("a", bench.air, Stream("csma"), CsmaSettings(**counts))


def test_first_wait_is_up_to_seven_periods_and_an_assessment() -> None:
    csma = access(SimulatedBench("a"))

    waits = {csma.begin(CHANNEL, FRAME, Instant(0)) for _ in range(200)}

    assert waits == {periods * UNIT_BACKOFF + 128 for periods in range(8)}


def test_clear_channel_is_taken_unless_an_acknowledgement_is_owed() -> None:
    csma = access(SimulatedBench("a"), max_backoffs=0)
    csma.begin(CHANNEL, FRAME, Instant(0))

    assert csma.assess(Instant(0), engaged=False) is Access.CLEAR
    assert csma.assess(Instant(0), engaged=True) is Access.REFUSED


def test_busy_channel_is_tried_four_more_times_each_wait_longer() -> None:
    bench = SimulatedBench("a")
    csma = access(bench)
    Injector(bench.air, CHANNEL, "talker").send(with_fcs(bytes(100)))
    csma.begin(CHANNEL, FRAME, Instant(0))

    steps = [csma.assess(Instant(0), engaged=False) for _ in range(5)]

    assert steps[-1] is Access.REFUSED
    assert all(isinstance(step, int) for step in steps[:-1])


@pytest.mark.parametrize("acknowledgement", [True, False])
def test_nothing_is_counted_and_acknowledgements_always_go(acknowledgement: bool) -> None:
    csma = access(SimulatedBench("a"))

    csma.sends(Duration(10**9), Instant(0), acknowledgement=acknowledgement)
    csma.abandon()

    assert csma.may_acknowledge(CHANNEL, FRAME, Instant(0))
