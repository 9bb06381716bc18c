import pytest

from emulator.gbcs.commands.gbz_items import made_payload, read_payload
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.commands.template import (
    Constant,
    Each,
    Fields,
    GbzItem,
    Hole,
    Node,
    Parts,
    Reference,
)
from emulator.gbcs.commands.values import FoundValues, GivenValues
from emulator.gbcs.gbz import GbzPayload
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64

HOLES = {
    each.name: each
    for each in (
        Hole("limit", "number", default=5),
        Hole("name", "text", optional=True),
        Hole("start", "utc", default="2000-01-01T00:00:01Z"),
        Hole("days", "list", default=(), of=(Hole("id", "number"),)),
        Hole("dates", "list", default=(), of=(Hole("", "zcl_date"),)),
    )
}


def _item(*payload: Node, command: int = 3, **more: str) -> GbzItem:
    return GbzItem(cluster=0x0705, frame_control=1, command=command, payload=payload, **more)


def _made(*items: GbzItem, **values: object) -> GbzPayload:
    heading = CommandHeading(originator=Eui64(1), recipient=Eui64(2), counter=3)
    return made_payload(items, GivenValues(HOLES, values, heading, "006F"))


def _read(payload: GbzPayload, *items: GbzItem) -> dict[str, object]:
    found = FoundValues(HOLES)
    read_payload(items, payload, found)
    return found.told()


def test_fields_are_little_endian_and_text_has_its_length() -> None:
    item = _item(
        Reference("u24", "$limit"), Constant("octstr", "0102"), Reference("octstr", "$name")
    )

    payload = _made(item, name="abc")

    assert payload.encode() == bytes.fromhex(
        "0109 01"
        "01 0705 000D"  # last; cluster; length
        "01 00 03"  # cluster specific, sequence, command
        "050000 02 0102 03 616263"
    )
    assert _read(payload, item) == {"limit": 5, "name": "abc"}


def test_components_are_numbered_in_order() -> None:
    payload = _made(_item(), _item(command=4))

    assert [each.header.sequence for each in payload.components] == [0, 1]
    assert [each.last for each in payload.components] == [False, True]


def test_a_time_in_the_extended_header_is_a_value_too() -> None:
    item = _item(from_date_time="$start")

    assert _made(item).components[0].from_date_time == 1
    assert str(_read(_made(item), item)["start"]) == "2000-01-01 00:00:01+00:00"


def test_a_component_repeats_for_each_element() -> None:
    item = _item(Reference("u8", "$.id"), Reference("u8", "#days"), each="days")

    payload = _made(item, days=[{"id": 7}, {"id": 8}])

    assert [each.payload.hex() for each in payload.components] == ["0702", "0802"]
    assert _read(payload, item) == {"days": [{"id": 7}, {"id": 8}]}
    assert _read(_made(item), item) == {"days": []}


def test_fields_repeat_to_the_end() -> None:
    item = _item(Each("dates", Parts("array", (Reference("date", "$."), Constant("u8", 1)))))

    payload = _made(item, dates=["2015-12-25", "*-01-01"])

    assert payload.components[0].payload.hex() == "730c19ff01" + "ff0101ff01"
    assert _read(payload, item) == {"dates": ["2015-12-25", "*-01-01"]}


def test_a_component_without_its_value_is_left_out() -> None:
    items = (_item(Reference("octstr", "$name"), when="name"), _item(command=4))

    assert len(_made(*items).components) == 1
    assert _read(_made(*items, name="x"), *items) == {"name": "x"}
    assert _read(_made(*items), *items) == {}


@pytest.mark.parametrize(
    ("node", "values", "reason"),
    [
        (Reference("u8", "$limit"), {"limit": 256}, "value limit: 256 does not fit 8 bits"),
        (Reference("octstr", "$name"), {"name": "x" * 255}, "255 octets of text, at most 254"),
        (Reference("u8", "$name"), {"name": "x"}, "value name: b'x' is no number"),
        (Reference("octstr", "$limit"), {}, "value limit: 5 in a field of type octstr"),
        (Fields({}), {}, "no field"),
    ],
)
def test_what_does_not_fit_is_refused(node: Node, values: dict[str, object], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        _made(_item(node), **values)


@pytest.mark.parametrize(
    "nodes",
    [(), (Constant("u8", 6),), (Constant("u16", 5),), (Fields({}),), (Constant("octstr", ""),)],
)
def test_a_command_that_the_template_does_not_make_is_refused(nodes: tuple[Node, ...]) -> None:
    with pytest.raises(UsageError):
        _read(_made(_item(Constant("u8", 5))), _item(*nodes))


def test_a_component_that_is_missing_or_too_many_is_refused() -> None:
    with pytest.raises(UsageError, match="component 1 is not command 04"):
        _read(_made(_item()), _item(), _item(command=4))
    with pytest.raises(UsageError, match="component 0 is none"):
        _read(_made(_item()))
