"""Many-to-one routing: route records to a concentrator, and source routes from it (R22 3.6.3.5).

Who heard a concentrator's request tells it the way once, by a route record before the next frame;
the concentrator sends the way back along.
"""

from collections.abc import Sequence
from dataclasses import replace

from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.nwk.frames import NwkHeader, SourceRoute


class Concentrators:
    """The concentrators that a router knows, and the ways that a concentrator does.

    Args:
        longest: relays of the longest source route (nwkMaxSourceRoute).
    """

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._to_tell: set[NwkAddress] = set()
        self._known: set[NwkAddress] = set()
        self._ways: dict[NwkAddress, tuple[NwkAddress, ...]] = {}

    def clear(self) -> None:
        """Forget them all."""
        self._to_tell.clear()
        self._known.clear()
        self._ways.clear()

    def heard(self, concentrator: NwkAddress) -> None:
        """A concentrator made itself known: it is told the way with the next frame."""
        self._known.add(concentrator)
        self._to_tell.add(concentrator)

    def wants_record(self, concentrator: NwkAddress) -> bool:
        """Whether a route record goes before the next frame; it is asked for once."""
        if concentrator not in self._to_tell:
            return False
        self._to_tell.discard(concentrator)
        return True

    def lost_way(self, concentrator: NwkAddress) -> None:
        """A concentrator no longer knows the way to us: it is told again."""
        if concentrator in self._known:
            self._to_tell.add(concentrator)

    def keep(self, device: NwkAddress, relays: Sequence[int]) -> None:
        """The way to a device, as its route record tells; the relay next to the device first."""
        if len(relays) <= self._longest:
            self._ways[device] = tuple(map(NwkAddress, relays))

    def forget(self, device: NwkAddress) -> None:
        """The way to a device is no longer good."""
        self._ways.pop(device, None)

    def way(self, device: NwkAddress) -> tuple[NwkAddress, ...]:
        """The relays to a device, that next to it first; empty without any."""
        return self._ways.get(device, ())

    def along(self, header: NwkHeader) -> tuple[NwkHeader, NwkAddress] | None:
        """A header with the way it goes and its first relay; None where no way is kept."""
        relays = self.way(header.destination)
        if not relays:
            return None
        index = len(relays) - 1
        route = SourceRoute(len(relays), index, relays)
        return replace(header, has_source_route=True, source_route=route), relays[index]
