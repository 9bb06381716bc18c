import pytest

from emulator.duis.mmc import tariffs
from emulator.duis.tree import Node

PRICES = ((b"\x01", 10), (b"\x30", 11), (b"\xa1", 12), (b"\xd1", 13), (b"\xa2", 14), (b"", "x"))


def test_prices_go_by_time_and_by_block() -> None:
    times, blocks = tariffs.prices_by_time(PRICES), tariffs.prices_by_block(PRICES)

    assert times is not None
    assert [(each.text, each.attributes[0][1]) for each in times.parts] == [
        ("10", "1"),
        ("11", "48"),
    ]
    assert blocks is not None
    assert [each.attributes[0][1] for each in blocks.parts] == ["1", "2"]
    assert [(each.text, each.attributes[0][1]) for each in blocks.parts[0].parts] == [
        ("12", "1"),
        ("13", "4"),
    ]
    assert tariffs.prices_by_time(()) is None
    assert tariffs.prices_by_block(5) is None


@pytest.mark.parametrize(
    ("selector", "action"),
    [
        (48, Node("TOUTariffAction", "48")),
        (108, Node("BlockTariffAction", "8")),
        (204, Node("TOUTariffAction", "4")),
    ],
)
def test_a_script_selects_a_price(selector: int, action: Node) -> None:
    told = tariffs.tariff_schedule((bytes((7, 0, 0, 0)), b"", selector))

    assert told is not None
    assert told.parts == (Node("StartTime", "07:00:00Z"), action)


def test_what_selects_no_price_is_none() -> None:
    assert tariffs.tariff_schedule((bytes((7, 0, 0, 0)), b"", 99)) is None
    assert tariffs.tariff_schedule((b"", b"", 1)) is None
    assert tariffs.tariff_schedule(1) is None


def test_gas_has_tiers_blocks_and_a_scale() -> None:
    tier, blocks, scale = tariffs.gas_action(3), tariffs.gas_action(0), tariffs.price_scale(0x50)

    assert tier is not None
    assert tier.parts == (Node("TOUTariffAction", "3"),)
    assert blocks is not None
    assert blocks.parts == (Node("BlockTariff"),)
    assert scale is not None
    assert scale.text == "-5"
    assert tariffs.gas_action(None) is None
