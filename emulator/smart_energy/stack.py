"""The layers that every Smart Energy node has, wired by nothing but their primitives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self, get_args

from emulator.kernel.identity import Eui64
from emulator.kernel.machine import Machine
from emulator.radio.bands import SUB_GHZ_CHANNELS, Band
from emulator.smart_energy.device import Boot, DeviceDescription, KnownKey
from emulator.smart_energy.primitives import PartnerLinked
from emulator.smart_energy.stack_settings import StackSettings
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zcl.machine import ZclMachine
from emulator.zcl.primitives import ZclIndication
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import NO_EUI64, NwkAddress
from emulator.zigbee.aps.machine import ApsMachine
from emulator.zigbee.aps.primitives import ApsIndication, ApsmeSetLinkKeyRequest, KeyOrigin
from emulator.zigbee.mac.interfaces import SECOND, MacInterfaces
from emulator.zigbee.mac.machine import MacMachine
from emulator.zigbee.mac.pib import AT_2_4_GHZ
from emulator.zigbee.nwk.machine import NwkMachine
from emulator.zigbee.nwk.primitives import DeviceType, NlmeSetKeyRequest, NwkIndication
from emulator.zigbee.zdo.descriptors import EndpointDescription, NodeDescription
from emulator.zigbee.zdo.machine import ZdoMachine
from emulator.zigbee.zdo.network_view import NetworkView
from emulator.zigbee.zdo.primitives import DeviceAnnounceIndication, ZdoTables, ZdpConfirm

UNHEARD: Final = (
    *get_args(NwkIndication),
    *get_args(ApsIndication),
    *get_args(ZclIndication),
    DeviceAnnounceIndication,
    ZdpConfirm,
    PartnerLinked,
)
"""What layers tell whether or not this node has an application that listens."""

_FIRST_CHANNELS: Final = {Band.GHZ_2_4: AT_2_4_GHZ, Band.SUB_GHZ: SUB_GHZ_CHANNELS[0]}
"""Where a radio listens before it is told."""


@dataclass(frozen=True, slots=True)
class Stack:
    """MAC to ZCL of one boot of one node."""

    addresses: AddressMap
    mac: MacMachine | MacInterfaces
    nwk: NwkMachine
    aps: ApsMachine
    zdo: ZdoMachine
    zcl: ZclMachine

    @classmethod
    def build(cls, boot: Boot, settings: StackSettings) -> Self:
        """The layers of `boot`."""
        about = boot.description
        addresses = AddressMap()
        aps = ApsMachine(about.eui64, settings.aps, addresses, boot.handles, boot.stream("aps"))
        nwk = NwkMachine(
            eui64=about.eui64,
            device_type=about.device_type,
            settings=settings.nwk,
            stream=boot.stream("nwk"),
            address_map=addresses,
            handles=boot.handles,
        )
        return cls(
            addresses=addresses,
            mac=_mac(boot, settings),
            nwk=nwk,
            aps=aps,
            zdo=ZdoMachine(
                about.eui64,
                _node_description(about),
                settings.zdo,
                ZdoTables(addresses, aps.bindings, NetworkView(nwk.state)),
                boot.handles,
            ),
            zcl=ZclMachine(
                about.endpoints,
                settings.zcl,
                boot.handles,
                boot.stream("zcl"),
                boot.surroundings.calendar,
            ),
        )

    @property
    def machines(self) -> Sequence[Machine]:
        """From the radio up."""
        return (self.mac, self.nwk, self.aps, self.zdo, self.zcl)

    @property
    def keys(self) -> Sequence[KnownKey]:
        """Network keys, then link keys, as the requests that would install them."""
        network = (NlmeSetKeyRequest(key.key, key.sequence) for key in self.nwk.state.keys)
        link = (ApsmeSetLinkKeyRequest(pair.eui64, pair.key, pair.origin) for pair in self.aps.keys)
        return (*network, *link)

    @property
    def nwk_address(self) -> NwkAddress | None:
        """Our short address while we have one."""
        nib = self.nwk.state.nib
        return nib.nwk_address if nib.joined else None

    @property
    def parent(self) -> Eui64 | None:
        """The device through which we are on the network."""
        parent = self.nwk.state.neighbours.parent
        return None if parent is None else parent.eui64

    def link_key_origin(self, trust_centre: Eui64 | None) -> KeyOrigin | None:
        """Where the link key shared with the trust centre comes from."""
        for eui64 in (trust_centre, NO_EUI64):
            pair = None if eui64 is None else self.aps.keys.get(eui64)
            if pair is not None:
                return pair.origin
        return None


def _mac(boot: Boot, settings: StackSettings) -> MacMachine | MacInterfaces:
    """One MAC, or both of a dual-band hub below one NWK layer."""
    eui64 = boot.description.eui64
    first, *others = boot.description.bands
    mac = MacMachine(eui64, settings.mac, boot.stream("mac"), channel=_FIRST_CHANNELS[first])
    if not others:
        return mac
    channel = _FIRST_CHANNELS[others[0]]
    stream = boot.stream("mac below 1 GHz")
    return MacInterfaces(
        mac, MacMachine(eui64, settings.mac, stream, channel=channel, interface=SECOND)
    )


def _node_description(about: DeviceDescription) -> NodeDescription:
    endpoints = tuple(_described(definition) for definition in about.endpoints)
    return NodeDescription(
        about.device_type,
        about.capability,
        endpoints,
        trust_centre=about.device_type is DeviceType.COORDINATOR,
    )


def _described(definition: EndpointDefinition) -> EndpointDescription:
    return EndpointDescription(
        definition.endpoint,
        definition.profile,
        definition.device_id,
        definition.device_version,
        definition.servers,
        definition.clients,
        active=not definition.hidden,
    )
