from emulator.dlms.data_coding import encode_data
from emulator.gbcs_device.cosem.hub_log_data import backup
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.hub_device_log import HubDeviceLog
from emulator.gbcs_device.hub_log_machine import HubLogMachine
from emulator.gbcs_device.primitives import AlertRequest, DeviceKeyed
from emulator.kernel.identity import Eui64
from emulator.kernel.units import DEFAULT_START, START, Calendar

METER, HUB = Eui64(0x00DB1234567890A0), Eui64(0x00DB1234567890A2)
KEY = bytes(range(16))


def test_new_key_is_noted_and_told() -> None:
    log = HubDeviceLog(7)
    log.register(METER, 0)
    machine = HubLogMachine(log, DeviceClock(Calendar()), HUB)

    told = machine.handle(DeviceKeyed(METER, KEY), START)

    assert log.devices[METER].hashed_key == KEY
    assert told == (AlertRequest(0x8F12, encode_data(backup(log, DEFAULT_START)), HUB),)


def test_key_that_is_known_is_not_told_again() -> None:
    log = HubDeviceLog(7)
    log.register(METER, 0)
    machine = HubLogMachine(log, DeviceClock(Calendar()), HUB)
    machine.handle(DeviceKeyed(METER, KEY), START)

    assert machine.handle(DeviceKeyed(METER, KEY), START) == ()


def test_device_that_is_not_in_the_log_is_nothing_to_tell_of() -> None:
    machine = HubLogMachine(HubDeviceLog(7), DeviceClock(Calendar()), HUB)

    assert machine.handle(DeviceKeyed(METER, KEY), START) == ()


def test_nothing_is_ever_due() -> None:
    machine = HubLogMachine(HubDeviceLog(7), DeviceClock(Calendar()), HUB)

    assert machine.deadline is None
    assert machine.wake(START) == ()
