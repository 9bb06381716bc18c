"""What every device kind has in common: a Basic cluster, and a joiner's or a hub's assembly."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from string import hexdigits
from typing import Final

from emulator.equipment.request import DeviceRequest
from emulator.radio.bands import Band
from emulator.smart_energy.assemblies import HubAssembly, JoiningAssembly
from emulator.smart_energy.device import (
    Applications,
    Boot,
    DeviceDescription,
    SmartEnergyDevice,
    no_applications,
)
from emulator.smart_energy.ota.client import CURRENT_FILE_VERSION
from emulator.smart_energy.primitives import Reading
from emulator.smart_energy.upgrades import IMAGE_TYPE, MANUFACTURER
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.events import EVENTS
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.ota_upgrade import OTA_UPGRADE
from emulator.zcl.clusters.ota_upgrade import ToClient as OtaToClient
from emulator.zcl.clusters.ota_upgrade import ToServer as OtaToServer
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.clusters.sub_ghz import CHANNEL_MASKS, SUB_GHZ
from emulator.zcl.clusters.time import TIME
from emulator.zcl.clusters.tunneling import TUNNELING, ToClient, ToServer
from emulator.zcl.endpoint import EndpointDefinition, ServedAttribute, serve
from emulator.zcl.primitives import Side
from emulator.zigbee.nwk.primitives import DeviceType

MAINS: Final = 0x01
BATTERY: Final = 0x03
"""PowerSource values (ZCL8 Table 3-8)."""

AT_THE_HUB: Final = (
    Reading(TIME.id, (0x0000, 0x0001)),
    Reading(BASIC.id, (0x0000, 0x0011)),
    Reading(PRICE.id, (0x0300,)),
)
"""What a device reads at its hub once they share a key: Time, PhysicalEnvironment and, under the
link key, CommodityType (gb-han facts: GBCS 10.2.2 and 10.4.2)."""


@dataclass(frozen=True, slots=True)
class Nature:
    """What a kind of joining device is, whoever made it.

    Args:
        partner_readings: what it reads at a meter that it shares a key with.
        open_to_partners: whether it takes every such key, for want of a device log.
        shows_home: whether it is a display.
    """

    device_type: DeviceType
    sleepy: bool = False
    power_source: int = MAINS
    partner_readings: tuple[Reading, ...] = ()
    open_to_partners: bool = False
    shows_home: bool = False


def basic(request: DeviceRequest, power_source: int = MAINS) -> tuple[ServedAttribute, ...]:
    """The Basic cluster's values of a device (ZCL8 3.2.2.2)."""
    values = {0x0004: request.manufacturer, 0x0005: request.model, 0x0007: power_source}
    return tuple(ServedAttribute(BASIC.id, attribute, value) for attribute, value in values.items())


def key_establishment(request: DeviceRequest) -> tuple[ServedAttribute, ...]:
    """The suites of a device, on both sides of its Key Establishment cluster."""
    suites = request.credentials.suites
    return tuple(
        ServedAttribute(KEY_ESTABLISHMENT.id, 0x0000, suites, side)
        for side in (Side.SERVER, Side.CLIENT)
    )


KEY_COMMANDS: Final = tuple(
    replace(command, checked=False)
    for side in (Side.SERVER, Side.CLIENT)
    for command in serve(KEY_ESTABLISHMENT, side)
)
"""Both parties' commands: any device may answer a key establishment, or begin one.

Unchecked, because what is no such command is answered by Terminate with BAD_MESSAGE, not by a
default response (ZSE 1.4 Table C-8).
"""


OTA_COMMANDS: Final = serve(OTA_UPGRADE, Side.CLIENT, only=(OtaToClient.IMAGE_NOTIFY,))
"""The notice that there is an image; answers come as answers (ZCL8 11.13)."""
OTA_SERVER_COMMANDS: Final = serve(
    OTA_UPGRADE,
    Side.SERVER,
    only=(OtaToServer.QUERY_NEXT_IMAGE, OtaToServer.IMAGE_BLOCK, OtaToServer.UPGRADE_END),
)
"""What a server of images takes; pages are not asked for (GBCS 11.2)."""


def ota(request: DeviceRequest) -> tuple[ServedAttribute, ...]:
    """The image that a device runs: for whom, and which version (ZCL8 Table 11-7)."""
    settings = request.settings.ota
    values = {
        CURRENT_FILE_VERSION: _code(request.firmware, 8, 0),
        MANUFACTURER: _code(request.manufacturer, 4, settings.manufacturer),
        IMAGE_TYPE: settings.image_type,
    }
    return tuple(
        ServedAttribute(OTA_UPGRADE.id, attribute, value, Side.CLIENT)
        for attribute, value in values.items()
    )


