import pytest

from emulator.kernel.errors import UsageError
from emulator.metering.prepayment.terms import Tariff
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar

CALENDAR = TariffCalendar(((Switch(0, 0), Switch(60, 3)),), [(0,) * 7], (Season(1, 1, 0),))


def test_price_is_that_of_the_register_that_counts() -> None:
    tariff = Tariff(calendar=CALENDAR, prices=(11, 12))

    assert tariff.price(0) == 11


def test_register_without_a_price_costs_nothing() -> None:
    assert Tariff(calendar=CALENDAR, prices=(11, 12)).price(3_600_000_000) == 0


@pytest.mark.parametrize("tariff", [((-1,), 0), ((0,), -1)])
def test_negative_tariff_is_refused(tariff: tuple[tuple[int, ...], int]) -> None:
    with pytest.raises(UsageError, match="negative"):
        Tariff(calendar=CALENDAR, prices=tariff[0], standing_charge=tariff[1])
