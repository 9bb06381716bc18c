from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import LocalError
from emulator.kernel.units import Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock, moment_of, own_time
from emulator.metering.quantities import DAY

instants = st.integers(0, 400 * DAY).map(Instant)
drifts = st.integers(-200_000, 200_000)


def test_clock_without_drift_tells_true_time() -> None:
    clock = DriftingClock(Calendar(datetime(2026, 1, 5, tzinfo=UTC)))

    assert moment_of(clock.own(Instant(DAY))) == datetime(2026, 1, 6, tzinfo=UTC)


def test_fast_clock_gains_a_second_in_so_many_days() -> None:
    # 10 parts in a million: 0.864 s a day
    clock = DriftingClock(Calendar(), drift=10_000)

    assert clock.error(Instant(DAY)) == 864_000


@given(drifts, instants)
def test_instant_is_the_first_at_which_own_time_is_reached(drift: int, now: Instant) -> None:
    clock = DriftingClock(Calendar(), drift)
    own = clock.own(now) + 1

    found = clock.instant(own)

    assert clock.own(found) >= own > clock.own(Instant(found - 1))


@given(drifts, instants)
def test_synchronised_clock_is_right_and_says_how_far_it_moved(drift: int, now: Instant) -> None:
    clock = DriftingClock(Calendar(), drift)
    error = clock.error(now)

    assert clock.synchronise(now) == -error
    assert clock.error(now) == 0


def test_clock_may_be_set_wrong() -> None:
    clock = DriftingClock(Calendar())
    clock.synchronise(Instant(5), error=-7)

    assert clock.error(Instant(9)) == -7


def test_snapshot_goes_on_where_it_was() -> None:
    clock, other = DriftingClock(Calendar(), 99), DriftingClock(Calendar())
    clock.synchronise(Instant(DAY), 5)
    other.restore(clock.snapshot())

    assert other.own(Instant(3 * DAY)) == clock.own(Instant(3 * DAY))


def test_clock_that_would_stand_still_is_refused() -> None:
    with pytest.raises(LocalError, match="forwards"):
        DriftingClock(Calendar(), -1_000_000_000)


def test_own_time_and_moment_are_inverse() -> None:
    moment = datetime(2026, 10, 25, 0, 30, 0, 5, tzinfo=UTC)

    assert moment_of(own_time(moment)) == moment


@given(drifts, st.lists(st.integers(-DAY, DAY), max_size=5))
def test_instants_of_several_own_times_are_those_of_each(drift: int, offsets: list[int]) -> None:
    for parts in (0, drift):
        clock = DriftingClock(Calendar(), parts)
        clock.synchronise(Instant(777_777), 55)
        owns = [clock.own(Instant(0)) + each for each in offsets]

        assert clock.instants(owns) == [clock.instant(each) for each in owns]
