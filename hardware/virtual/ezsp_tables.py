"""The commands by which a host looks things up: addresses, children, neighbours, routes."""

from typing import Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.stack import Stack
from emulator.zigbee.addresses import NO_EUI64, NwkAddress
from emulator.zigbee.nwk.primitives import NlmeSetAddressMapRequest
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour
from hardware.ezsp.formats import (
    ChildData,
    Eui,
    EuiAndFlag,
    IndexAndNode,
    IndexedMulticast,
    MulticastEntry,
    NeighbourAnswer,
    Octet,
    OctetAndEui,
    ParentChildAnswer,
    ReplaceAddress,
    RouteAnswer,
    SourceRoute,
    Word,
)
from hardware.ezsp.frames import Nothing
from hardware.ezsp.identifiers import Command, EmberStatus, NodeType
from hardware.virtual.ezsp_part import NcpSession, Reply, Servers

ADDRESS_TABLE_SIZE: Final = 0x05
MULTICAST_TABLE_SIZE: Final = 0x06
"""EzspConfigId."""
_NOBODY: Final = 0xFFFF
_UNUSED: Final = 3
_UNKNOWN_COST: Final = 0
_NO_ENTRY: Final = (NO_EUI64, _NOBODY, 0)


class NcpTables:
    """What the layers know, as a host asks for it, and the tables that only hosts use.

    Args:
        stack: of this boot.
        session: how long the tables are.
    """

    def __init__(self, stack: Stack, session: NcpSession) -> None:
        self._stack = stack
        self._session = session
        self._groups: dict[int, MulticastEntry] = {}
        self._addresses: dict[int, tuple[Eui64, int, int]] = {}
        self._patient: set[int] = set()

    @property
    def servers(self) -> Servers:
        """The commands."""
        return {
            Command.LOOKUP_NODE_ID_BY_EUI64: (Eui, self._address_of),
            Command.LOOKUP_EUI64_BY_NODE_ID: (Word, self._eui64_of),
            Command.GET_CHILD_DATA: (Octet, self._child),
            Command.GET_PARENT_CHILD_PARAMETERS: (Nothing, self._children),
            Command.GET_NEIGHBOR: (Octet, self._neighbour),
            Command.NEIGHBOR_COUNT: (Nothing, self._neighbours),
            Command.GET_ROUTE_TABLE_ENTRY: (Octet, self._route),
            Command.GET_MULTICAST_TABLE_ENTRY: (Octet, self._group),
            Command.SET_MULTICAST_TABLE_ENTRY: (IndexedMulticast, self._set_group),
            Command.GET_ADDRESS_TABLE_REMOTE_EUI64: (Octet, self._kept_eui64),
            Command.GET_ADDRESS_TABLE_REMOTE_NODE_ID: (Octet, self._kept_address),
            Command.SET_ADDRESS_TABLE_REMOTE_EUI64: (OctetAndEui, self._keep_eui64),
            Command.SET_ADDRESS_TABLE_REMOTE_NODE_ID: (IndexAndNode, self._keep_address),
            Command.REPLACE_ADDRESS_TABLE_ENTRY: (ReplaceAddress, self._replace),
            Command.GET_EXTENDED_TIMEOUT: (Eui, self._is_patient),
            Command.SET_EXTENDED_TIMEOUT: (EuiAndFlag, self._be_patient),
            Command.SET_SOURCE_ROUTE: (SourceRoute, _agreed),
        }

    # What the layers know

    def _address_of(self, request: Eui, _now: Instant) -> Reply:
        nib = self._stack.nwk.state.nib
        if request.eui64 == nib.eui64:
            return Reply(Word(nib.nwk_address))
        found = self._stack.addresses.address_of(Eui64(request.eui64))
        return Reply(Word(_NOBODY if found is None else found))

    def _eui64_of(self, request: Word, _now: Instant) -> Reply:
        nib = self._stack.nwk.state.nib
        if nib.joined and request.value == nib.nwk_address:
            return Reply(OctetAndEui(EmberStatus.SUCCESS, nib.eui64))
        found = self._stack.addresses.eui64_of(NwkAddress(request.value))
        if found is None:
            return Reply(OctetAndEui(EmberStatus.ERR_FATAL, NO_EUI64))
        return Reply(OctetAndEui(EmberStatus.SUCCESS, found))

    def _child(self, request: Octet, _now: Instant) -> Reply:
        children = tuple(self._stack.nwk.state.neighbours.children)
        if request.value >= len(children):
            return Reply(ChildData(EmberStatus.NOT_JOINED, NO_EUI64, 0, _NOBODY, 0, 0, 0, 0))
        child = children[request.value]
        known = NO_EUI64 if child.eui64 is None else child.eui64
        kind = _kind(child)
        return Reply(
            ChildData(EmberStatus.SUCCESS, known, kind, child.address, 0, 0, child.timeout, 0)
        )

    def _children(self, _request: Nothing, _now: Instant) -> Reply:
        count = len(tuple(self._stack.nwk.state.neighbours.children))
        return Reply(ParentChildAnswer(min(count, 0xFF), NO_EUI64, _NOBODY))

    def _neighbour(self, request: Octet, _now: Instant) -> Reply:
        routers = self._routers()
        if request.value >= len(routers):
            return Reply(NeighbourAnswer(EmberStatus.ERR_FATAL, _NOBODY, 0, 0, 0, 0, NO_EUI64))
        row = routers[request.value]
        known = NO_EUI64 if row.eui64 is None else row.eui64
        age = min(row.age, 0xFF)
        return Reply(
            NeighbourAnswer(
                EmberStatus.SUCCESS,
                row.address,
                row.lqi,
                _UNKNOWN_COST,
                row.outgoing_cost,
                age,
                known,
            )
        )

    def _neighbours(self, _request: Nothing, _now: Instant) -> Reply:
        return Reply(Octet(min(len(self._routers()), 0xFF)))

    def _routers(self) -> list[Neighbour]:
        return [each for each in self._stack.nwk.state.neighbours if each.routes]

    def _route(self, request: Octet, _now: Instant) -> Reply:
        routes = tuple(self._stack.nwk.state.routes)
        if request.value >= len(routes):
            unused = RouteAnswer(EmberStatus.SUCCESS, _NOBODY, _NOBODY, _UNUSED, 0, 0, 0)
            return Reply(unused)
        destination, hop = routes[request.value]
        return Reply(RouteAnswer(EmberStatus.SUCCESS, destination, hop, 0, 0, 0, 0))

    # What only hosts keep

    def _group(self, request: Octet, _now: Instant) -> Reply:
        entry = self._groups.get(request.value, MulticastEntry(0, 0, 0))
        there = request.value < self._session.configuration.get(MULTICAST_TABLE_SIZE, 0)
        status = EmberStatus.SUCCESS if there else EmberStatus.INDEX_OUT_OF_RANGE
        return Reply(IndexedMulticast(status, entry))

    def _set_group(self, request: IndexedMulticast, _now: Instant) -> Reply:
        if request.first >= self._session.configuration.get(MULTICAST_TABLE_SIZE, 0):
            return Reply(Octet(EmberStatus.INDEX_OUT_OF_RANGE))
        self._groups[request.first] = request.entry
        return Reply(Octet(EmberStatus.SUCCESS))

    def _kept(self, index: int) -> tuple[Eui64, int, int]:
        return self._addresses.get(index, _NO_ENTRY)

    def _kept_eui64(self, request: Octet, _now: Instant) -> Reply:
        return Reply(Eui(self._kept(request.value)[0]))

    def _kept_address(self, request: Octet, _now: Instant) -> Reply:
        return Reply(Word(self._kept(request.value)[1]))

    def _keep_eui64(self, request: OctetAndEui, _now: Instant) -> Reply:
        if not self._has(request.first):
            return Reply(Octet(EmberStatus.INDEX_OUT_OF_RANGE))
        self._addresses[request.first] = request.eui64, _NOBODY, 0
        return Reply(Octet(EmberStatus.SUCCESS))

    def _keep_address(self, request: IndexAndNode, _now: Instant) -> Reply:
        eui64, _, timeout = self._kept(request.index)
        if self._has(request.index):
            self._addresses[request.index] = eui64, request.node_id, timeout
        return Reply(Nothing(), _learned(eui64, request.node_id))

    def _replace(self, request: ReplaceAddress, _now: Instant) -> Reply:
        former = self._kept(request.first)
        if not self._has(request.first):
            return Reply(ReplaceAddress(EmberStatus.INDEX_OUT_OF_RANGE, *former))
        self._addresses[request.first] = (
            request.eui64,
            request.node_id,
            request.extended_timeout,
        )
        if request.extended_timeout:
            self._patient.add(request.eui64)
        return Reply(
            ReplaceAddress(EmberStatus.SUCCESS, *former),
            _learned(request.eui64, request.node_id),
        )

    def _has(self, index: int) -> bool:
        return index < self._session.configuration.get(ADDRESS_TABLE_SIZE, 0)

    def _is_patient(self, request: Eui, _now: Instant) -> Reply:
        return Reply(Octet(request.eui64 in self._patient))

    def _be_patient(self, request: EuiAndFlag, _now: Instant) -> Reply:
        if request.flag:
            self._patient.add(request.eui64)
        else:
            self._patient.discard(request.eui64)
        return Reply(Nothing())


def _learned(eui64: int, address: int) -> tuple[NlmeSetAddressMapRequest, ...]:
    """What the host knows of an address, for the layers to know too."""
    if eui64 in (0, NO_EUI64) or address >= 0xFFF8:
        return ()
    return (NlmeSetAddressMapRequest(Eui64(eui64), NwkAddress(address)),)


def _kind(row: Neighbour) -> NodeType:
    if row.routes:
        return NodeType.ROUTER
    return NodeType.END_DEVICE if row.rx_on_when_idle else NodeType.SLEEPY_END_DEVICE


def _agreed(_request: SourceRoute, _now: Instant) -> Reply:
    """The network layer keeps the ways it is told by route records itself (R22 3.6.3.5)."""
    return Reply(Octet(EmberStatus.SUCCESS))
