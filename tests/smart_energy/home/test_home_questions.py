"""What an answer makes a display ask next (ZSE 1.4 D.4)."""

from dataclasses import replace

from emulator.smart_energy.home.home_questions import ASKED, Ask, Read, asked_after
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import (
    OF_EVERY_TIER,
    BlockThresholdGroup,
    GetBlockThresholds,
    GetPriceMatrix,
    PublishBlockThresholds,
    PublishTariffInformation,
)
from emulator.zigbee.addresses import ClusterId

OF_EVERY = PublishBlockThresholds(
    0, 0, 0, 9, 0, 1, OF_EVERY_TIER, (BlockThresholdGroup(1, 0, (5,)),)
)
TARIFF = PublishTariffInformation(0, 0, 9, 0, 0, b"", 2, 0, 0, 826, 0x50, 0, 0xFF, 1, 1000)


def requests(told: PublishTariffInformation) -> list[object]:
    return [each.request for each in asked_after(told) if isinstance(each, Ask)]


def test_prices_are_asked_for_by_the_identifier_of_the_tariff() -> None:
    assert requests(TARIFF) == [GetPriceMatrix(9)]


def test_thresholds_are_asked_for_where_a_tariff_has_some() -> None:
    in_blocks = replace(TARIFF, number_of_block_thresholds_in_use=1)

    assert requests(in_blocks) == [GetPriceMatrix(9), GetBlockThresholds(9)]


def test_registers_are_read_of_the_blocks_of_single_tiers_a_frame_at_a_time() -> None:
    groups = (BlockThresholdGroup(1, 1, (5,)), BlockThresholdGroup(3, 8, (5, 6, 7)))
    of_each = PublishBlockThresholds(0, 0, 0, 9, 0, 1, 0, groups)

    read = [each.attributes for each in asked_after(of_each) if isinstance(each, Read)]

    # two blocks of tier 1, four of tier 8
    assert read == [(0x0710, 0x0711, 0x0780, 0x0781, 0x0782, 0x0783)]


def test_registers_of_blocks_of_every_tier_are_those_of_no_tier() -> None:
    assert asked_after(OF_EVERY) == [Read(ClusterId(0x0702), (0x0700, 0x0701))]


def test_energy_of_gas_is_asked_for_where_it_is_used_by_block() -> None:
    asked = [each for each in asked_after(OF_EVERY, gas=True) if isinstance(each, Ask)]

    assert [(each.command, each.answer) for each in asked] == [(0x04, 0x02), (0x05, 0x03)]


def test_other_answers_lead_to_nothing_more() -> None:
    assert not asked_after(DisplayMessage(1, 0, 0, 1, b"Hi"), gas=True)


def test_nothing_is_asked_for_twice() -> None:
    assert len({(each.cluster, each.command) for each in ASKED}) == len(ASKED)
