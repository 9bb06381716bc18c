"""APS layers joined without a NWK layer: frames cross a link that a test may lose or reorder.

Each station is a real node on one scheduler. What its machines say to a NWK layer that is not
there, and to layers above that are not there, is kept in `heard`.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, TypeVar

from emulator.kernel.identity import Eui64
from emulator.kernel.machine import Machine
from emulator.kernel.node import Node
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Stream
from emulator.kernel.trace import AnyFact, Trace
from emulator.kernel.units import Duration, Instant, later, milliseconds
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import NwkAddress, is_broadcast
from emulator.zigbee.aps.machine import ApsMachine
from emulator.zigbee.aps.primitives import ApsdeDataConfirm, ApsdeDataIndication, ApsIndication
from emulator.zigbee.aps.settings import ApsSettings
from emulator.zigbee.nwk.primitives import (
    NldeDataConfirm,
    NldeDataIndication,
    NldeDataRequest,
    NlmeLeaveRequest,
    NlmePermitJoiningRequest,
    NlmeSetAddressMapRequest,
    NwkStatus,
)

Above = TypeVar("Above")

Link = Callable[[NldeDataRequest], Sequence[Duration]]
"""After which delays a frame arrives: none when it is lost, several when it is doubled."""

HOP = milliseconds(5)

OUTWARD: tuple[type, ...] = (
    NldeDataRequest,
    NlmeSetAddressMapRequest,
    NlmeLeaveRequest,
    NlmePermitJoiningRequest,
    *ApsIndication.__args__,
)


def sure(_request: NldeDataRequest) -> Sequence[Duration]:
    """Every frame arrives once, a hop later."""
    return (HOP,)


class Station:
    """One node, and what it said outward."""

    def __init__(self, bench: "ApsLink", name: str, eui64: Eui64, address: NwkAddress) -> None:
        self.eui64 = eui64
        self.address = address
        self.address_map = AddressMap()
        self.handles: Iterator[int] = count(1)
        self.heard: list[Any] = []
        self._bench = bench
        self._name = name
        self.aps = ApsMachine(
            eui64, bench.settings, self.address_map, self.handles, Stream(f"aps {name}")
        )
        self._node = Node(name, (self.aps,), bench.scheduler, bench.trace)
        self._listen(OUTWARD)

    def host(self, *machines: Machine, outward: Sequence[type] = ()) -> None:
        """Put machines above the APS layer; effects of the types `outward` are kept too."""
        everything = (self.aps, *machines)
        self._node = Node(self._name, everything, self._bench.scheduler, self._bench.trace)
        self._listen((*OUTWARD, *outward))

    def post(self, *events: object) -> None:
        """Give primitives to the node."""
        for event in events:
            self._node.post(event)

    def all(self, kind: type[Above]) -> list[Above]:
        """Everything of one type that was heard."""
        return [each for each in self.heard if isinstance(each, kind)]

    @property
    def asdus(self) -> list[bytes]:
        """What was delivered, in order."""
        return [each.asdu for each in self.all(ApsdeDataIndication)]

    @property
    def statuses(self) -> list[str]:
        """How what we sent ended, in order."""
        return [each.status.name for each in self.all(ApsdeDataConfirm)]

    def _listen(self, kinds: Sequence[type]) -> None:
        self._node.connect(kinds, self._hear)

    def _hear(self, effect: Any) -> None:
        if isinstance(effect, NldeDataRequest):
            self._bench.carry(self, effect)
        elif isinstance(effect, NlmeSetAddressMapRequest):
            self.address_map.learn(effect.eui64, effect.nwk_address)
        self.heard.append(effect)


class ApsLink:
    """Stations in reach of each other.

    Args:
        settings: of every APS layer.
        link: what becomes of each frame.
    """

    def __init__(self, settings: ApsSettings | None = None, link: Link = sure) -> None:
        self.settings = settings or ApsSettings()
        self.link = link
        self.scheduler = Scheduler()
        self.trace = Trace()
        self.stations: list[Station] = []
        self.carried: list[NldeDataRequest] = []

    def station(self, name: str, eui64: Eui64, address: NwkAddress) -> Station:
        """A new station; it and those before know each other's addresses."""
        added = Station(self, name, eui64, address)
        for other in self.stations:
            other.address_map.learn(eui64, address)
            added.address_map.learn(other.eui64, other.address)
        self.stations.append(added)
        return added

    def run(self, duration: Duration) -> None:
        """Let time pass."""
        self.scheduler.run(later(self.scheduler.now, duration))

    def facts(self, kind: type[AnyFact]) -> list[AnyFact]:
        """Every fact of one kind."""
        return [fact for _, fact in self.trace.of(kind)]

    def carry(self, source: Station, request: NldeDataRequest) -> None:
        """Take a frame from a station to where it is addressed."""
        self.carried.append(request)
        confirm = NldeDataConfirm(request.handle, NwkStatus.SUCCESS)
        self.scheduler.after(milliseconds(1), lambda: source.post(confirm))
        for delay in self.link(request):
            self.scheduler.after(delay, lambda: self.deliver(source.address, request))

    def deliver(self, source: NwkAddress, request: NldeDataRequest) -> None:
        """Hand a frame to whom it is addressed, now."""
        for station in self.stations:
            wanted = is_broadcast(request.destination) or request.destination == station.address
            if wanted and station.address != source:
                station.post(
                    NldeDataIndication(
                        source,
                        None,
                        request.destination,
                        request.nsdu,
                        request.security,
                        lqi=255,
                        rssi=-40,
                    )
                )

    @property
    def now(self) -> Instant:
        """Virtual time."""
        return self.scheduler.now
