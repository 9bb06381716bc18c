"""What commands write and read, and how it must look."""

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.checks import Check
from emulator.bench.cases.written_values import (
    attribute,
    items,
    read,
    readers_of,
    reads_scaler,
    reads_types,
    scaled,
    types_of,
    written,
)
from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute
from emulator.dlms.data_types import DataType
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.testing.scenes.bench_scene import case_named

REGISTERS, LIMITS, TARIFF, GAS = 0x0026, 0x0045, 0x001F, 0x0074
"""ECS17a reads registers, ECS29a sets limits, ECS08 what a date activates, GCS13a is no DLMS."""
STATES, DEMAND = 0x003C, 0x002B
"""ECS26b reads what has no unit, ECS18a the highest demand: values, units and times."""
ENERGY = Attribute(3, parse_obis("1-0:2.8.0.255"), 3)


def test_only_commands_in_dlms_have_items() -> None:
    assert items(use_case(GAS)) == ()
    assert {attribute(item) for item, _ in items(use_case(REGISTERS))} >= {ENERGY}


def test_what_a_date_takes_away_is_not_left_in_place() -> None:
    kept = {each for each, _ in written(use_case(TARIFF))}

    assert Attribute(9000, parse_obis("0-0:94.44.2.20"), 2) not in kept


def test_readers_read_what_is_written_and_write_nothing() -> None:
    works = [each for each in known_cases(DeviceKind.ESME).values() if each.check is Check.SUCCESS]
    writer = next(each for each in works if each.use_case.code == LIMITS)

    readers = readers_of(writer, works)

    wanted = {each for each, _ in written(writer.use_case)}
    assert "ECS26b" in {each.use_case.name for each in readers}
    assert all(wanted & read(each.use_case) for each in readers)
    assert not any(list(written(each.use_case)) for each in readers)
    assert readers_of(case_named("ESME/0026/ECS17a/success"), works) == ()


def test_a_register_has_the_scaler_and_unit_of_the_annex() -> None:
    (item, *_) = [item for item, _ in items(use_case(REGISTERS)) if attribute(item) == ENERGY]
    register = scaled(item)

    assert register is not None
    assert (register.scaler, register.unit) == (0, 30)
    assert reads_scaler(use_case(REGISTERS))
    assert not reads_scaler(use_case(LIMITS))
    assert not reads_scaler(use_case(STATES))


def test_only_the_third_attribute_of_a_register_that_the_annex_names_is_its_unit() -> None:
    of_demand = [item for item, _ in items(use_case(DEMAND)) if item.class_id == 4]
    units = {item.member: scaled(item) for item in of_demand}

    assert {member for member, register in units.items() if register is not None} == {3}
    assert set(units) == {2, 3, 5}
    assert scaled(of_demand[0]._replace(obis=bytes(6), member=3)) is None


def test_types_are_those_of_values_as_shipped_and_of_what_may_be_written() -> None:
    assert types_of(ENERGY, DeviceKind.ESME) == {DataType.STRUCTURE}
    assert types_of(ENERGY, DeviceKind.CHF) == frozenset()
    assert reads_types(use_case(REGISTERS), DeviceKind.ESME)
    assert not reads_types(use_case(GAS), DeviceKind.GSME)
    assert not reads_types(use_case(LIMITS), DeviceKind.ESME)
