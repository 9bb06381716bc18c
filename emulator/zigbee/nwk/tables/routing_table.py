"""Which neighbour leads to whom (nwkRouteTable, R22 3.6.3.2), learned from what was heard."""

from collections.abc import Iterator

from emulator.zigbee.addresses import NwkAddress


class RoutingTable:
    """One next hop for each destination that is no neighbour."""

    def __init__(self) -> None:
        self._next_hops: dict[NwkAddress, NwkAddress] = {}

    def __len__(self) -> int:
        return len(self._next_hops)

    def __iter__(self) -> Iterator[tuple[NwkAddress, NwkAddress]]:
        """Each destination with its next hop."""
        return iter(tuple(self._next_hops.items()))

    def next_hop(self, destination: NwkAddress) -> NwkAddress | None:
        """The neighbour that leads to `destination`, if known."""
        return self._next_hops.get(destination)

    def learn(self, destination: NwkAddress, next_hop: NwkAddress) -> bool:
        """`next_hop` leads to `destination` now; whether that is news."""
        if self._next_hops.get(destination) == next_hop:
            return False
        self._next_hops[destination] = next_hop
        return True

    def forget(self, destination: NwkAddress) -> None:
        """No way to `destination` is known."""
        self._next_hops.pop(destination, None)

    def forget_through(self, next_hop: NwkAddress) -> tuple[NwkAddress, ...]:
        """`next_hop` leads nowhere any more; the destinations that lost their way."""
        lost = tuple(end for end, hop in self._next_hops.items() if hop == next_hop)
        for destination in lost:
            del self._next_hops[destination]
        return lost

    def clear(self) -> None:
        """No way is known."""
        self._next_hops.clear()

    def snapshot(self) -> list[list[int]]:
        """The table as JSON knows it: destination and next hop."""
        return [[end, hop] for end, hop in self._next_hops.items()]

    def restore(self, state: list[list[int]]) -> None:
        """Take back what `snapshot` gave."""
        self._next_hops = {NwkAddress(end): NwkAddress(hop) for end, hop in state}
