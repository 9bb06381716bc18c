"""A tariff that a meter executes, as the Price cluster tells it (ZSE 1.4 D.4)."""

from dataclasses import replace

import pytest

from emulator.equipment.electricity_tariff import told_of_tariff
from emulator.metering.quantities import HOUR
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar
from emulator.metering.tariff_matrix import UNLIMITED, TariffMatrix, TariffTerms
from emulator.wire.struct import Struct
from emulator.zcl.payloads.home_requests import GetTariffInformation
from emulator.zcl.payloads.price import (
    GetBillingPeriod,
    GetBlockThresholds,
    GetCurrentPrice,
    GetPriceMatrix,
    PriceExtension,
    PublishBlockThresholds,
    PublishPrice,
    PublishPriceMatrix,
    PublishTariffInformation,
)

NIGHT, DAY = 1 * HOUR, 12 * HOUR
INFORMATION = GetTariffInformation(0, 0, 1, 0)


def under(terms: TariffTerms, *switches: tuple[int, int]) -> TariffMatrix:
    """A tariff whose one day begins these scripts at these hours."""
    day = tuple(Switch(60 * hour, script) for hour, script in switches)
    calendar = TariffCalendar((day,), ((0,) * 7,), (Season(1, 1, 0),))
    made = TariffMatrix()
    made.terms = replace(terms, calendar=calendar)
    return made


def by_time() -> TariffMatrix:
    prices = {1: 7_500, 20: 24_500, 21: 9}
    return under(TariffTerms(prices=prices, standing_charge=46_500), (0, 1), (7, 20))


def in_blocks() -> TariffMatrix:
    """Time of use 2 has a block of two kilowatt hours before the next one."""
    prices = {0xA2: 10_000, 0xB2: 20_000, 0xC2: 30_000, 1: 1}
    thresholds = {2: (2_000, UNLIMITED, UNLIMITED)}
    return under(TariffTerms(prices=prices, thresholds=thresholds), (0, 102))


def answer(tariff: TariffMatrix, request: Struct, own: int = NIGHT) -> Struct:
    ((_, told),) = told_of_tariff(tariff, request, own, 1_000)
    return type(told).decode(told.encode())


def test_price_names_the_tier_that_holds() -> None:
    price = answer(by_time(), GetCurrentPrice(0))

    assert isinstance(price, PublishPrice)
    assert (price.price, price.current_time) == (7_500, 1_000)
    assert price.price_trailing_digit_and_price_tier == 0x51


def test_tier_above_15_is_told_by_how_much_it_is_above() -> None:
    price = answer(by_time(), GetCurrentPrice(0), DAY)

    assert isinstance(price, PublishPrice)
    assert price.price_trailing_digit_and_price_tier == 0x5F
    assert price.number_of_price_tiers_and_register_tier == 0xFF
    beside = PriceExtension.decode(price.rest)
    assert (beside.extended_price_tier, beside.extended_register_tier) == (5, 5)
    assert beside.extended_number_of_price_tiers == 5


def test_prices_by_time_of_use_are_those_of_tiers_that_can_hold() -> None:
    told = answer(by_time(), GetPriceMatrix(0))

    assert isinstance(told, PublishPriceMatrix)
    assert told.sub_payload_control == 1
    assert [(each.tier_block_id, each.price) for each in told.prices] == [(1, 7_500), (20, 24_500)]


def test_prices_in_blocks_are_those_of_blocks_that_can_be_reached() -> None:
    told = answer(in_blocks(), GetPriceMatrix(0))

    assert isinstance(told, PublishPriceMatrix)
    assert told.sub_payload_control == 0
    prices = [(each.tier_block_id, each.price) for each in told.prices]
    assert prices == [(0x20, 10_000), (0x21, 20_000)]


def test_times_without_blocks_beside_some_with_blocks_are_of_one_block() -> None:
    # a supplier sends the prices of every index, and zero where it has none
    prices = {1: 7_500, 20: 9, 0xA1: 0, 0xA2: 10_000, 0xB2: 20_000}
    hybrid = under(TariffTerms(prices=prices, thresholds={2: (2_000,)}), (0, 1), (7, 102), (20, 20))

    told = answer(hybrid, GetPriceMatrix(0))

    assert isinstance(told, PublishPriceMatrix)
    assert told.sub_payload_control == 0
    named = [(each.tier_block_id, each.price) for each in told.prices]
    assert named == [(0x10, 7_500), (0x20, 10_000), (0x21, 20_000)]


def test_thresholds_that_are_never_reached_are_not_told() -> None:
    told = answer(in_blocks(), GetBlockThresholds(0))

    assert isinstance(told, PublishBlockThresholds)
    assert [(each.tier, each.thresholds) for each in told.groups] == [(2, (2_000,))]


@pytest.mark.parametrize(
    ("tariff", "scheme", "thresholds", "mode"),
    [(by_time(), 0x00, 0, 0xFF), (in_blocks(), 0x30, 1, 0x02)],
    ids=["by time", "in blocks"],
)
def test_tariff_says_whether_it_has_blocks(
    tariff: TariffMatrix, scheme: int, thresholds: int, mode: int
) -> None:
    told = answer(tariff, INFORMATION)

    assert isinstance(told, PublishTariffInformation)
    assert told.tariff_type_charging_scheme == scheme
    assert told.number_of_block_thresholds_in_use == thresholds
    assert told.tier_block_mode == mode


@pytest.mark.parametrize(
    ("tariff", "request_"),
    [
        (TariffMatrix(), GetCurrentPrice(0)),
        (TariffMatrix(), INFORMATION),
        (by_time(), GetBlockThresholds(0)),
        (by_time(), GetBillingPeriod(0, 0, 1)),
    ],
)
def test_what_a_meter_does_not_have_it_does_not_tell(
    tariff: TariffMatrix, request_: Struct
) -> None:
    assert not told_of_tariff(tariff, request_, NIGHT, 0)
