"""What a display makes of what it read (ZSE 1.4 D.3, D.4, D.5, D.7)."""

from dataclasses import replace

import pytest

from emulator.kernel.identity import Eui64
from emulator.smart_energy.home.home_calendar import HomeCalendar
from emulator.smart_energy.home.home_seen import HomeSeen, home_seen, text_of
from emulator.smart_energy.home.home_tariff import BlockSeen, Told
from emulator.zcl.payloads.calendar import PublishCalendar, PublishDayProfile, ScheduleEntry
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import (
    BlockThresholdGroup,
    PriceExtension,
    PublishBlockThresholds,
    PublishPrice,
    PublishPriceMatrix,
    PublishTariffInformation,
    TierBlockPrice,
)

SUPPLY = Eui64(0xDB)
PRICE = PublishPrice(0, b"Day", 0, 0, 0, 826, 0x52, 0x22, 0, 0xFFFF, 24_500)
TARIFF = PublishTariffInformation(0, 0, 0, 0, 0, b"Economy", 2, 0, 0, 826, 0x30, 500, 0, 1, 1000)


def test_supply_that_tells_nothing_is_shown_as_unknown() -> None:
    assert home_seen(SUPPLY, {}, {}) == HomeSeen(supply=SUPPLY, fuel="electricity")


def test_consumption_is_in_watt_hours_whatever_the_meter_counts_in() -> None:
    values = {(0x0702, 0x0000): 12, (0x0702, 0x0401): 3, (0x0702, 0x0301): 2, (0x0702, 0x0302): 10}

    seen = home_seen(SUPPLY, values, {})

    assert (seen.register, seen.today, seen.this_week) == (2_400, 600, None)


def test_indicator_that_is_unknown_is_no_power_band() -> None:
    shown = [home_seen(SUPPLY, {(0x0702, 0x0207): each}, {}).power_band for each in (0, 2, 0xFF)]

    assert shown == [0, 2, None]


def test_mirror_of_a_gas_meter_is_gas() -> None:
    assert home_seen(SUPPLY, {(0x0702, 0x0306): 128}, {}).fuel == "gas"
    assert home_seen(SUPPLY, {(0x0702, 0x0300): 1}, {}).fuel == "gas"
    assert home_seen(SUPPLY, {(0x0700, 0x0300): 1}, {}).fuel == "gas"


def test_balances_and_debts_are_in_thousandths_of_a_penny() -> None:
    values = {
        (0x0705, 0x0000): 0x0002,
        (0x0705, 0x0001): -5,
        (0x0705, 0x0002): 7,
        (0x0705, 0x0005): 1,
        (0x0705, 0x0211): 10,
        (0x0705, 0x0221): 20,
    }

    seen = home_seen(SUPPLY, values, {})

    assert seen.prepayment is True
    assert (seen.balance, seen.emergency_credit, seen.debt) == (-5, 7, 31)


def test_price_tariff_message_and_calendar_are_shown_as_published() -> None:
    message = DisplayMessage(1, 0, 0, 0xFFFF, b"Hello\0")
    calendar = PublishCalendar(0, 0, 0, 0, 0, 0, b"Weekdays", 1, 1, 1)
    published = (PRICE, TARIFF, message, calendar)

    seen = home_seen(SUPPLY, {}, {type(each): each for each in published})

    assert (seen.price, seen.tier, seen.tariff) == (24_500, 2, "Economy")
    assert (seen.standing_charge, seen.message, seen.calendar) == (50_000, "Hello", "Weekdays")


def test_price_that_is_not_set_is_not_shown() -> None:
    unset = PublishPrice(0, b"", 0, 0, 0, 826, 0x50, 0, 0, 0xFFFF, 0xFFFF_FFFF)

    assert home_seen(SUPPLY, {}, {PublishPrice: unset}).price is None


def test_text_that_is_none_does_not_break_a_display() -> None:
    assert text_of(b"caf\xc3\xa9 ") == "café"
    assert text_of(b"\xff") == "\ufffd"


def test_tier_above_15_is_that_of_both_fields() -> None:
    high = replace(
        PRICE,
        price_trailing_digit_and_price_tier=0x5F,
        rest=PriceExtension(extended_price_tier=5).encode(),
    )

    assert home_seen(SUPPLY, {}, {PublishPrice: high}).tier == 20


def known_calendar() -> HomeCalendar:
    calendar = HomeCalendar()
    calendar.announced(PublishCalendar(0, 0, 5, 0, 0, 0, b"", 0, 0, 1))
    entries = (ScheduleEntry(0, 1), ScheduleEntry(420, 2))
    calendar.take(PublishDayProfile(0, 0, 5, 1, 2, 0, 1, 0, entries))
    return calendar


@pytest.mark.parametrize(
    ("matrix", "block", "prices"),
    [
        (PublishPriceMatrix(0, 0, 0, 0, 0, 1, 1, (TierBlockPrice(2, 30),)), 0, [None, 3_000]),
        (
            PublishPriceMatrix(
                0, 0, 0, 0, 0, 1, 0, (TierBlockPrice(0x10, 7), TierBlockPrice(0x11, 9))
            ),
            2,
            [900, None],
        ),
    ],
    ids=["by tier", "by block"],
)
def test_coming_rates_have_the_prices_of_the_matrix(
    matrix: PublishPriceMatrix, block: int, prices: list[int | None]
) -> None:
    told = {PublishPrice: PRICE, PublishTariffInformation: TARIFF, PublishPriceMatrix: matrix}

    seen = home_seen(SUPPLY, {(0x0702, 0x000E): block}, told, known_calendar())

    assert [(each.begins, each.tier) for each in seen.rates] == [(0, 1), (25_200, 2)]
    assert [each.price for each in seen.rates] == prices


def test_rates_are_unknown_without_the_time_of_the_supply() -> None:
    assert home_seen(SUPPLY, {}, {}, known_calendar()).rates == ()


def test_blocks_of_the_tier_that_holds_are_those_that_come() -> None:
    groups = (BlockThresholdGroup(2, 2, (4_000, 6_000)),)
    matrix = PublishPriceMatrix(0, 0, 0, 0, 0, 1, 0, (TierBlockPrice(0x22, 9),))
    limits = PublishBlockThresholds(0, 0, 0, 0, 0, 1, 0, groups)
    told: Told = {type(each): each for each in (PRICE, TARIFF, matrix, limits)}
    values = {(0x0702, 0x000E): 2, **{(0x0702, 0x0720 + block): 2_500 for block in range(3)}}

    seen = home_seen(SUPPLY, values | {(0x0702, 0x0302): 1_000}, told)

    assert seen.block_use == 7_500
    assert seen.blocks == (BlockSeen(3, 6_000, 900),)


@pytest.mark.parametrize(
    ("digit", "told", "bill"),
    [(None, 7, 7), (0x20, 7, 7_000), (0x50, 0xFFFF_FFFF, None), (0x50, None, None)],
)
def test_bill_is_in_thousandths_of_a_penny(
    digit: int | None, told: int | None, bill: int | None
) -> None:
    values = {(0x0702, 0x0A00): told, (0x0702, 0x0A04): digit}

    assert home_seen(SUPPLY, values, {}).bill == bill


def test_standing_charge_that_is_not_used_is_not_shown() -> None:
    unused = replace(TARIFF, standing_charge=0xFFFF_FFFF)

    assert home_seen(SUPPLY, {}, {PublishTariffInformation: unused}).standing_charge is None
