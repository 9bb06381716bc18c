"""Tariff registers and prices of a meter, as attributes (ZSE 1.4 D.3, D.4)."""

import pytest

from emulator.equipment.electricity_registers import (
    CURRENT_BLOCK,
    TARIFF_ATTRIBUTES,
    TARIFF_REGISTERS,
    tariff_attribute,
    tariff_register,
)
from emulator.metering.quantities import COUNT
from emulator.metering.tariff_matrix import TariffMatrix
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.data_values import encode_value
from tests.equipment.test_electricity_tariff import NIGHT, by_time, in_blocks


def test_registers_and_block_follow_what_passes() -> None:
    tariff = in_blocks()
    assert tariff_register(tariff, CURRENT_BLOCK, NIGHT) == 1

    tariff.passed(3_000 * COUNT, 0, NIGHT)

    # CurrentTier2Block1SummationDelivered and CurrentTier2Block2SummationDelivered
    assert [tariff_register(tariff, each, NIGHT) for each in (0x0720, 0x0721)] == [2_000, 1_000]
    assert tariff_register(tariff, CURRENT_BLOCK, NIGHT) == 2


def test_no_block_holds_in_a_tariff_by_time() -> None:
    tariff = by_time()
    tariff.passed(COUNT, 0, NIGHT)

    assert tariff_register(tariff, CURRENT_BLOCK, NIGHT) == 0
    assert tariff_register(tariff, 0x0100, NIGHT) == 1


@pytest.mark.parametrize(
    ("tariff", "attribute", "value"),
    [
        (by_time(), 0x0410, 7_500),
        (by_time(), 0x04FF + 20, 24_500),
        (by_time(), 0x0301, 46_500),
        (by_time(), 0x0611, 20),
        (in_blocks(), 0x0421, 20_000),
        (in_blocks(), 0x0422, 0),
        (in_blocks(), 0x0120, 2_000),
        (in_blocks(), 0x0121, 0),
    ],
)
def test_attributes_are_those_of_the_tariff(
    tariff: TariffMatrix, attribute: int, value: int
) -> None:
    assert tariff_attribute(tariff.terms, attribute) == value


def test_everything_shown_is_declared_and_fits() -> None:
    for tariff in (by_time(), in_blocks(), TariffMatrix()):
        for attribute in TARIFF_ATTRIBUTES:
            declared = PRICE.server.attribute(attribute)
            assert declared is not None, hex(attribute)
            encode_value(declared.data_type, tariff_attribute(tariff.terms, attribute))
        for attribute in TARIFF_REGISTERS:
            declared = METERING.server.attribute(attribute)
            assert declared is not None, hex(attribute)
            encode_value(declared.data_type, tariff_register(tariff, attribute, NIGHT))
