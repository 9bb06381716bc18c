"""What the duties of one NWK layer share: its information bases and what they send."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.trace import Fact
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.mac.primitives import MacRequest, MlmeSetRequest
from emulator.zigbee.nwk.frames import PROTOCOL_VERSION, ZIGBEE_PRO, BeaconPayload
from emulator.zigbee.nwk.primitives import DeviceType, NwkIndication
from emulator.zigbee.nwk.settings import NwkSettings
from emulator.zigbee.nwk.tables.broadcast_table import BroadcastTable
from emulator.zigbee.nwk.tables.candidates import Candidates
from emulator.zigbee.nwk.tables.key_store import KeyStore
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, NeighbourTable
from emulator.zigbee.nwk.tables.nib import Nib
from emulator.zigbee.nwk.tables.routing_table import RoutingTable
from emulator.zigbee.nwk.timers import Timers

Effect = NwkIndication | MacRequest | Fact
Effects = list[Effect]


@dataclass(frozen=True, slots=True)
class NwkState:
    """The tables of one node's NWK layer and what it draws from."""

    nib: Nib
    settings: NwkSettings
    stream: Stream
    address_map: AddressMap
    handles: Iterator[int]
    broadcasts: BroadcastTable
    neighbours: NeighbourTable = field(default_factory=NeighbourTable)
    routes: RoutingTable = field(default_factory=RoutingTable)
    keys: KeyStore = field(default_factory=KeyStore)
    candidates: Candidates = field(default_factory=Candidates)
    timers: Timers = field(default_factory=Timers)

    def learn_address(self, eui64: Eui64, address: NwkAddress) -> None:
        """Keep where a device is, unless that is known already."""
        if address < 0xFFF8 and self.address_map.address_of(eui64) != address:
            self.address_map.learn(eui64, address)

    def eui64_of(self, address: NwkAddress) -> Eui64 | None:
        """Who has an address, by the address map."""
        return self.address_map.eui64_of(address)

    def free_address(self) -> NwkAddress:
        """An address nobody we know of has, drawn from the stream (R22 3.6.1.7)."""
        while True:
            address = NwkAddress(self.stream.integer(1, 0xFFF7))
            if (
                address != self.nib.nwk_address
                and self.neighbours.get(address) is None
                and self.eui64_of(address) is None
            ):
                return address

    def capacity(self) -> bool:
        """Whether one more child may come."""
        return (
            not self.nib.is_end_device
            and len(self.neighbours.children) < self.settings.max_children
            and self.nib.depth < self.settings.max_depth
        )

    def beacon(self) -> MlmeSetRequest:
        """What our beacons show from now on (R22 3.6.7)."""
        nib = self.nib
        capacity = self.capacity()
        payload = BeaconPayload(
            protocol_id=0,
            stack_profile=ZIGBEE_PRO,
            protocol_version=PROTOCOL_VERSION,
            reserved=0,
            router_capacity=capacity,
            depth=min(nib.depth, 15),
            end_device_capacity=capacity,
            extended_pan_id=nib.extended_pan_id,
            update_id=nib.update_id,
        )
        return MlmeSetRequest(
            beacon_payload=payload.encode(), association_permit=nib.permit_joining
        )

    def bring_up(self) -> MlmeSetRequest:
        """The MAC's side of being on our network."""
        nib = self.nib
        return MlmeSetRequest(
            channel=nib.channel,
            pan_id=nib.pan_id,
            short_address=nib.nwk_address,
            rx_on_when_idle=nib.rx_on_when_idle,
            coordinator=nib.is_coordinator,
        )

    def tune(self) -> "list[MlmeSetRequest]":
        """Every interface on its channel."""
        return [MlmeSetRequest(channel=each) for each in self.nib.channels]

    def forget_device(self, address: NwkAddress) -> None:
        """Nobody is at `address` any more."""
        self.neighbours.remove(address)
        self.routes.forget(address)
        self.routes.forget_through(address)
        eui64 = self.eui64_of(address)
        if eui64 is not None:
            self.address_map.forget(eui64)

    def in_reach(self, neighbour: Neighbour) -> bool:
        """Whether a router was heard lately, and takes what we send.

        An end device counts as in reach of its parent.
        """
        if not neighbour.routes:
            return True
        return neighbour.age <= self.settings.router_age_limit and not neighbour.broken

    def next_hop(self, destination: NwkAddress, *, last_resort: bool = True) -> NwkAddress | None:
        """Whom to hand a frame for `destination` (R22 3.6.3.3).

        Args:
            destination: whom the frame is for.
            last_resort: whether a neighbour out of reach is better than nobody, because no route
                is looked for.
        """
        if self.nib.is_end_device:
            parent = self.neighbours.parent
            return None if parent is None else parent.address
        row = self.neighbours.get(destination)
        if row is not None and self.in_reach(row):
            return destination
        hop = self.routes.next_hop(destination)
        if hop is None and row is not None and last_resort:
            return destination
        return hop


def link_cost(lqi: int, steps: tuple[int, ...]) -> int:
    """The cost from 1 to 7 of a link heard with `lqi` (R22 3.6.3.1)."""
    return next((cost for cost, step in enumerate(steps, start=1) if lqi >= step), 7)


def device_type_of(address: NwkAddress, *, router: bool) -> DeviceType:
    """The logical type of a neighbour."""
    if address == 0:
        return DeviceType.COORDINATOR
    return DeviceType.ROUTER if router else DeviceType.END_DEVICE
