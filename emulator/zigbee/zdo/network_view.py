"""NWK's tables as the network management requests show them (R22 2.4.4.4.2, 2.4.4.4.3)."""

from collections.abc import Sequence
from typing import Final

from emulator.zigbee.addresses import COORDINATOR, NO_EUI64, ExtendedPanId
from emulator.zigbee.nwk.state import NwkState
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, Relation
from emulator.zigbee.zdo.management_frames import NeighbourRecord, Relationship, RouteRecord

RELATIONSHIPS: Final = {
    Relation.PARENT: Relationship.PARENT,
    Relation.CHILD: Relationship.CHILD,
    Relation.SIBLING: Relationship.SIBLING,
    Relation.UNAUTHENTICATED_CHILD: Relationship.NONE,
}
"""One that is not authenticated yet is nobody to anybody else (R22 Table 2-109)."""
PERMIT_UNKNOWN: Final = 2
"""Whether a neighbour admits joiners is not known (R22 Table 2-109)."""
MAX_DEPTH: Final = 0x0F
"""nwkMaxDepth: what stands for the depth of a neighbour that is not known (R22 3.5.2)."""
ACTIVE: Final = 0
"""Status of a route in use (R22 Table 3-67)."""


class NetworkView:
    """Neighbours and routes of one node, each time as they are."""

    def __init__(self, state: NwkState) -> None:
        self._state = state

    def neighbours(self) -> Sequence[NeighbourRecord]:
        """Every neighbour, in the order of the table."""
        network = self._state.nib.extended_pan_id
        return [_neighbour(row, network) for row in self._state.neighbours]

    def routes(self) -> Sequence[RouteRecord]:
        """Every route, in the order in which they were learned."""
        return [
            RouteRecord(
                destination,
                ACTIVE,
                memory_constrained=False,
                many_to_one=False,
                route_record_required=False,
                reserved=0,
                next_hop=next_hop,
            )
            for destination, next_hop in self._state.routes
        ]


def _neighbour(row: Neighbour, network: ExtendedPanId) -> NeighbourRecord:
    return NeighbourRecord(
        extended_pan_id=network,
        eui64=NO_EUI64 if row.eui64 is None else row.eui64,
        address=row.address,
        device_type=row.device_type.value,
        rx_on_when_idle=int(row.rx_on_when_idle),
        relationship=RELATIONSHIPS[row.relation],
        reserved=0,
        permit_joining=PERMIT_UNKNOWN,
        reserved_too=0,
        depth=0 if row.address == COORDINATOR else MAX_DEPTH,
        lqi=row.lqi,
    )
