import pytest

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.activation import activate, is_activation_time, replacements
from emulator.cosem.server.members import Attribute, MeterVariant, members_of, object_members
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import Data, array, boolean, octet_string, structure, unsigned
from emulator.dlms.data_types import DataType

TIMES = [
    Attribute(each.class_id, each.obis, number)
    for each in object_members()
    for number in each.writable
    if is_activation_time(Attribute(each.class_id, each.obis, number))
]
DAYS = array(structure(unsigned(1)))


def attribute(class_id: int, name: str, member: int) -> Attribute:
    return Attribute(class_id, parse_obis(name), member)


def double_long(number: int) -> Data:
    return Data(DataType.DOUBLE_LONG, number)


def twin_meter() -> ObjectStore:
    return ObjectStore(members_of("ESME", MeterVariant.TWIN_ELEMENT), MeterVariant.TWIN_ELEMENT)


def test_every_time_that_use_cases_set_activates_something_that_meters_have() -> None:
    store = twin_meter()

    for time in TIMES:
        pairs = replacements(time)
        assert pairs
        assert any(
            store.has_attribute(each.passive) and store.has_attribute(each.active) for each in pairs
        )
    assert len(TIMES) == 26


def test_other_attributes_are_no_such_times() -> None:
    name = attribute(1, "0-0:94.44.0.1", 2)

    assert not is_activation_time(name)
    assert replacements(name) == ()


@pytest.mark.parametrize(
    ("time", "passive", "active", "value"),
    [
        (
            attribute(20, "0-0:13.0.0.255", 10),
            attribute(20, "0-0:13.0.0.255", 9),
            attribute(20, "0-0:13.0.0.255", 5),
            DAYS,
        ),
        (
            attribute(9000, "0-0:94.44.2.0", 6),
            attribute(9000, "0-0:94.44.2.0", 4),
            attribute(9000, "0-0:94.44.2.0", 2),
            boolean(yes=False),
        ),
        (
            attribute(9000, "0-0:94.44.128.29", 6),
            attribute(11, "0-1:11.0.0.255", 2),
            attribute(11, "0-0:11.0.0.255", 2),
            DAYS,
        ),
        (
            attribute(9000, "0-0:63.1.1.255", 6),
            attribute(21, "0-0:16.1.18.255", 2),
            attribute(21, "0-0:16.0.18.255", 2),
            array(Data(DataType.DOUBLE_LONG_UNSIGNED, 7)),
        ),
        (
            attribute(9000, "0-0:94.44.128.2", 6),
            attribute(9000, "0-0:94.44.128.2", 4),
            attribute(112, "0-0:19.10.1.255", 9),
            double_long(300_000),
        ),
        (
            attribute(111, "0-1:19.0.0.255", 13),
            attribute(111, "0-1:19.0.0.255", 11),
            attribute(111, "0-0:19.0.0.255", 11),
            DAYS,
        ),
    ],
    ids=["calendar", "value", "table", "matrix", "value of another object", "account"],
)
def test_passive_value_comes_into_force(
    time: Attribute, passive: Attribute, active: Attribute, value: Data
) -> None:
    store = twin_meter()
    store.hold(passive, value)

    activate(store, time)

    assert store.value(active) == value


def test_a_single_threshold_becomes_a_list_of_one() -> None:
    store = twin_meter()
    store.hold(attribute(9000, "0-0:94.44.128.22", 4), double_long(-500_000))

    activate(store, attribute(9000, "0-0:94.44.128.22", 6))

    assert store.value(attribute(21, "0-0:16.0.1.255", 2)) == array(double_long(-500_000))


def test_what_a_device_does_not_have_is_left_out() -> None:
    store = ObjectStore(members_of("CHF"))
    before = store.snapshot()

    activate(store, attribute(9000, "0-0:63.1.1.255", 6))

    assert store.snapshot() == before


def test_nothing_else_changes() -> None:
    store = twin_meter()
    store.hold(attribute(113, "0-0:19.20.4.255", 6), octet_string(b"price"))
    before = store.snapshot()

    activate(store, attribute(113, "0-0:19.20.4.255", 7))

    after = store.snapshot()
    assert [key for key in after if after[key] != before[key]] == ["113/0-0:19.20.4.255/5"]
