"""Only a device with the client side of load control switches a load."""

from emulator.smart_energy.load_control.control_requester import ControlRequester
from emulator.smart_energy.load_control.load_switch import LoadSwitch
from emulator.testing.judges.device_rules import made, request_for


def machines(kind: str) -> list[type]:
    device = made(request_for(kind))
    device.power_on()
    assert device.assembly is not None
    return [type(each) for each in device.assembly.machines]


def test_switch_asks_and_obeys() -> None:
    assert {ControlRequester, LoadSwitch} <= set(machines("HCALCS"))


def test_display_does_not() -> None:
    assert not {ControlRequester, LoadSwitch} & set(machines("IHD"))
