"""A bridge put together: two ends in their places, and the line between them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from emulator.alt_han.bridge.backhaul import Backhaul
from emulator.alt_han.bridge.primitives import FromPeer, Search, ToPeer, octets_of
from emulator.alt_han.bridge.relay_end import RelayEnd
from emulator.alt_han.bridge.settings import BackhaulSettings, BridgeSettings, Transparency
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.node import Node
from emulator.radio.port import RadioAliases, RadioConfigure, RadioPending, RadioTransmit
from emulator.smart_energy.device import PoweredRadio, Surroundings
from emulator.zigbee.addresses import ExtendedPanId, PanId

WIRED = "wired end"
REMOTE = "remote end"
_COMMANDS = (RadioConfigure, RadioTransmit, RadioPending, RadioAliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeDescription:
    """What a bridge is.

    Args:
        name: as traces and reports call it.
        wired: EUI-64 of the end that is wired at the electricity meter (DCP 400 3.2).
        remote: EUI-64 of the end in the dwelling, or at a remote gas meter.
        transparency: relay or proxy; a router is a device of its own.
        backhaul: the line between the ends.
        settings: how the ends behave.
    """

    name: str
    wired: Eui64
    remote: Eui64
    transparency: Transparency = Transparency.RELAY
    backhaul: BackhaulSettings = field(default_factory=BackhaulSettings)
    settings: BridgeSettings = field(default_factory=BridgeSettings)


class Bridge:
    """A pair of ends that repeats the frames of one HAN.

    Args:
        description: what it is.
        surroundings: where it is.
        lines: what it shares with bridges of other HANs, by the end that sends; None for its own.

    Raises:
        UsageError: when it is described as a router.
    """

    def __init__(
        self,
        description: BridgeDescription,
        surroundings: Surroundings,
        lines: Mapping[str, Backhaul] | None = None,
    ) -> None:
        if description.transparency is Transparency.ROUTER:
            raise UsageError(f"{description.name}: a router joins the HAN as a device of its own")
        self.description = description
        self._surroundings = surroundings
        self._places = {end: f"{description.name} {end}" for end in (WIRED, REMOTE)}
        self._radios: dict[str, PoweredRadio] = {
            end: surroundings.radio(place) for end, place in self._places.items()
        }
        for radio in self._radios.values():
            radio.power(on=False)
        self.lines = lines or both_ways(description.name, surroundings, description.backhaul)
        self.ends: dict[str, RelayEnd] = {}
        self._nodes: dict[str, Node] = {}

    @property
    def wired_place(self) -> str:
        """The name under which links know the wired end."""
        return self._places[WIRED]

    @property
    def remote_place(self) -> str:
        """The name under which links know the remote end."""
        return self._places[REMOTE]

    @property
    def settled(self) -> bool:
        """Whether both ends are on the channel of their HAN."""
        return bool(self.ends) and all(end.settled for end in self.ends.values())

    @property
    def pan_id(self) -> PanId | None:
        """The PAN identifier under which both ends answer; None while they do not agree on one."""
        found = {end.pan_id for end in self.ends.values()}
        return found.pop() if len(found) == 1 else None

    def power_on(self, extended_pan_id: ExtendedPanId | None = None) -> None:
        """Give both ends power; the wired one looks for its HAN.

        Args:
            extended_pan_id: of the HAN; the first that has a beacon when None.
        """
        if self._nodes:
            return
        about = self.description
        for end, eui64 in ((WIRED, about.wired), (REMOTE, about.remote)):
            self.ends[end] = RelayEnd(eui64, about.transparency, about.settings)
            self._nodes[end] = self._node(end)
        for line in self.lines.values():
            line.start()
        self._nodes[WIRED].post(Search(extended_pan_id))

    def power_off(self) -> None:
        """Take the power of both ends; they keep nothing."""
        for end, node in self._nodes.items():
            node.stop()
            self._radios[end].power(on=False)
        self._nodes.clear()
        self.ends.clear()

    def cut(self, *, out: bool) -> None:
        """Take the line between the ends away, or give it back."""
        for line in self.lines.values():
            line.cut(out=out)

    def _node(self, end: str) -> Node:
        around = self._surroundings
        node = Node(self._places[end], [self.ends[end]], around.scheduler, around.trace)
        radio = self._radios[end]
        node.connect(_COMMANDS, radio.command)
        node.connect((ToPeer,), self._carrier(end))
        radio.connect(node.post)
        radio.power(on=True)
        return node

    def _carrier(self, end: str) -> Callable[[ToPeer], None]:
        other = REMOTE if end == WIRED else WIRED

        def carry(effect: ToPeer) -> None:
            message = effect.message
            self.lines[end].send(octets_of(message), lambda: self._arrive(other, FromPeer(message)))

        return carry

    def _arrive(self, end: str, event: FromPeer) -> None:
        node = self._nodes.get(end)
        if node is not None:
            node.post(event)


def both_ways(
    name: str, surroundings: Surroundings, settings: BackhaulSettings
) -> Mapping[str, Backhaul]:
    """A line each way, by the end that sends; one system for many dwellings shares them.

    Args:
        name: of the bridge, or of the system.
        surroundings: where it is.
        settings: of either line.
    """
    around = surroundings

    def line(end: str) -> Backhaul:
        return Backhaul(
            f"{name} {end} line", around.scheduler, around.streams, around.trace, settings
        )

    return {end: line(end) for end in (WIRED, REMOTE)}
