"""A busy channel makes the hub move its network; a gas meter that sleeps finds it by itself."""

from emulator.lab.home.home import Home
from emulator.lab.home.radio_state import channel_of
from emulator.lab.installing.commissioning import commission, read_again
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.report.occupancy_picture import Occupancy, occupancy_picture
from emulator.lab.world.neighbour import Neighbour
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.facts import ChannelChangeOrdered, ChannelsMeasured
from emulator.smart_energy.primitives import StartInterview
from emulator.zigbee.addresses import COORDINATOR
from emulator.zigbee.nwk.facts import ChannelChanged, Rejoined

SOURCES = (Source("R22", "Annex E, 2.4.3.3.9"), Source("ZSE 1.4", "5.5.5.4"))
TAGS = ("radio", "channel", "interference")
SHIPMENT = "dual-fuel.csv"
SHARE = 0.25
"""Of the time, for which a network next door fills our channel."""


def run(lab: Lab) -> None:
    """Frames fail, the hub measures, orders the change, and everybody follows."""
    lab.home_needs("GSME")
    occupancy = Occupancy(lab.air)
    change(lab, lab.home())
    title = "What was on the air, channel by channel"
    caption = "The network next door fills the channel; the hub leaves it, and the home follows."
    lab.picture(title, occupancy_picture(occupancy), caption)


def change(lab: Lab, home: Home) -> None:
    """The home comes up, its channel fills, and it goes to another."""
    commission(lab, home)
    gsme = home.device("GSME")
    lab.step("the gas meter goes to sleep", "ZSE 1.4 5.3").run("2 min")
    former = channel_of(home.hub)
    next_door = Neighbour(lab.air, lab.scheduler, former, SHARE)
    awake = [device for device in home.joiners if not device.description.sleepy]
    lab.step("a network next door fills the channel", "R22 Annex E.3").do(next_door.start).done(
        f"channel {former.number}, {SHARE:.0%} of the time"
    )

    def ordered() -> bool:
        """Whether the change is ordered; until then devices read the hub again and again."""
        for device in awake:
            talk(lab, home.hub, device)
        return any(lab.trace.of(ChannelChangeOrdered, home.hub.name))

    lab.step("frames fail, and the hub orders a change of channel", "R22 Annex E.4").until(
        ordered,
        within="20 min",
        detail=lambda: "; ".join(
            f"channel {fact.current.number}: {fact.current_level}, "
            f"channel {fact.quietest.number}: {fact.quietest_level}"
            for _, fact in lab.trace.of(ChannelsMeasured)
        ),
    )
    next_door.stop()
    lab.step("the hub and who is awake are on the new channel", "R22 2.4.3.3.9").until(
        lambda: all(channel_of(each) != former for each in (home.hub, *awake)),
        within="1 h",
        detail=lambda: f"channel {channel_of(home.hub).number}",
    )
    lab.step("the gas meter finds the network on its new channel", "ZSE 1.4 5.5.5.4").until(
        lambda: gsme.joined and channel_of(gsme) == channel_of(home.hub),
        within="1 h",
        otherwise=lambda: lab.where(gsme),
    )
    lab.step("it was not told, but came back by a scan", "R22 3.6.1.4.2").expect(
        lambda: (
            any(lab.trace.of(Rejoined, gsme.name))
            and not any(lab.trace.of(ChannelChanged, gsme.name))
        )
    )
    for device in home.joiners:
        read_again(lab, home, device)


def talk(lab: Lab, hub: SmartEnergyDevice, device: SmartEnergyDevice) -> None:
    """A device that is done reading the hub reads it again."""
    partner = hub.description.eui64
    if (device.name, partner) in lab.interviews:
        lab.interviews.discard((device.name, partner))
        device.post(StartInterview(partner, COORDINATOR, device.description.readings))
