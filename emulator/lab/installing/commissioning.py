"""The steps by which a home comes up: the hub forms, each device joins and agrees its key."""

from typing import Final

from emulator.kernel.trace import Record
from emulator.kernel.units import minutes
from emulator.lab.home.home import Home, has_agreed_key
from emulator.lab.home.join_diagnosis import diagnosis
from emulator.lab.home.join_watch import JoinWatch
from emulator.lab.lab import Lab
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.facts import InterviewEnded
from emulator.smart_energy.primitives import FormNetwork, StartInterview
from emulator.zigbee.addresses import COORDINATOR

JOIN_WINDOW = 254
"""Seconds for which each device finds the network open: the most Smart Energy allows (5.4)."""
_BEFORE_ANOTHER_TRY: Final = minutes(1)


def form_network(lab: Lab, home: Home) -> None:
    """The hub gets power and forms its network."""
    if home.hub.remembers:
        step = lab.step("the hub starts its network again", "R22 3.6.1.1").do(home.hub.power_on)
    else:
        step = lab.step("the hub forms its network", "R22 3.6.1.1").do(home.hub.power_on)
        step.do(lambda: home.hub.post(FormNetwork()))
    step.until(lambda: home.hub.joined, within="1 min")


def register(lab: Lab, home: Home, *devices: SmartEnergyDevice) -> None:
    """The trust centre is told the install codes of these devices; those it knows it keeps."""
    names = ", ".join(device.name for device in devices)
    step = lab.step("install codes are registered at the trust centre", "ZSE 1.4 5.4.8")
    step.do(lambda: home.register(*devices)).done(names)


def open_and_start(lab: Lab, home: Home, device: SmartEnergyDevice) -> None:
    """The network is opened for joining and a device gets power."""
    step = lab.step(f"joining is opened, {device.name} gets power", "ZSE 1.4 5.4")
    step.do(lambda: home.permit_join(JOIN_WINDOW)).do(device.power_on).done()


def finish_joining(lab: Lab, home: Home, device: SmartEnergyDevice, within: str = "5 min") -> None:
    """A device that is looking for the network joins it and agrees its own link key.

    What only a person can mend ends it at once, and says what it is (`join_watch`).
    """

    def where() -> str:
        why = diagnosis(lab.trace, device.name, device.description.eui64)
        return f"{lab.where(device)}: {why}"

    watch = JoinWatch(device.name, device.description.eui64, lab.home().hub.name)
    with lab.trace.listening(watch.note):
        lab.step(f"{device.name} joins under its install code", "ZSE 1.4 5.4").until(
            lambda: device.joined,
            within=within,
            detail=lambda: lab.address_of(device),
            otherwise=where,
            hopeless=lambda: watch.hopeless,
        )
        lab.step(f"{device.name} agrees a link key by CBKE", "ZSE 1.4 Annex C").until(
            lambda: has_agreed_key(device),
            within=within,
            detail=lambda: lab.suite_of(device),
            otherwise=where,
            hopeless=lambda: watch.hopeless,
        )
    lab.step(f"{device.name} and the hub read each other", "ZSE 1.4 5.4.6").until(
        lambda: interviewed(lab, home, device), within=within, otherwise=lambda: lab.where(device)
    )


def join(lab: Lab, home: Home, device: SmartEnergyDevice, within: str = "5 min") -> None:
    """One registered device joins while the network is open, and agrees its own link key.

    A device that remembers the network, and the key it agreed there, comes back to it instead.
    """
    if device.remembers:
        come_back(lab, home, device, within)
        return
    home.permit_join(JOIN_WINDOW)
    device.power_on()
    finish_joining(lab, home, device, within)


def come_back(lab: Lab, home: Home, device: SmartEnergyDevice, within: str) -> None:
    """A device gets power, rejoins its network, and talks to the hub under the key it kept."""
    lab.step(f"{device.name} rejoins with the keys it kept", "ZSE 1.4 5.5.5.4").do(
        device.power_on
    ).until(
        lambda: has_agreed_key(device),
        within=within,
        detail=lambda: lab.address_of(device),
        otherwise=lambda: lab.where(device),
    )
    read_again(lab, home, device, within)


def try_to_join(lab: Lab, home: Home, device: SmartEnergyDevice, for_: str = "2 min") -> None:
    """A device that must not get in tries, and does not."""
    open_and_start(lab, home, device)
    lab.step(f"{device.name} stays outside", "ZSE 1.4 5.4").unless(
        lambda: device.joined, for_=for_, detail=lambda: lab.where(device)
    )


def interviewed(lab: Lab, home: Home, device: SmartEnergyDevice) -> bool:
    """Whether device and hub have both read what they want to know of each other."""
    hub = home.hub
    ends = {(hub.name, device.description.eui64), (device.name, hub.description.eui64)}
    return ends <= lab.interviews


def read_again(lab: Lab, home: Home, device: SmartEnergyDevice, within: str = "5 min") -> None:
    """A device reads the hub once more, under the keys it has.

    Where its questions came to nothing it asks again after a minute: a parent that does not know it
    any more, say, shows only when nobody answers, and until then the device is cut off.
    """
    hub = home.hub.description.eui64
    reader = (device.name, hub)
    lab.interviews.discard(reader)
    interview = StartInterview(hub, COORDINATOR, device.description.readings)

    def ask_again(record: Record) -> None:
        ended = record.fact if isinstance(record.fact, InterviewEnded) else None
        if ended and (record.node, ended.partner) == reader and not ended.complete:
            lab.scheduler.after(_BEFORE_ANOTHER_TRY, lambda: device.post(interview))

    step = lab.step(f"{device.name} reads the hub under the keys it kept", "ZSE 1.4 5.4.6")
    with lab.trace.listening(ask_again):
        step.do(lambda: device.post(interview)).until(
            lambda: reader in lab.interviews, within=within, otherwise=lambda: lab.where(device)
        )


def close_network(lab: Lab, home: Home) -> None:
    """Nobody else may join."""
    lab.step("joining is closed", "ZSE 1.4 5.4").do(lambda: home.permit_join(0)).run("1 s")


def commission(lab: Lab, home: Home, within: str = "5 min") -> None:
    """The whole home: the hub forms, every device joins, the network is closed."""
    form_network(lab, home)
    register(lab, home, *home.joiners)
    for device in home.joiners:
        join(lab, home, device, within)
    close_network(lab, home)
