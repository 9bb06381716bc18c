"""What remote parties read of an electricity meter, beside what it counted."""

import pytest

from emulator.cosem.server.members import Attribute, MeterVariant, members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import Data
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.device_objects import MEASURED
from emulator.gbcs_device.cosem.registers_duty import (
    ACTIVE_EXPORT,
    IMPORT_REGISTERS,
    POWER_IMPORT,
    REACTIVE_EXPORT,
    MeterReader,
    registers_duty,
)
from emulator.metering.quantities import Channel
from emulator.testing.scenes.cosem_scene import command, get

COUNTED = {
    Channel.ACTIVE_IMPORT: 123_456,
    Channel.ACTIVE_EXPORT: 78,
    Channel.REACTIVE_IMPORT: 9_000,
    Channel.REACTIVE_EXPORT: 2**32 + 5,
    Channel.SECONDARY_IMPORT: 42,
}
READER = MeterReader(COUNTED.__getitem__, primary=lambda: 2_500, imported=lambda: 4_000)


def shown(attribute: Attribute, variant: MeterVariant = MeterVariant.SINGLE_ELEMENT) -> Data:
    store = ObjectStore(members_of("ESME", variant), variant)
    duty = registers_duty(store, READER, MEASURED[variant])
    return duty.reads[attribute](command(get(attribute)))


def numbers(told: Data) -> list[object]:
    assert isinstance(told.value, tuple)
    return [part.value for part in told.value if isinstance(part, Data)]


def test_import_registers_are_what_was_counted_with_scale_and_unit() -> None:
    active, active_unit, reactive, reactive_unit = numbers(shown(IMPORT_REGISTERS))

    assert (active, reactive) == (123_456, 9_000)
    # exponent zero; watt hours and var hours (IEC 62056-6-2 Table 4)
    assert active_unit == (Data(DataType.INTEGER, 0), Data(DataType.ENUM, 30))
    assert reactive_unit == (Data(DataType.INTEGER, 0), Data(DataType.ENUM, 32))


def test_twin_element_meter_shows_its_second_element() -> None:
    assert numbers(shown(IMPORT_REGISTERS, MeterVariant.TWIN_ELEMENT))[4] == 42


@pytest.mark.parametrize(("attribute", "counts"), [(ACTIVE_EXPORT, 78), (REACTIVE_EXPORT, 5)])
def test_export_registers_begin_again_at_zero_when_they_are_full(
    attribute: Attribute, counts: int
) -> None:
    assert shown(attribute).value == counts


def test_power_is_what_all_elements_import_now_and_what_the_first_one_does() -> None:
    whole, _, primary = numbers(shown(POWER_IMPORT))

    assert (whole, primary) == (4_000, 2_500)


def test_object_of_what_is_not_measured_keeps_its_value() -> None:
    store = ObjectStore(members_of("ESME"))
    duty = registers_duty(store, READER, (Channel.ACTIVE_IMPORT,))

    assert duty.reads[ACTIVE_EXPORT](command(get(ACTIVE_EXPORT))) == store.value(ACTIVE_EXPORT)
