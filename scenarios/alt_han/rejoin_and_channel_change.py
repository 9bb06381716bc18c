"""Across a bridge devices come back after a power cut, and follow their hub to another channel."""

from emulator.alt_han.bridge.facts import BridgeSettled
from emulator.lab.home.radio_state import channel_of
from emulator.lab.installing.bridged_home import FAR, Fitting, fit_bridge, power_bridge
from emulator.lab.installing.commissioning import (
    close_network,
    come_back,
    form_network,
    join,
    read_again,
    register,
)
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.neighbour import Neighbour
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.facts import ChannelChangeOrdered
from emulator.smart_energy.primitives import StartInterview
from emulator.zigbee.addresses import COORDINATOR

SOURCES = (
    Source("DCP 400", "3.2"),
    Source("R22", "Annex E, 2.4.3.3.9, 3.6.1.4.2"),
    Source("ZSE 1.4", "5.5.5.4"),
)
TAGS = ("alt-han", "bridge", "rejoin", "channel")
SHIPMENT = "dual-fuel.csv"
SHARE = 0.25
"""Of the time, for which a network next door fills our channel."""


def run(lab: Lab) -> None:
    """First a power cut in the dwelling; then the channel is filled, and the hub moves."""
    lab.home_needs("GSME", "IHD")
    home = lab.home()
    bridge = fit_bridge(lab, home, Fitting())
    form_network(lab, home)
    power_bridge(lab, home, bridge)
    register(lab, home, *home.joiners)
    for device in home.joiners:
        join(lab, home, device)
    close_network(lab, home)
    away = [device for device in home.joiners if device.description.kind in FAR]
    step = lab.step("the dwelling is without power", "ZSE 1.4 5.5.5.4")
    for device in away:
        step.do(device.power_off)
    step.run("10 min")
    for device in away:
        come_back(lab, home, device, "10 min")
    change_channel(lab)
    lab.step("both ends of the bridge found the HAN again", "DCP 400 3.2").until(
        lambda: bridge.settled and _settled_on(lab) == {channel_of(home.hub).number},
        within="5 min",
    )
    for device in home.joiners:
        read_again(lab, home, device, "1 h")


def change_channel(lab: Lab) -> None:
    """A network next door fills the channel until the hub orders a change."""
    home = lab.home()
    former = channel_of(home.hub)
    next_door = Neighbour(lab.air, lab.scheduler, former, SHARE)
    awake = [device for device in home.joiners if not device.description.sleepy]
    lab.step("a network next door fills the channel", "R22 Annex E.3").do(next_door.start).done(
        f"channel {former.number}, {SHARE:.0%} of the time"
    )

    def ordered() -> bool:
        for device in awake:
            talk(lab, home.hub, device)
        return any(lab.trace.of(ChannelChangeOrdered, home.hub.name))

    step = lab.step("frames fail, and the hub orders a change of channel", "R22 Annex E.4")
    step.until(ordered, within="20 min")
    next_door.stop()
    lab.step("every device is on the new channel", "R22 2.4.3.3.9").until(
        lambda: (
            channel_of(home.hub) != former
            and all(
                each.joined and channel_of(each) == channel_of(home.hub) for each in home.joiners
            )
        ),
        within="3 h",
        otherwise=lambda: "; ".join(
            f"{each.name} on {channel_of(each).number}, {lab.where(each)}" for each in home.joiners
        ),
    )


def talk(lab: Lab, hub: SmartEnergyDevice, device: SmartEnergyDevice) -> None:
    """A device that is done reading the hub reads it again."""
    partner = hub.description.eui64
    if (device.name, partner) in lab.interviews:
        lab.interviews.discard((device.name, partner))
        device.post(StartInterview(partner, COORDINATOR, device.description.readings))


def _settled_on(lab: Lab) -> set[int]:
    last = {record.node: fact.channel for record, fact in lab.trace.of(BridgeSettled)}
    return set(last.values())
