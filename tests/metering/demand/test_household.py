from datetime import UTC, datetime
from functools import cache

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.streams import Streams
from emulator.metering.demand.household import Household, demand_of
from emulator.metering.quantities import COUNT, DAY, HOUR, Channel
from emulator.metering.step_function import StepFunction

YEAR = 365
START = datetime(2026, 1, 1, tzinfo=UTC)
PLAIN = Household()
RICH = Household(charger=7_000, panels=4_000)


@cache
def demand(
    household: Household = PLAIN, seed: int = 1, start: datetime = START, days: int = YEAR
) -> dict[Channel, StepFunction]:
    return demand_of(household, Streams(seed).stream("home", "demand"), start, days)


def kilowatt_hours(function: StepFunction, start: int = 0, end: int = YEAR * DAY) -> int:
    return function.integral(start, end) // (1_000 * COUNT)


def test_year_of_the_example_is_of_the_order_of_a_typical_home() -> None:
    year = demand()

    assert 2_000 < kilowatt_hours(year[Channel.ACTIVE_IMPORT]) < 3_500
    # 11,500 kWh are about a thousand cubic metres
    assert 700 < kilowatt_hours(year[Channel.GAS]) < 1_600
    assert kilowatt_hours(year[Channel.ACTIVE_EXPORT]) == 0


def test_equal_seeds_give_equal_demand_and_others_another() -> None:
    drawn = [demand.__wrapped__(days=30) for _ in range(2)]

    assert drawn[0] == drawn[1]
    assert demand(days=30) != demand(seed=2, days=30)


def test_winter_burns_more_gas_than_summer() -> None:
    gas = demand()[Channel.GAS]

    assert kilowatt_hours(gas, 0, 31 * DAY) > 5 * kilowatt_hours(gas, 181 * DAY, 212 * DAY)


def test_panels_export_by_day_in_summer_and_never_at_night() -> None:
    export = demand(RICH)[Channel.ACTIVE_EXPORT]
    midsummer = 172 * DAY

    assert kilowatt_hours(export) > 1_000
    assert export.rate(midsummer) == export.rate(midsummer + 2 * HOUR) == 0


def test_charger_takes_its_power_at_night() -> None:
    import_ = demand(RICH, days=30)[Channel.ACTIVE_IMPORT]

    assert max(import_.rate(day * DAY + 2 * HOUR) for day in range(30)) > 7_000_000


def test_nothing_is_imported_and_exported_at_once() -> None:
    home = demand(RICH, days=200)

    assert not any(
        rate and home[Channel.ACTIVE_EXPORT].rate(at) for at, rate in home[Channel.ACTIVE_IMPORT]
    )


def test_evening_is_an_hour_earlier_in_utc_once_the_clock_went_forward() -> None:
    # half hours of the Mondays before and after 29 March 2026
    spring = demand(start=datetime(2026, 3, 23, tzinfo=UTC), days=14)[Channel.ACTIVE_IMPORT]
    instants = [at for at, _ in spring]

    assert len(instants) == 14 * 48 - 2
    assert instants[6 * 48] == 6 * DAY
    assert instants[-1] == 14 * DAY - HOUR - HOUR // 2


def test_home_without_gas_burns_none() -> None:
    assert kilowatt_hours(demand(Household(heat=0), days=30)[Channel.GAS]) == 0


def test_negative_household_is_refused() -> None:
    with pytest.raises(UsageError, match="0 or more"):
        Household(panels=-1)
