from datetime import UTC, datetime

import pytest
from hypothesis import given

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.members import Attribute, members_of, object_members
from emulator.cosem.server.methods import (
    BLOCK_COUNTERS,
    METHODS,
    RESET_BLOCK_COUNTERS,
    TARIFF_SCRIPTS,
    Invocation,
    add_credit,
    zeroed,
)
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import (
    CompactArray,
    Data,
    TypeDescription,
    array,
    enumerated,
    long_unsigned,
    octet_string,
    structure,
    unsigned,
)
from emulator.dlms.data_types import DataType
from emulator.testing.strategies.dlms_values import data_values

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
METER_BALANCE = parse_obis("0-0:19.10.0.255")
EMERGENCY_CREDIT = parse_obis("0-0:19.10.1.255")
DEBT = parse_obis("0-0:19.20.1.255")
MAXIMUM_DEMAND = parse_obis("1-0:1.6.0.255")
EVENT_LOG = parse_obis("0-0:99.98.0.255")
ZERO = Data(DataType.INTEGER, 0)
OWN_CLASSES = {8, 30, 104, 115}
"""Classes whose methods are a device's own duty."""


def double_long(number: int) -> Data:
    return Data(DataType.DOUBLE_LONG, number)


def double_long_unsigned(number: int) -> Data:
    return Data(DataType.DOUBLE_LONG_UNSIGNED, number)


@pytest.fixture
def store() -> ObjectStore:
    return ObjectStore(members_of("ESME"))


def call(
    store: ObjectStore, class_id: int, obis: bytes, number: int, given: Data = ZERO
) -> AccessResult:
    return METHODS[class_id, number](Invocation(store, obis, given, NOW))


def test_every_method_that_use_cases_call_is_there_or_a_duty_of_its_device() -> None:
    called = {(each.class_id, number) for each in object_members() for number in each.methods}

    assert {one for one in called if one[0] not in OWN_CLASSES} <= METHODS.keys()


def test_reset_register_counts_from_zero(store: ObjectStore) -> None:
    counter = Attribute(3, parse_obis("0-0:94.44.42.255"), 2)
    store.hold(counter, double_long_unsigned(30))

    assert call(store, 3, counter.obis, 1) is AccessResult.SUCCESS

    assert store.value(counter) == double_long_unsigned(0)


def test_reset_maximum_demand_is_captured_now_and_tells_when(store: ObjectStore) -> None:
    store.hold(Attribute(4, MAXIMUM_DEMAND, 2), double_long_unsigned(4775))

    assert call(store, 4, MAXIMUM_DEMAND, 1) is AccessResult.SUCCESS

    now = octet_string(date_time_octets(NOW))
    assert store.value(Attribute(4, MAXIMUM_DEMAND, 2)) == double_long_unsigned(0)
    assert store.value(Attribute(4, MAXIMUM_DEMAND, 5)) == now
    assert store.value(Attribute(1, parse_obis("0-0:94.44.5.1"), 2)) == now


def test_cleared_log_keeps_its_columns(store: ObjectStore) -> None:
    buffer = Attribute(7, EVENT_LOG, 2)
    columns = TypeDescription(DataType.STRUCTURE, (TypeDescription(DataType.UNSIGNED),))
    entries = CompactArray(columns, (structure(unsigned(1)),))
    store.hold(buffer, Data(DataType.COMPACT_ARRAY, entries))

    assert call(store, 7, EVENT_LOG, 1) is AccessResult.SUCCESS

    assert store.value(buffer).value == CompactArray(columns, ())


def test_cleared_log_of_another_form_is_empty(store: ObjectStore) -> None:
    store.hold(Attribute(7, EVENT_LOG, 2), array(structure(unsigned(1))))

    call(store, 7, EVENT_LOG, 1)

    assert store.value(Attribute(7, EVENT_LOG, 2)) == array()


def test_tariff_script_clears_the_block_counters(store: ObjectStore) -> None:
    store.hold(BLOCK_COUNTERS, structure(array(double_long_unsigned(5))))
    script = long_unsigned(RESET_BLOCK_COUNTERS)

    assert call(store, 9, TARIFF_SCRIPTS, 1, script) is AccessResult.SUCCESS

    assert store.value(BLOCK_COUNTERS) == structure(array(double_long_unsigned(0)))


