"""How messages get to a device and back, in each service mode (SEC H14.51, H14.52; ETAD 17.1)."""

from collections.abc import Callable
from enum import Enum

from emulator.dcc.primitives import WanDown, WanUp
from emulator.equipment.primitives import FromWan, ToWan
from emulator.gbcs_device.primitives import MessageIndication, MessageRequest
from emulator.kernel.identity import Eui64
from emulator.lab.world.remote_side import RemoteSide
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.tunnel.primitives import SendThroughTunnel

Down = Callable[[bytes], None]
"""Sends octets to the device under test."""
Up = Callable[[bytes], None]
"""Is told octets that came up."""


class ServiceMode(Enum):
    """Which testing service a campaign is run as."""

    GFI = "gfi"
    """No SM WAN, and no simulation of one: the bench speaks for hub and DCC (SEC H14.52)."""
    ITCH = "itch"
    """A hub whose SM WAN is off, wired to the bench: it routes by its device log (ETAD 17.1)."""
    END_TO_END = "end_to_end"
    """Through the emulated SM WAN, at whose other end the emulated DCC hears, too."""


def at_application(device: SmartEnergyDevice, up: Up) -> Down:
    """At the device's own application, without a network."""
    device.observe((MessageRequest,), lambda sent: up(sent.octets))
    return lambda octets: device.post(MessageIndication(octets))


def without_wan(hub: SmartEnergyDevice, eui64: Eui64, up: Up, *, in_the_hub: bool) -> Down:
    """As GFI does it: into the device's tunnel, or to the function of the hub that is tested."""
    hub.observe((ToWan,), lambda sent: up(sent.octets))
    if in_the_hub:
        return lambda octets: hub.post(MessageIndication(octets, eui64))
    return lambda octets: hub.post(SendThroughTunnel(eui64, octets))


def by_wire(hub: SmartEnergyDevice, up: Up) -> Down:
    """Over the wire of a test hub, which passes messages on as if they were from the SM WAN."""
    hub.observe((ToWan,), lambda sent: up(sent.octets))
    return lambda octets: hub.post(FromWan(octets))


def end_to_end(side: RemoteSide, hub: SmartEnergyDevice, up: Up) -> Down:
    """Over the emulated SM WAN; the DCC hears everything that comes up."""
    wan = side.dcc.wan
    told = wan.post

    def heard(event: object) -> None:
        if isinstance(event, WanUp):
            up(event.octets)
        told(event)

    wan.post = heard
    return lambda octets: wan.down(WanDown(hub.description.eui64, octets))
