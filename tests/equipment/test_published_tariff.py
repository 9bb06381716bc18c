"""What tells displays of prices and thresholds is in order, and says of what they are."""

from emulator.equipment.published_tariff import (
    HIGHEST_PRICE,
    published_prices,
    published_thresholds,
)
from emulator.zcl.payloads.price import EVERY_TIER


def test_prices_are_in_order_and_no_higher_than_can_be_told() -> None:
    told = published_prices({2: 2**40, 1: 7_500}, in_blocks=False, tariff=9)

    named = [(each.tier_block_id, each.price) for each in told.prices]
    assert named == [(1, 7_500), (2, HIGHEST_PRICE)]
    assert (told.sub_payload_control, told.issuer_tariff_id) == (1, 9)
    assert published_prices({}, in_blocks=True).sub_payload_control == 0


def test_thresholds_say_whether_they_are_those_of_every_tier() -> None:
    of_each = published_thresholds({2: (2_000,), 1: (1_000, 3_000)})
    of_every = published_thresholds({EVERY_TIER: (4_000,)}, tariff=9)

    assert of_each is not None
    assert of_every is not None
    assert [(each.tier, each.thresholds) for each in of_each.groups] == [
        (1, (1_000, 3_000)),
        (2, (2_000,)),
    ]
    # ZSE 1.4 Table D-111: bit 0 for every tier
    assert (of_each.sub_payload_control, of_every.sub_payload_control) == (0, 1)
    assert of_every.issuer_tariff_id == 9


def test_tariff_without_blocks_has_no_thresholds_to_tell() -> None:
    assert published_thresholds({}) is None