@pytest.mark.parametrize(
    ("obis", "script"), [(TARIFF_SCRIPTS, 98), (parse_obis("0-0:10.0.106.255"), 99)]
)
def test_other_scripts_are_not_there(store: ObjectStore, obis: bytes, script: int) -> None:
    assert call(store, 9, obis, 1, long_unsigned(script)) is AccessResult.OBJECT_UNAVAILABLE


@pytest.mark.parametrize(("before", "added", "after"), [(5, 7, 12), (-5, -7, -12), (0, 0, 0)])
def test_credit_is_added_to(store: ObjectStore, before: int, added: int, after: int) -> None:
    amount = Attribute(112, METER_BALANCE, 2)
    store.hold(amount, double_long(before))

    assert call(store, 112, METER_BALANCE, 1, double_long(added)) is AccessResult.SUCCESS

    assert store.value(amount) == double_long(after)


@pytest.mark.parametrize(
    ("number", "given", "result"),
    [
        (1, double_long(2**31 - 1), AccessResult.OTHER_REASON),
        (1, long_unsigned(1), AccessResult.TYPE_UNMATCHED),
        (2, long_unsigned(1), AccessResult.TYPE_UNMATCHED),
    ],
    ids=["too much", "added of another type", "set to another type"],
)
def test_refused_amount_changes_no_credit(
    store: ObjectStore, number: int, given: Data, result: AccessResult
) -> None:
    amount = Attribute(112, METER_BALANCE, 2)
    store.hold(amount, double_long(1))

    assert call(store, 112, METER_BALANCE, number, given) is result
    assert store.value(amount) == double_long(1)


def test_credit_and_debt_are_set(store: ObjectStore) -> None:
    assert call(store, 112, METER_BALANCE, 2, double_long(-3)) is AccessResult.SUCCESS
    assert call(store, 113, DEBT, 5, double_long(9)) is AccessResult.SUCCESS

    assert store.value(Attribute(112, METER_BALANCE, 2)) == double_long(-3)
    assert store.value(Attribute(113, DEBT, 12)) == double_long(9)


def test_debt_is_added_to(store: ObjectStore) -> None:
    for _ in range(2):
        assert call(store, 113, DEBT, 4, double_long(30_000)) is AccessResult.SUCCESS

    assert store.value(Attribute(113, DEBT, 12)) == double_long(60_000)


def test_emergency_credit_is_its_preset_amount(store: ObjectStore) -> None:
    store.hold(Attribute(112, EMERGENCY_CREDIT, 9), double_long(500_000))

    assert call(store, 112, EMERGENCY_CREDIT, 3) is AccessResult.SUCCESS

    assert store.value(Attribute(112, EMERGENCY_CREDIT, 2)) == double_long(500_000)


@pytest.mark.parametrize(
    ("passive", "number", "active"),
    [
        (Attribute(113, DEBT, 6), 2, 5),
        (Attribute(20, parse_obis("0-0:13.0.0.255"), 7), 1, 3),
        (Attribute(9000, parse_obis("0-0:94.44.2.0"), 4), 2, 2),
    ],
    ids=["charge", "calendar", "value"],
)
def test_passive_value_is_activated_by_method(
    store: ObjectStore, passive: Attribute, number: int, active: int
) -> None:
    value = array(enumerated(1))
    store.hold(passive, value)

    assert call(store, passive.class_id, passive.obis, number) is AccessResult.SUCCESS

    assert store.value(passive._replace(member=active)) == value


@pytest.mark.parametrize(
    ("amount", "result"),
    [(2**31, AccessResult.OTHER_REASON), (2**31 - 1, AccessResult.SUCCESS)],
)
def test_top_up_beyond_the_register_is_refused(
    store: ObjectStore, amount: int, result: AccessResult
) -> None:
    assert add_credit(store, METER_BALANCE, amount) is result


@given(data_values())
def test_zeroed_value_has_the_same_shape(value: Data) -> None:
    once = zeroed(value)

    assert once.type is value.type
    assert zeroed(once) == once
