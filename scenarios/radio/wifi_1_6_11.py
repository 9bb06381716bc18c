"""Every device joins in a house among three Wi-Fi networks, on a channel that they leave free.

Access points on channels 1, 6 and 11, as they are planned everywhere, cover all but Zigbee channels
15, 20, 25 and 26. The hub measures energy before it forms its network.
"""

from emulator.lab.installing.commissioning import close_network, form_network, join, register
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.planning.site_pictures import interference_on, show_channels, show_links
from emulator.zigbee.nwk.facts import NetworkFormed

SOURCES = (Source("IEEE 802.15.4-2006", "6.9.7, Annex E"), Source("R22", "3.6.1.1"))
TAGS = ("interference", "wifi", "energy-scan", "commissioning")
SHIPMENT = "dual-fuel.csv"

QUIETER = 20.0
"""dB, at least, by which the hub's channel is quieter than the loudest one."""


def run(lab: Lab) -> None:
    """The hub chooses a channel, and the whole home is commissioned on it."""
    lab.home_needs("ESME")
    lab.site.on_plan("terrace-wifi.toml")
    home = lab.home()
    show_links(lab)
    form_network(lab, home)
    ((_, formed),) = lab.trace.of(NetworkFormed, home.hub.name)
    channel = formed.channel.number
    here, loudest = interference_on(lab, channel)
    lab.step("it formed where Wi-Fi leaves room", "R22 3.6.1.1").expect(
        lambda: here + QUIETER <= loudest,
        f"channel {channel}: {here:.0f} dBm of Wi-Fi at the hub, {loudest:.0f} dBm on the loudest",
    )
    show_channels(lab, channel)
    register(lab, home, *home.joiners)
    for device in home.joiners:
        join(lab, home, device, within="30 min")
    close_network(lab, home)
