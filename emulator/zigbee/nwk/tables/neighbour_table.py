"""Who is in radio reach, and what it is to us (nwkNeighborTable, R22 3.6.1.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.nwk.primitives import DeviceType


class Relation(Enum):
    """What a neighbour is to us (R22 3.6.1.5, Relationship)."""

    PARENT = 0
    CHILD = 1
    SIBLING = 2
    UNAUTHENTICATED_CHILD = 5


CHILDREN = (Relation.CHILD, Relation.UNAUTHENTICATED_CHILD)


@dataclass(slots=True)
class Neighbour:
    """One row: a device in radio reach.

    Args:
        outgoing_cost: what the link costs by the neighbour's own measure; 0 while it has not said.
        age: link status periods since its last link status.
        timeout: enumeration of how long it may be silent, for an end device child.
        keep_alive_heard: whether an end device child polled since we started.
        interface: on which it was last heard (nwkMacInterfaceTable).
        rssi: dBm at which it was last heard; 0 before.
        broken: whether a router took none of our frames, since it last said that it hears us.
    """

    address: NwkAddress
    eui64: Eui64 | None
    device_type: DeviceType
    relation: Relation
    rx_on_when_idle: bool = True
    lqi: int = 0
    outgoing_cost: int = 0
    age: int = 0
    timeout: int = 8
    keep_alive_heard: bool = False
    interface: int = 0
    rssi: int = 0
    broken: bool = False

    @property
    def routes(self) -> bool:
        """Whether it is a router or the coordinator."""
        return self.device_type is not DeviceType.END_DEVICE

    @property
    def sleeps(self) -> bool:
        """Whether frames for it must wait until it polls."""
        return not self.rx_on_when_idle

    @property
    def is_child(self) -> bool:
        """Whether it is our child, authenticated or not."""
        return self.relation in CHILDREN


class NeighbourTable:
    """Neighbours by short address; no EUI-64 stands in two rows."""

    def __init__(self) -> None:
        self._rows: dict[NwkAddress, Neighbour] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Neighbour]:
        return iter(tuple(self._rows.values()))

    def get(self, address: NwkAddress) -> Neighbour | None:
        """The neighbour with a short address."""
        return self._rows.get(address)

    def find(self, eui64: Eui64) -> Neighbour | None:
        """The neighbour with an EUI-64."""
        return next((row for row in self._rows.values() if row.eui64 == eui64), None)

    def put(self, neighbour: Neighbour) -> None:
        """Add or replace a row; a row with the same EUI-64 at another address goes."""
        if neighbour.eui64 is not None:
            former = self.find(neighbour.eui64)
            if former is not None:
                del self._rows[former.address]
        self._rows[neighbour.address] = neighbour

    def remove(self, address: NwkAddress) -> Neighbour | None:
        """Take a row out, if it is there."""
        return self._rows.pop(address, None)

    def clear(self) -> None:
        """Forget everybody."""
        self._rows.clear()

    @property
    def parent(self) -> Neighbour | None:
        """The device through which we joined."""
        for row in self._rows.values():
            if row.relation is Relation.PARENT:
                return row
        return None

    @property
    def children(self) -> tuple[Neighbour, ...]:
        """Our children, authenticated or not, in the order in which they came."""
        return tuple(row for row in self._rows.values() if row.is_child)

    @property
    def sleepers(self) -> tuple[Neighbour, ...]:
        """Authenticated children that hear nothing unless they polled."""
        return tuple(
            row for row in self._rows.values() if row.relation is Relation.CHILD and row.sleeps
        )

    def relayers(self) -> frozenset[NwkAddress]:
        """Routers in reach that told us so lately: they are expected to relay broadcasts.

        Whoever has just let us in is in reach before its first link status says so.
        """
        return frozenset(
            row.address
            for row in self._rows.values()
            if row.outgoing_cost or (row.relation is Relation.PARENT and not row.age)
        )

    def snapshot(self) -> list[dict[str, Any]]:
        """The table as JSON knows it."""
        return [
            {
                "address": row.address,
                "eui64": None if row.eui64 is None else f"{row.eui64:016x}",
                "device_type": row.device_type.name,
                "relation": row.relation.name,
                "rx_on_when_idle": row.rx_on_when_idle,
                "timeout": row.timeout,
            }
            for row in self._rows.values()
        ]

    def restore(self, state: list[Mapping[str, Any]]) -> None:
        """Take back what `snapshot` gave; link quality and ages start anew."""
        self.clear()
        for row in state:
            eui64 = row["eui64"]
            self.put(
                Neighbour(
                    address=NwkAddress(row["address"]),
                    eui64=None if eui64 is None else Eui64(int(eui64, 16)),
                    device_type=DeviceType[row["device_type"]],
                    relation=Relation[row["relation"]],
                    rx_on_when_idle=row["rx_on_when_idle"],
                    timeout=row["timeout"],
                )
            )
