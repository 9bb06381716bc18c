import pytest

from emulator.kernel.units import Instant, minutes
from emulator.metering.load_limit import (
    LoadLimit,
    LoadLimiter,
    LoadLimitEvent,
    LoadLimitSupplyState,
)

MINUTE = minutes(1)


def limiter(state: LoadLimitSupplyState = LoadLimitSupplyState.DISABLED) -> LoadLimiter:
    return LoadLimiter(
        LoadLimit(threshold=5_000, period=minutes(2), restoration=minutes(10), supply_state=state)
    )


def state(watched: LoadLimiter) -> tuple[bool, int | None, int]:
    return watched.disabled, watched.deadline, watched.exceeded


def test_excess_that_lasts_interrupts_the_supply_for_a_while() -> None:
    watched = limiter()
    watched.observe(5_000_001, Instant(0))

    assert watched.wake(Instant(2 * MINUTE)) == (
        LoadLimitEvent.EXCEEDED,
        LoadLimitEvent.SUPPLY_DISABLED,
    )
    assert state(watched) == (True, 12 * MINUTE, 1)
    assert watched.wake(Instant(12 * MINUTE)) == (LoadLimitEvent.SUPPLY_ENABLED,)
    assert state(watched) == (False, None, 1)


def test_excess_is_only_counted_where_the_supply_stays() -> None:
    watched = limiter(LoadLimitSupplyState.UNCHANGED)
    watched.observe(9_000_000, Instant(0))

    assert watched.wake(Instant(2 * MINUTE)) == (LoadLimitEvent.EXCEEDED,)
    assert (watched.disabled, watched.exceeded) == (False, 1)


@pytest.mark.parametrize("milliwatts", [5_000_000, 0])
def test_excess_that_ends_in_time_is_none(milliwatts: int) -> None:
    watched = limiter()
    watched.observe(9_000_000, Instant(0))
    watched.observe(milliwatts, Instant(MINUTE))

    assert watched.deadline is None
    assert watched.wake(Instant(9 * MINUTE)) == ()


def test_excess_that_grows_counts_from_its_beginning() -> None:
    watched = limiter()
    watched.observe(6_000_000, Instant(0))
    watched.observe(9_000_000, Instant(MINUTE))

    assert watched.deadline == 2 * MINUTE


def test_interruption_is_not_prolonged() -> None:
    watched = limiter()
    watched.observe(6_000_000, Instant(0))
    watched.wake(Instant(2 * MINUTE))
    watched.observe(9_000_000, Instant(3 * MINUTE))

    assert watched.deadline == 12 * MINUTE
    assert watched.wake(Instant(11 * MINUTE)) == ()
