"""Devices below 1 GHz and their hub tell each other to send more weakly, until it is just right."""

from emulator.lab.home.radio_state import power_of
from emulator.lab.installing.commissioning import commission
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.radio.bands import BOTH_BANDS, Band
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.zigbee.mac.facts import LinkPowerSet

SOURCES = (Source("R22", "3.4.13, 3.6.11"), Source("R22", "Annex D.11.2"))
TAGS = ("radio", "dual-band", "power")
SHIPMENT = "dual-fuel.csv"
NEAR, FAR = -45, -70
"""dBm at which a transmitter of 0 dBm is heard over the short way, and over the long one."""


def run(lab: Lab) -> None:
    """The gas meter is near the hub and sleeps; the display is far away and listens."""
    lab.home_needs("GSME", "IHD")
    lab.differ("CHF", bands=BOTH_BANDS)
    for kind in ("GSME", "IHD"):
        lab.differ(kind, bands=(Band.SUB_GHZ,))
    home = lab.home()
    hub, gsme, ihd = home.hub, home.device("GSME"), home.device("IHD")
    lab.links.set_rss(hub.name, gsme.name, NEAR)
    lab.links.set_rss(hub.name, ihd.name, FAR)
    commission(lab, home)
    settle(lab, hub, ihd, FAR)
    settle(lab, hub, gsme, NEAR)
    lab.step("nobody at 2.4 GHz was told anything", "R22 3.6.11").expect(
        lambda: (
            {record.node for record, _ in lab.trace.of(LinkPowerSet)}
            == {hub.name, gsme.name, ihd.name}
        )
    )


def settle(lab: Lab, hub: SmartEnergyDevice, device: SmartEnergyDevice, loss: int) -> None:
    """Both ends of a link come to the power with which the other hears them as it wants to."""
    wanted = lab.settings.nwk.optimal_rssi
    lab.step(f"the hub hears {device.name} at {wanted} dBm", "R22 3.6.11").until(
        lambda: power_of(device) + loss == wanted,
        within="2 h",
        detail=lambda: f"sent with {power_of(device)} dBm",
        otherwise=lambda: f"sent with {power_of(device)} dBm",
    )
    lab.step(f"{device.name} hears the hub at {wanted} dBm", "R22 3.4.13").until(
        lambda: power_of(hub, device) + loss == wanted,
        within="2 h",
        detail=lambda: f"sent with {power_of(hub, device)} dBm",
        otherwise=lambda: f"sent with {power_of(hub, device)} dBm",
    )
