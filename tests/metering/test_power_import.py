"""What is imported through both elements of a twin element meter counts together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import NEVER, START, Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.meter import Meter
from emulator.metering.power_import import next_crossing, power_import
from emulator.metering.quantities import Channel
from emulator.metering.step_function import StepFunction

TWIN = (Channel.ACTIVE_IMPORT, Channel.ACTIVE_EXPORT, Channel.SECONDARY_IMPORT)
STEPS = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 9)), max_size=8).map(
    lambda steps: StepFunction(sorted(dict(steps).items()))
)


def meter(first: StepFunction, second: StepFunction, channels: tuple[Channel, ...] = TWIN) -> Meter:
    made = Meter(DriftingClock(Calendar()), channels)
    for channel, demand in ((Channel.ACTIVE_IMPORT, first), (Channel.SECONDARY_IMPORT, second)):
        if channel in channels:
            made.load(channel, demand, START)
    return made


@pytest.mark.parametrize(("channels", "milliwatts"), [(TWIN, 5), (TWIN[:2], 2)])
def test_power_is_that_of_all_elements(channels: tuple[Channel, ...], milliwatts: int) -> None:
    made = meter(StepFunction([(0, 2)]), StepFunction([(0, 3)]), channels)

    assert power_import(made, START) == milliwatts
    made.connected = False
    assert power_import(made, START) == 0


@given(first=STEPS, second=STEPS, after=st.integers(0, 99), level=st.integers(0, 18))
def test_crossing_is_where_both_together_cross(
    first: StepFunction, second: StepFunction, after: int, level: int
) -> None:
    def above(at: int) -> bool:
        return first.rate(at) + second.rate(at) > level

    crossings = (at for at in range(after + 1, 100) if above(at) is not above(after))
    assert next_crossing(meter(first, second), Instant(after), level) == next(crossings, NEVER)


def test_level_that_is_never_crossed_is_looked_for_a_day_at_a_time() -> None:
    many = StepFunction([(at, at % 2) for at in range(200)])

    assert next_crossing(meter(many, StepFunction()), Instant(0), 5) == 48
