"""Devices whose machines, memory or papers are changed: everything else is the good device's."""

from typing import Any

from devices.faulty.assembling import Assembled, Filtered, assembled, described
from emulator.bench.running.benched_home import BenchedHome
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.units import START
from emulator.smart_energy.network.joiner import Joiner
from emulator.smart_energy.primitives import LeaveNetwork, StartJoining
from emulator.testing.scenes.bench_scene import on_test


def home() -> BenchedHome:
    return BenchedHome(on_test(DeviceKind.ESME))


def test_what_no_defect_is_about_is_as_in_the_good_device() -> None:
    good = home().device.assembly
    assert good is not None

    same = Assembled(good)

    assert same.machines == tuple(good.machines)
    assert same.persistent == good.persistent
    for name in ("unheard", "member", "joined", "nwk_address", "parent", "link_key_origin"):
        assert getattr(same, name) == getattr(good, name)
    assert (same.suite, same.hub, same.keys) == (good.suite, good.hub, good.keys)
    assert same.first_events(restored=True) == good.first_events(restored=True)


def test_a_machine_takes_the_place_of_another_at_the_next_boot() -> None:
    device = home().device

    def machine(good: Any) -> Any:
        return Filtered(good, hears=lambda _: False) if isinstance(good, Joiner) else good

    assembled(device, machine=machine)
    device.power_off()
    device.power_on()

    assert device.assembly is not None
    assert any(isinstance(each, Filtered) for each in device.assembly.machines)


def test_papers_are_changed_before_a_device_has_power() -> None:
    device = home().device

    described(device, name="renamed")

    assert device.description.name == "renamed"


def test_a_filter_keeps_events_and_effects_away() -> None:
    good = next(each for each in _machines() if isinstance(each, Joiner))
    deaf = Filtered(good, hears=lambda event: not isinstance(event, StartJoining))
    mute = Filtered(good, does=lambda _: False)

    assert deaf.accepts == good.accepts
    assert deaf.deadline == good.deadline
    assert deaf.handle(StartJoining(), START) == ()
    assert mute.handle(LeaveNetwork(), START) == []


def _machines() -> tuple[Any, ...]:
    assembly = home().device.assembly
    return () if assembly is None else tuple(assembly.machines)
