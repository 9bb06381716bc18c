"""What ZDO and the applications above say to each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from emulator.kernel.identity import Eui64
from emulator.zigbee.address_map import AddressLookup
from emulator.zigbee.addresses import Endpoint, NwkAddress
from emulator.zigbee.aps.binding_table import BindingTable
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.zdo.frames import ZdpCommand, ZdpResponse, ZdpStatus
from emulator.zigbee.zdo.management_frames import (
    MgmtNwkUpdateNotify,
    NeighbourRecord,
    RouteRecord,
)


@dataclass(frozen=True, slots=True)
class ZdpRequest:
    """Above -> ZDO: send `command` and wait for what comes of it."""

    handle: int
    destination: NwkAddress
    command: ZdpCommand


@dataclass(frozen=True, slots=True)
class ZdpConfirm:
    """ZDO -> above: the response and its status; TIMEOUT where nobody answered.

    `response` is None without an answer, or where a refusal carried its status only. What nobody
    answers (announcements, broadcasts without response) is confirmed once it is sent.
    """

    handle: int
    status: ZdpStatus
    response: ZdpResponse | None = None
    source: NwkAddress | None = None


@dataclass(frozen=True, slots=True)
class ZdoAnnounceRequest:
    """Above -> ZDO: broadcast Device_annce for ourselves (R22 2.4.3.1.11)."""


@dataclass(frozen=True, slots=True)
class ActivateEndpointRequest:
    """Above -> ZDO and applications: an endpoint of ours is there from now on, or no longer.

    One that is not active is in no list and takes nothing (R22 2.3.2.5, 2.4.4.2.6).
    """

    endpoint: Endpoint
    active: bool = True


@dataclass(frozen=True, slots=True)
class DeviceAnnounceIndication:
    """ZDO -> above: a device announced itself."""

    eui64: Eui64
    nwk_address: NwkAddress
    capability: CapabilityInformation
    source: NwkAddress


@dataclass(frozen=True, slots=True)
class ZdoNotifyRequest:
    """Above -> ZDO: send a response that nobody asked for, as an update notification is."""

    destination: NwkAddress
    response: ZdpResponse


@dataclass(frozen=True, slots=True)
class NetworkUpdateNotified:
    """ZDO -> above: a device tells how its transmissions fare, without having been asked."""

    source: NwkAddress
    notification: MgmtNwkUpdateNotify


class NetworkTables(Protocol):
    """What the network management requests read from NWK."""

    def neighbours(self) -> Sequence[NeighbourRecord]:
        """Every neighbour, in a fixed order."""
        ...

    def routes(self) -> Sequence[RouteRecord]:
        """Every route, in a fixed order."""
        ...


@dataclass(frozen=True, slots=True)
class ZdoTables:
    """The tables of the node that ZDO reads and edits.

    Args:
        address_map: who has which short address.
        bindings: the APS layer's.
        network: NWK's neighbours and routes; without them Mgmt_Lqi and Mgmt_Rtg are not supported.
    """

    address_map: AddressLookup
    bindings: BindingTable
    network: NetworkTables | None = None
