import pytest

from emulator.cosem.server.members import MeterVariant
from emulator.dlms.data import octet_string
from emulator.gbcs_device.cosem.clock_duty import TIME
from emulator.gbcs_device.cosem.device_objects import (
    DEVICE_IDENTIFIER,
    METER_VARIANT,
    MeterMake,
    communications_hub,
    electricity_meter,
    standalone_load_controller,
)
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.network_control_duty import ACTIVE_DEVICES
from emulator.gbcs_device.cosem.token_duty import ENTER
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.hub_device_log import HubDeviceLog
from emulator.kernel.units import Calendar
from emulator.testing.cosem_scene import METER, act, command, get, results, values

CLOCK = DeviceClock(Calendar())
DEVICES = {
    "meter": electricity_meter(METER, CLOCK),
    "load controller": standalone_load_controller(METER, CLOCK),
    "hub": communications_hub(METER, HubDeviceLog(7)),
}


@pytest.mark.parametrize("device", DEVICES.values(), ids=DEVICES)
def test_device_tells_its_own_name(device: DlmsExecutor) -> None:
    name = octet_string(METER.to_bytes(8, "big"))

    assert values(device.execute(command(get(DEVICE_IDENTIFIER)))) == [name]


@pytest.mark.parametrize(
    ("variant", "letter"),
    [
        (MeterVariant.SINGLE_ELEMENT, b"A"),
        (MeterVariant.TWIN_ELEMENT, b"B"),
        (MeterVariant.POLYPHASE, b"C"),
    ],
)
def test_meter_tells_its_variant(variant: MeterVariant, letter: bytes) -> None:
    meter = electricity_meter(METER, CLOCK, MeterMake(variant=variant))

    assert values(meter.execute(command(get(METER_VARIANT)))) == [octet_string(letter)]


@pytest.mark.parametrize("name", ["meter", "load controller"])
def test_meter_and_load_controller_tell_the_time(name: str) -> None:
    (time,) = values(DEVICES[name].execute(command(get(TIME))))

    assert time.value


def test_hub_tells_the_devices_in_its_log() -> None:
    assert results(DEVICES["hub"].execute(command(get(ACTIVE_DEVICES)))) == [0]


def test_meter_without_keys_takes_no_token() -> None:
    token = octet_string(b"7" * 20)

    assert results(DEVICES["meter"].execute(command(act(ENTER, token)))) == [250]


@pytest.mark.parametrize("device", DEVICES.values(), ids=DEVICES)
def test_device_can_be_saved_and_put_back(device: DlmsExecutor) -> None:
    before = device.snapshot()

    device.restore(before)

    assert device.snapshot() == before
