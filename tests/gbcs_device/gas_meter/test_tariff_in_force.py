"""What attributes and calendars say of the tariff (SMETS2 4.6.4.29 to 4.6.4.32)."""

import pytest

from emulator.gbcs_device.gas_meter.tariff_in_force import ENERGY_PARTS, tariff_settings
from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.calendars import TARIFF, Calendar
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.metering.demand.gas_energy import watt_hours
from emulator.metering.quantities import HOUR
from emulator.testing.scenes.gbz_scene import filled
from emulator.zcl.payloads.calendar import PublishCalendar
from tests.gbcs_device.gas_meter.test_calendars import DAYS

PRICE = 0x0700


def store(values: dict[int, int]) -> MeterStore:
    return MeterStore({**GSME, **{(PRICE, each): value for each, value in values.items()}})


def test_energy_of_a_litre_is_exact() -> None:
    energy = tariff_settings(store({})).energy

    # as shipped: 1.02264 and 39.5 MJ
    assert 10**6 * energy // ENERGY_PARTS == watt_hours(10**6, 102_264, 3_950_000)


@pytest.mark.parametrize(("digit", "scale"), [(0x50, 1), (0x40, 10), (0x20, 1_000)])
def test_prices_are_thousandths_of_a_penny(digit: int, scale: int) -> None:
    settings = tariff_settings(store({0x0400: 96, 0x0301: 5, 0x0617: digit}))

    assert settings.prices[0][0] == 96 * scale
    assert settings.standing_charge == 5 * scale


def test_switching_table_of_which_parts_lack_changes_no_tariff() -> None:
    held = store({})
    held.calendars.hold(TARIFF, Calendar(None, DAYS))

    held.calendars.start(filled(PublishCalendar, number_of_day_profiles=1))

    assert tariff_settings(held).calendar.days == DAYS


def test_prices_by_tier_follow_the_switching_table() -> None:
    held = store({0x0611: 4, 0x0410: 1_000, 0x0420: 2_000})
    held.calendars.hold(TARIFF, Calendar(None, DAYS[:1]))
    settings = tariff_settings(held)
    tariff = settings.tariff(settings.registers())

    scale = settings.energy // 10
    assert [tariff.price(hour * HOUR) // scale for hour in (6, 7)] == [1_000, 2_000]
    assert tariff.lasts(1_000_000) is None


@pytest.mark.parametrize(
    ("thresholds", "used", "expected"),
    [
        ((1_000_000, 2_000_000, 3_000_000), 3, (1_000_000, 2_000_000, 3_000_000)),
        ((1_000_000, 2_000_000, 0), 2, (1_000_000, 2_000_000)),
        ((2_000_000, 1_000_000, 0), 2, ()),
        ((1_000_000, 0, 0), 0, ()),
    ],
)
def test_thresholds_are_watt_hours(
    thresholds: tuple[int, ...], used: int, expected: tuple[int, ...]
) -> None:
    held = store({0x0612: used, **{0x0100 + at: each for at, each in enumerate(thresholds)}})

    settings = tariff_settings(held)

    assert settings.thresholds == expected
    assert len(settings.prices) == len(expected) + 1
