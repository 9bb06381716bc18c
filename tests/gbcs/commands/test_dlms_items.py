import pytest

from emulator.cosem.logical_names import parse_obis
from emulator.dlms.access import AccessRequest
from emulator.dlms.data import NULL, Data, array, octet_string, structure, unsigned
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import AccessKind, Descriptor
from emulator.gbcs.commands.dlms_items import access_request, read_request
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.commands.template import (
    Constant,
    DlmsItem,
    Each,
    Fields,
    Hole,
    Node,
    Parts,
    Reference,
    When,
)
from emulator.gbcs.commands.values import FoundValues, GivenValues
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64

OBIS = parse_obis("0-0:94.44.0.1")
HOLES = {
    each.name: each
    for each in (
        Hole("limit", "number", default=5),
        Hole("label", "text", optional=True),
        Hole("days", "list", default=(), of=(Hole("id", "number"),)),
    )
}
DAYS = Each("days", Parts("structure", (Reference("unsigned", "$.id"),)))


def _item(data: Node, member: int = 2, when: str | None = None) -> DlmsItem:
    return DlmsItem(kind=AccessKind.SET, class_id=1, obis=OBIS, member=member, data=data, when=when)


def _made(*items: DlmsItem, **values: object) -> AccessRequest:
    heading = CommandHeading(originator=Eui64(1), recipient=Eui64(2), counter=0x1000003)
    return access_request(items, GivenValues(HOLES, values, heading, "0001"))


def _read(request: AccessRequest, *items: DlmsItem) -> dict[str, object]:
    found = FoundValues(HOLES)
    read_request(items, request, found)
    return found.told()


def test_the_counter_gives_the_invoke_id() -> None:
    assert _made(_item(Constant("unsigned", 5))).invoke_id == 0x20000003


def test_values_stand_where_the_template_has_them() -> None:
    node = Parts("structure", (Reference("unsigned", "$limit"), DAYS))

    request = _made(_item(node), days=[{"id": 1}, {"id": 2}])

    ids = array(structure(unsigned(1)), structure(unsigned(2)))
    assert request.data == (structure(unsigned(5), ids),)
    assert _read(request, _item(node)) == {"limit": 5, "days": [{"id": 1}, {"id": 2}]}


def test_an_item_without_its_value_is_left_out() -> None:
    items = (
        _item(Reference("octet-string", "$label"), 2, when="label"),
        _item(Constant("octet-string", "0102"), 3),
    )

    short, long = _made(*items), _made(*items, label="x")

    assert short.data == (octet_string(b"\x01\x02"),)
    assert (len(long.data), _read(long, *items), _read(short, *items)) == (2, {"label": "x"}, {})


def test_a_part_without_its_value_is_left_out() -> None:
    item = _item(
        Parts("array", (When("label", Reference("octet-string", "$label")), Constant("enum", 1)))
    )

    assert _made(item).data == (array(Data(DataType.ENUM, 1)),)
    assert _read(_made(item, label="x"), item) == {"label": "x"}
    assert _read(_made(item), item) == {}


def test_a_number_too_big_for_its_type_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="0001: value limit: 256 does not fit unsigned"):
        _made(_item(Reference("unsigned", "$limit")), limit=256)


@pytest.mark.parametrize(
    ("datum", "node"),
    [
        (unsigned(6), Constant("unsigned", 5)),
        (octet_string(b""), Reference("unsigned", "$limit")),
        (array(), Parts("structure", ())),
        (structure(), Parts("structure", (Constant("unsigned", 5),))),
        (structure(unsigned(5)), Parts("structure", ())),
        (unsigned(5), DAYS),
    ],
)
def test_data_that_the_template_does_not_make_is_refused(datum: Data, node: Node) -> None:
    request = AccessRequest(0, (Descriptor(AccessKind.SET, 1, OBIS, 2),), (datum,))

    with pytest.raises(UsageError):
        _read(request, _item(node))


def test_an_item_that_is_missing_or_too_many_is_refused() -> None:
    item, other = _item(Constant("null-data", None)), _item(Constant("null-data", None), 3)
    one = AccessRequest(0, (Descriptor(AccessKind.SET, 1, OBIS, 2),), (NULL,))

    with pytest.raises(UsageError, match="item 1 is not SET"):
        _read(one, item, other)
    with pytest.raises(UsageError, match="item 0 is none"):
        _read(one)


def test_a_template_of_another_way_of_writing_is_refused() -> None:
    with pytest.raises(UsageError, match="DLMS has"):
        _made(_item(Fields({})))
    with pytest.raises(UsageError, match="DLMS has"):
        _read(_made(_item(Constant("enum", 1))), _item(Fields({})))
