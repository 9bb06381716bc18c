"""What a display makes of prices and thresholds that a supply told (ZSE 1.4 D.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from emulator.smart_energy.home.home_tariff import BlockSeen, HomeTariff, in_millipence
from emulator.wire.struct import Struct
from emulator.zcl.payloads.price import (
    BY_TIER,
    OF_EVERY_TIER,
    BlockThresholdGroup,
    PublishBlockThresholds,
    PublishCalorificValue,
    PublishConversionFactor,
    PublishPriceMatrix,
    PublishTariffInformation,
    TierBlockPrice,
)

Told = dict[type[Struct], Struct]
# five decimals; thresholds in tenths of a kilowatt hour, times two
TARIFF = PublishTariffInformation(0, 0, 0, 0, 0x30, b"", 2, 1, 0, 826, 0x50, 0, 2, 2, 10)


def told(prices: Mapping[int, int], limits: Mapping[int, tuple[int, ...]], every: int = 0) -> Told:
    matrix = PublishPriceMatrix(
        0, 0, 0, 0, 0, 1, 0, tuple(TierBlockPrice(*each) for each in prices.items())
    )
    groups = tuple(BlockThresholdGroup(len(each), tier, each) for tier, each in limits.items())
    thresholds = PublishBlockThresholds(0, 0, 0, 0, 0, 1, every, groups)
    return {type(each): each for each in (TARIFF, matrix, thresholds)}


OF_TWO_TIERS = told({0x10: 11, 0x11: 12, 0x20: 21, 0x21: 22}, {1: (5,), 2: (10,)})
NONE: dict[int, int] = {}
REGISTERS = {0x0710: 1_000, 0x0711: 500, 0x0720: 0, 0x0721: 0}


def test_block_of_each_tier_is_worked_out_from_its_registers() -> None:
    tariff = HomeTariff(OF_TWO_TIERS, REGISTERS.get, block=2)

    assert [tariff.used(tier) for tier in (1, 2, 3)] == [1_500, 0, None]
    assert [tariff.price(tier) for tier in (1, 2, 3)] == [12, 21, None]


def test_price_of_a_tier_whose_registers_are_not_told_is_not_known() -> None:
    tariff = HomeTariff(OF_TWO_TIERS, {0x0710: 1_000}.get, block=2)

    assert (tariff.used(1), tariff.price(1)) == (None, None)


def test_blocks_that_come_begin_in_watt_hours_whatever_thresholds_are_in() -> None:
    tariff = HomeTariff(OF_TWO_TIERS, REGISTERS.get)

    assert tariff.later_blocks(2, 1) == (BlockSeen(2, 2_000, 22),)
    assert tariff.later_blocks(2, None) == (BlockSeen(2, 2_000, 22),)
    assert tariff.later_blocks(2, 2) == ()
    assert tariff.later_blocks(3, 1) == ()


def test_blocks_of_every_tier_are_one_count() -> None:
    common = told({0: 11, 1: 12, 2: 13}, {0: (5, 10)}, OF_EVERY_TIER)
    tariff = HomeTariff(common, NONE.get, block=2)

    assert [tariff.price(tier) for tier in (0, 1)] == [12, 12]
    assert tariff.used(0) is None
    assert tariff.later_blocks(0, 2) == (BlockSeen(3, 2_000, 13),)


def test_use_of_blocks_of_every_tier_is_that_of_no_tier() -> None:
    common = told({0: 11, 1: 12}, {0: (5,)}, OF_EVERY_TIER)

    assert HomeTariff(common, {0x0700: 1_000, 0x0701: 30}.get).used(3) == 1_030


# GBCS GCS23: five decimals of the factor, one of the value in MJ/m3
FACTOR = PublishConversionFactor(0, 0, 102_264, 0x50)
VALUE = PublishCalorificValue(0, 0, 395, 0x01, 0x10)


def of_gas(*energy: Struct) -> HomeTariff:
    common = told({0: 11, 1: 12}, {0: (5,)}, OF_EVERY_TIER)
    return HomeTariff(
        {**common, **{type(each): each for each in energy}},
        {0x0700: 80_000, 0x0701: 20_000}.get,
        gas=True,
    )


def test_use_of_gas_is_energy() -> None:
    # Gas (Calculation of Thermal Energy) Regulations 1996: 100 m3 x 1.02264 x 39.5 / 3.6
    assert of_gas(FACTOR, VALUE).used(0) == 1_122_063


@pytest.mark.parametrize(
    "energy",
    [
        (),
        (FACTOR,),
        (VALUE,),
        (FACTOR, replace(VALUE, calorific_value_unit=0x02)),
        (FACTOR, replace(VALUE, calorific_value=0)),
    ],
)
def test_use_of_gas_is_not_known_without_how_much_energy_it_has(energy: Sequence[Struct]) -> None:
    assert of_gas(*energy).used(0) is None


def test_prices_by_tier_have_no_blocks() -> None:
    by_tier = PublishPriceMatrix(0, 0, 0, 0, 0, 1, BY_TIER, (TierBlockPrice(20, 9),))
    tariff = HomeTariff({PublishTariffInformation: TARIFF, PublishPriceMatrix: by_tier}, NONE.get)

    assert (tariff.price(20), tariff.price(4)) == (9, None)
    assert tariff.later_blocks(20, None) == ()


def test_nothing_is_known_of_a_supply_that_told_no_tariff() -> None:
    matrix = OF_TWO_TIERS[PublishPriceMatrix]

    assert HomeTariff({PublishPriceMatrix: matrix}, REGISTERS.get, 1).price(1) is None


@pytest.mark.parametrize(("digit", "price"), [(0x50, 7), (0x20, 7_000), (0x00, 700_000), (0x70, 0)])
def test_decimals_of_a_price_are_those_of_its_trailing_digit(digit: int, price: int) -> None:
    assert in_millipence(7, digit) == price
