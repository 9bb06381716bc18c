"""Defects say what they do wrong, and are in every boot of a device."""

from emulator.bench.running.benched_home import BenchedHome
from emulator.bench.running.defects import DeviceDefect, NotJoinedError, says, spoil
from emulator.equipment.request import RemoteParties
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.extensions import load
from emulator.smart_energy.device import Applications
from emulator.testing.scenes.bench_scene import on_test


def test_every_defect_says_what_it_does_wrong() -> None:
    assert says(load("hanlab.defects", "mac-unchecked")).startswith("Takes any MAC for right")
    assert says(DeviceDefect(lambda _: None, "Does nothing.")) == "Does nothing."
    assert says(lambda _, good: good) == ""


def test_a_defect_is_in_every_boot() -> None:
    home = BenchedHome(on_test(DeviceKind.ESME))
    boots: list[Applications] = []

    def counted(_: RemoteParties, good: Applications) -> Applications:
        boots.append(good)
        return good

    spoil(home.device, counted, RemoteParties(keys=home.keys))
    for _ in range(2):
        home.device.power_off()
        home.device.power_on()

    assert len(boots) == 2


def test_a_device_that_did_not_join_tells_how_far_it_came() -> None:
    fault = NotJoinedError("it waits", joined=True)

    assert (str(fault), fault.joined) == ("it waits", True)