def _code(text: str, digits: int, otherwise: int) -> int:
    """The number that a product list writes with so many hexadecimal digits, if it is one."""
    return int(text, 16) if len(text) == digits and set(text) <= set(hexdigits) else otherwise


EVENT_COMMANDS: Final = serve(EVENTS, Side.SERVER)
"""What a server of event logs takes (ZSE 1.4 Annex D)."""
TUNNEL_COMMANDS: Final = serve(
    TUNNELING,
    Side.SERVER,
    only=(
        ToServer.REQUEST_TUNNEL,
        ToServer.CLOSE_TUNNEL,
        ToServer.TRANSFER_DATA,
        ToServer.GET_SUPPORTED_TUNNEL_PROTOCOLS,
    ),
)
"""What a server of tunnels takes; flow control is not used (GBCS 10.2.2)."""
TUNNEL_CLIENT_COMMANDS: Final = serve(
    TUNNELING,
    Side.CLIENT,
    only=(ToClient.TRANSFER_DATA, ToClient.TUNNEL_CLOSURE_NOTIFICATION),
)
"""What a client of tunnels takes besides answers."""


def joining_device(
    request: DeviceRequest,
    nature: Nature,
    endpoints: tuple[EndpointDefinition, ...],
    applications: Callable[[Boot], Applications] = no_applications,
) -> SmartEnergyDevice:
    """A device that joins with its install code."""
    description = DeviceDescription(
        name=request.name,
        kind=request.kind,
        eui64=request.eui64,
        device_type=_place(nature.device_type, request.bands),
        bands=request.bands,
        endpoints=_with_sub_ghz(endpoints, Side.CLIENT, request.bands),
        credentials=request.credentials,
        link_key=request.link_key,
        sleepy=nature.sleepy,
        readings=AT_THE_HUB,
        partner_readings=nature.partner_readings,
        open_to_partners=nature.open_to_partners,
        shows_home=nature.shows_home,
        applications=applications,
    )

    def assemble(boot: Boot) -> JoiningAssembly:
        return JoiningAssembly(boot, request.settings)

    return SmartEnergyDevice(description, request.surroundings, assemble)


def _with_sub_ghz(
    endpoints: tuple[EndpointDefinition, ...], side: Side, bands: tuple[Band, ...]
) -> tuple[EndpointDefinition, ...]:
    """The endpoints, with the Sub-GHz cluster on the first where there is such a radio."""
    first, *others = endpoints
    if Band.SUB_GHZ not in bands:
        return endpoints
    commands = (*first.commands, *serve(SUB_GHZ, side))
    if side is Side.CLIENT:
        first = replace(first, clients=(*first.clients, SUB_GHZ.id), commands=commands)
        return (first, *others)
    masks = tuple(
        ServedAttribute(SUB_GHZ.id, number, mask)
        for number, mask in enumerate((0, *CHANNEL_MASKS.values()))
    )
    first = replace(
        first,
        servers=(*first.servers, SUB_GHZ.id),
        attributes=(*first.attributes, *masks),
        commands=commands,
    )
    return (first, *others)


def _place(device_type: DeviceType, bands: tuple[Band, ...]) -> DeviceType:
    """Below 1 GHz there are no routers: every device is a child of the hub (R22 D.1)."""
    return DeviceType.END_DEVICE if Band.SUB_GHZ in bands else device_type


def hub_device(
    request: DeviceRequest,
    endpoints: tuple[EndpointDefinition, ...],
    readings: tuple[Reading, ...],
    applications: Callable[[Boot], Applications] = no_applications,
) -> SmartEnergyDevice:
    """A device that forms the network and is its trust centre."""
    description = DeviceDescription(
        name=request.name,
        kind=request.kind,
        eui64=request.eui64,
        device_type=DeviceType.COORDINATOR,
        bands=request.bands,
        endpoints=_with_sub_ghz(endpoints, Side.SERVER, request.bands),
        credentials=request.credentials,
        readings=readings,
        applications=applications,
    )

    def assemble(boot: Boot) -> HubAssembly:
        return HubAssembly(boot, request.settings)

    return SmartEnergyDevice(description, request.surroundings, assemble)
