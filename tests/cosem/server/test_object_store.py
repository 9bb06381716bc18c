import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.combined_values import PREPAYMENT_BALANCES
from emulator.cosem.server.members import Attribute, MeterVariant, members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import NULL, Data, long_unsigned, octet_string, structure
from emulator.dlms.data_types import DataType
from emulator.kernel.errors import LocalError

OFFSET_LIMIT = Attribute(1, parse_obis("0-0:94.44.0.1"), 2)
OFFSET = Attribute(1, parse_obis("0-0:94.44.0.0"), 2)
PASSIVE_THRESHOLDS = Attribute(21, parse_obis("0-0:16.1.11.255"), 2)
METER_BALANCE = Attribute(112, parse_obis("0-0:19.10.0.255"), 2)
UNKNOWN = Attribute(1, parse_obis("1-1:1.1.1.1"), 2)


def store() -> ObjectStore:
    return ObjectStore(members_of("ESME"))


def double_long(number: int) -> Data:
    return Data(DataType.DOUBLE_LONG, number)


def test_written_value_is_read_again() -> None:
    objects = store()

    assert objects.write(OFFSET_LIMIT, long_unsigned(900)) is AccessResult.SUCCESS
    assert objects.read(OFFSET_LIMIT) == (AccessResult.SUCCESS, long_unsigned(900))


def test_logical_name_is_attribute_1_of_every_object() -> None:
    name = OFFSET.obis

    assert store().read(Attribute(1, name, 1)) == (AccessResult.SUCCESS, octet_string(name))


@pytest.mark.parametrize(
    ("attribute", "value", "result"),
    [
        (UNKNOWN, NULL, AccessResult.OBJECT_UNDEFINED),
        (OFFSET, long_unsigned(1), AccessResult.READ_WRITE_DENIED),
        (OFFSET_LIMIT._replace(member=1), NULL, AccessResult.READ_WRITE_DENIED),
        (OFFSET_LIMIT, octet_string(b"\x01"), AccessResult.TYPE_UNMATCHED),
    ],
    ids=["no object", "read only", "logical name", "another type"],
)
def test_refused_write_changes_nothing(
    attribute: Attribute, value: Data, result: AccessResult
) -> None:
    objects = store()
    before = objects.snapshot()

    assert objects.write(attribute, value) is result
    assert objects.snapshot() == before


@pytest.mark.parametrize(
    ("attribute", "result"),
    [
        (UNKNOWN, AccessResult.OBJECT_UNDEFINED),
        (PASSIVE_THRESHOLDS, AccessResult.READ_WRITE_DENIED),
        (OFFSET._replace(member=9), AccessResult.READ_WRITE_DENIED),
    ],
    ids=["no object", "write only", "no attribute"],
)
def test_what_cannot_be_read_gives_no_value(attribute: Attribute, result: AccessResult) -> None:
    assert store().read(attribute) == (result, None)


def test_balances_are_shown_together_and_held_once() -> None:
    objects = store()
    objects.hold(METER_BALANCE, double_long(250_000))

    result, shown = objects.read(PREPAYMENT_BALANCES)

    rest = (double_long(0),) * 5
    assert (result, shown) == (AccessResult.SUCCESS, structure(double_long(250_000), *rest))


def test_balances_told_together_are_held_each_in_its_place() -> None:
    objects = store()

    objects.hold(PREPAYMENT_BALANCES, structure(*map(double_long, range(6))))

    assert objects.value(METER_BALANCE) == double_long(0)
    assert objects.value(Attribute(113, parse_obis("0-0:19.20.3.255"), 12)) == double_long(5)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [(UNKNOWN, NULL), (PREPAYMENT_BALANCES, structure(NULL)), (PREPAYMENT_BALANCES, NULL)],
)
def test_what_has_no_place_cannot_be_held(attribute: Attribute, value: Data) -> None:
    with pytest.raises(LocalError):
        store().hold(attribute, value)


def test_value_of_nothing_is_an_error() -> None:
    with pytest.raises(LocalError):
        store().value(UNKNOWN)


def test_methods_are_known_by_object() -> None:
    objects = store()

    assert objects.has_method(112, METER_BALANCE.obis, 1)
    assert not objects.has_method(112, METER_BALANCE.obis, 9)
    assert not objects.has_method(*UNKNOWN)


@pytest.mark.parametrize("octets", ["xy", "", "12", 5])
def test_what_is_no_value_changes_nothing(octets: str) -> None:
    objects = store()
    before = objects.snapshot()

    with pytest.raises(LocalError):
        objects.restore({**before, "1/0-0:94.44.0.1/2": octets})
    assert objects.snapshot() == before


def test_snapshot_of_other_objects_changes_nothing() -> None:
    objects = store()
    before = objects.snapshot()

    with pytest.raises(LocalError):
        objects.restore({**before, "1/nowhere/2": "00"})
    assert objects.snapshot() == before


@given(st.sampled_from(MeterVariant))
def test_snapshot_restores_a_device_of_its_kind_only(variant: MeterVariant) -> None:
    single = store()
    other = ObjectStore(members_of("ESME", variant), variant)

    if variant is MeterVariant.SINGLE_ELEMENT:
        other.restore(single.snapshot())
    else:
        with pytest.raises(LocalError):
            other.restore(single.snapshot())


class Writes(RuleBasedStateMachine):
    """Random writes, against a plain dictionary of what was accepted."""

    def __init__(self) -> None:
        super().__init__()
        self.objects = store()
        self.model: dict[Attribute, Data] = {}

    @rule(
        attribute=st.sampled_from((OFFSET_LIMIT, OFFSET, PASSIVE_THRESHOLDS, UNKNOWN)),
        value=st.sampled_from((long_unsigned(1), long_unsigned(2), octet_string(b""))),
    )
    def write(self, attribute: Attribute, value: Data) -> None:
        accepted = attribute == OFFSET_LIMIT and value.type is DataType.LONG_UNSIGNED
        result = self.objects.write(attribute, value)

        assert (result is AccessResult.SUCCESS) is accepted
        if accepted:
            self.model[attribute] = value

    @rule()
    def lose_power(self) -> None:
        held = self.objects.snapshot()
        self.objects = store()
        self.objects.restore(held)

    @invariant()
    def reads_what_was_accepted(self) -> None:
        for attribute, value in self.model.items():
            assert self.objects.value(attribute) == value


TestWrites = Writes.TestCase
TestWrites.settings = settings(max_examples=15, stateful_step_count=15)
