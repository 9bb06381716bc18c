"""NWK machines joined by a MAC that is only as real as the primitives promise.

No CSMA, no collisions, no frames: a data request arrives a few milliseconds later at whoever is in
reach and listens, an association takes what it takes on the air, a poll fetches what is held.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final, TypeVar, get_args

from emulator.kernel.identity import Eui64
from emulator.kernel.node import Node
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Fact, Trace
from emulator.kernel.units import Duration, Instant, later, milliseconds, seconds
from emulator.radio.port import Channel
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import NO_PAN, ExtendedPanId, NwkAddress
from emulator.zigbee.mac.primitives import (
    CapabilityInformation,
    MacIndication,
    MacRequest,
    MacStatus,
    McpsDataConfirm,
    McpsDataIndication,
    McpsDataRequest,
    McpsPurgeRequest,
    MlmeAssociateConfirm,
    MlmeAssociateIndication,
    MlmeAssociateRequest,
    MlmeAssociateResponse,
    MlmeBeaconNotifyIndication,
    MlmeCommStatusIndication,
    MlmePollConfirm,
    MlmePollIndication,
    MlmePollRequest,
    MlmePowerRequest,
    MlmeResetRequest,
    MlmeScanConfirm,
    MlmeScanRequest,
    MlmeSetRequest,
    ScanKind,
)
from emulator.zigbee.nwk.machine import NwkMachine
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    JoinMethod,
    NlmeJoinRequest,
    NlmeNetworkDiscoveryRequest,
    NlmeNetworkFormationRequest,
    NlmePermitJoiningRequest,
    NlmeSetKeyRequest,
    NlmeStartRouterRequest,
    NwkIndication,
    NwkRequest,
)
from emulator.zigbee.nwk.settings import NwkSettings

FLIGHT: Final = milliseconds(3)
SCAN: Final = milliseconds(100)
ASSOCIATION: Final = milliseconds(500)
PERSISTENCE: Final = milliseconds(7680)
CHANNEL: Final = Channel(0, 15)
NETWORK_KEY: Final = bytes.fromhex("0F1E2D3C4B5A69788796A5B4C3D2E1F0")
ROUTER: Final = CapabilityInformation()
LISTENER: Final = CapabilityInformation(full_function_device=False)
SLEEPER: Final = CapabilityInformation(
    full_function_device=False, mains_powered=False, rx_on_when_idle=False
)

AnyIndication = TypeVar("AnyIndication")
AnyFact = TypeVar("AnyFact", bound=Fact)


@dataclass(slots=True)
class Held:
    """A frame kept until its destination polls."""

    request: McpsDataRequest
    until: Instant


class FakeMac:
    """One node's MAC, by the primitives alone."""

    def __init__(self, bench: "NwkBench", eui64: Eui64) -> None:
        self._bench = bench
        self.eui64 = eui64
        self.pib: dict[str, Any] = {
            "channel": CHANNEL,
            "pan_id": NO_PAN,
            "short_address": NwkAddress(0xFFFF),
            "rx_on_when_idle": True,
            "association_permit": False,
            "beacon_payload": b"",
            "coordinator": False,
            "answers_beacon_requests": False,
        }
        self.up: Callable[[MacIndication], None] = lambda _event: None
        self.held: deque[Held] = deque()
        self.asked: dict[Eui64, FakeMac] = {}
        self.powered = True

    def request(self, request: MacRequest) -> None:
        """Carry out a request of the NWK layer."""
        if not self.powered:
            return
        flights: dict[type, tuple[Duration, Callable[..., None]]] = {
            MlmeScanRequest: (SCAN, self._scanned),
            MlmeAssociateRequest: (FLIGHT, self._associate),
            MlmeAssociateResponse: (ASSOCIATION, self._answer),
            MlmePollRequest: (FLIGHT, self._poll),
        }
        match request:
            case McpsDataRequest():
                self._data(request)
            case MlmeSetRequest():
                self._set(request)
            case MlmePowerRequest():
                self._bench.powers.append((self, request))
            case MlmeResetRequest():
                self.held.clear()
            case McpsPurgeRequest():
                self.held = deque(
                    each for each in self.held if each.request.handle != request.handle
                )
            case _:
                wait, action = flights[type(request)]
                self._bench.after(wait, lambda: action(request))

    def _set(self, request: MlmeSetRequest) -> None:
        for name in MlmeSetRequest.__slots__:
            if getattr(request, name) is not None:
                self.pib[name] = getattr(request, name)

    def _data(self, request: McpsDataRequest) -> None:
        self._bench.sent.append((self, request))
        if request.indirect:
            until = later(self._bench.now, PERSISTENCE)
            held = Held(request, until)
            self.held.append(held)
            self._bench.after(PERSISTENCE, lambda: self._expire(held))
        else:
            self._bench.after(FLIGHT, lambda: self._fly(request))

    def _expire(self, held: Held) -> None:
        if held in self.held:
            self.held.remove(held)
            self.up(McpsDataConfirm(held.request.handle, MacStatus.TRANSACTION_EXPIRED))

    def _fly(self, request: McpsDataRequest) -> None:
        broadcast = request.destination == 0xFFFF
        listeners = [
            mac
            for mac in self._bench.in_reach(self)
            if mac.pib["rx_on_when_idle"] and mac.has(request.destination, self)
        ]
        arrived = [mac for mac in listeners if not self._bench.lost(self, mac, request)]
        for mac in arrived:
            mac.take(request, self)
        status = MacStatus.SUCCESS if broadcast or arrived else MacStatus.NO_ACK
        self.up(McpsDataConfirm(request.handle, status))

    def has(self, destination: NwkAddress, sender: "FakeMac") -> bool:
        """Whether a frame of `sender` passes our address filter."""
        same_pan = self.pib["pan_id"] == sender.pib["pan_id"]
        return same_pan and destination in (0xFFFF, self.pib["short_address"])

    def take(self, request: McpsDataRequest, sender: "FakeMac") -> None:
        """Hand a frame up."""
        self.up(
            McpsDataIndication(
                sender.pib["short_address"],
                request.destination,
                sender.pib["pan_id"],
                request.msdu,
                self._bench.lqi,
                -50,
            )
        )

    def _scanned(self, request: MlmeScanRequest) -> None:
        if request.kind is ScanKind.ENERGY:
            energies = tuple(
                (channel, self._bench.energies.get(channel, 10)) for channel in request.channels
            )
            self.up(MlmeScanConfirm(request.kind, MacStatus.SUCCESS, energies))
            return
        for mac in self._bench.reachable(self):
            if mac.pib["answers_beacon_requests"] and mac.pib["channel"] in request.channels:
                self.up(mac.beacon())
        self.up(MlmeScanConfirm(request.kind, MacStatus.SUCCESS))

    def beacon(self) -> MlmeBeaconNotifyIndication:
        """Our beacon, as others hear it."""
        pib = self.pib
        where = (pib["channel"], pib["pan_id"], pib["short_address"])
        what = (pib["association_permit"], pib["coordinator"], pib["beacon_payload"])
        return MlmeBeaconNotifyIndication(*where, *what, self._bench.lqi, -50)

    def _associate(self, request: MlmeAssociateRequest) -> None:
        for mac in self._bench.reachable(self):
            same = mac.pib["channel"] == request.channel and mac.pib["pan_id"] == request.pan_id
            if same and mac.pib["short_address"] == request.coordinator:
                mac.asked[self.eui64] = self
                mac.up(MlmeAssociateIndication(self.eui64, request.capability))
                return
        self.up(MlmeAssociateConfirm(MacStatus.NO_ACK))

    def _answer(self, response: MlmeAssociateResponse) -> None:
        joiner = self.asked.pop(response.device, None)
        if joiner is None or not joiner.powered:
            self.up(MlmeCommStatusIndication(response.device, MacStatus.TRANSACTION_EXPIRED))
            return
        joiner.up(
            MlmeAssociateConfirm(
                MacStatus.SUCCESS, response.status, response.short_address, self.eui64
            )
        )
        self.up(MlmeCommStatusIndication(response.device, MacStatus.SUCCESS))

    def _poll(self, request: MlmePollRequest) -> None:
        parent = next(
            (
                mac
                for mac in self._bench.in_reach(self)
                if mac.has(request.parent, self) and not self._bench.lost(self, mac, request)
            ),
            None,
        )
        if parent is None:
            self.up(MlmePollConfirm(MacStatus.NO_ACK))
            return
        address = self.pib["short_address"]
        parent.up(MlmePollIndication(address))
        kept = [held for held in parent.held if held.request.destination == address]
        self.up(MlmePollConfirm(MacStatus.SUCCESS if kept else MacStatus.NO_DATA))
        for held in kept:
            parent.held.remove(held)
            self.take(held.request, parent)
            parent.up(McpsDataConfirm(held.request.handle, MacStatus.SUCCESS))


@dataclass(slots=True)
class BenchNode:
    """One node of the bench, and what its NWK layer said upward."""

    node: Node
    machine: NwkMachine
    mac: FakeMac
    eui64: Eui64
    device_type: DeviceType
    heard: list[NwkIndication] = field(default_factory=list)

    @property
    def address(self) -> NwkAddress:
        """Its short address."""
        return self.machine.state.nib.nwk_address

    def post(self, request: NwkRequest) -> None:
        """Ask its NWK layer."""
        self.node.post(request)

    def of(self, kind: type[AnyIndication]) -> list[AnyIndication]:
        """What it said of one kind."""
        return [said for said in self.heard if isinstance(said, kind)]


Loss = Callable[[FakeMac, FakeMac, McpsDataRequest | MlmePollRequest], bool]


class NwkBench:
    """A place where NWK machines hear each other."""

    def __init__(self, seed: int = 1) -> None:
        self.scheduler = Scheduler()
        self.streams = Streams(seed)
        self.trace = Trace()
        self.nodes: dict[str, BenchNode] = {}
        self.sent: list[tuple[FakeMac, McpsDataRequest]] = []
        self.powers: list[tuple[FakeMac, MlmePowerRequest]] = []
        self.energies: dict[Channel, int] = {}
        self.lqi = 255
        self.lost: Loss = lambda _sender, _receiver, _request: False
        self._walls: set[frozenset[Eui64]] = set()

    @property
    def now(self) -> Instant:
        """The instant it is."""
        return self.scheduler.now

    def after(self, duration: Duration, action: Callable[[], object]) -> None:
        """Do something later."""
        self.scheduler.after(duration, action)

    def run(self, length: Duration) -> None:
        """Let time pass."""
        self.scheduler.run(later(self.now, length))

    def add(
        self,
        name: str,
        device_type: DeviceType,
        *,
        settings: NwkSettings | None = None,
        state: dict[str, Any] | None = None,
    ) -> BenchNode:
        """A node; `name` gives its EUI-64 and draws, so that it can be put up again."""
        digits = sum(ord(letter) << 8 * place for place, letter in enumerate(name[:6]))
        eui64 = Eui64(0x00DB_0000_0000_0000 | digits)
        machine = NwkMachine(
            eui64=eui64,
            device_type=device_type,
            settings=settings or NwkSettings(),
            stream=self.streams.stream(name, "nwk"),
            address_map=AddressMap(),
            handles=count(1),
        )
        if state is not None:
            machine.restore(state)
        mac = FakeMac(self, eui64)
        node = Node(name, [machine], self.scheduler, self.trace)
        made = BenchNode(node, machine, mac, eui64, device_type)
        mac.up = node.post
        node.connect(get_args(MacRequest), mac.request)
        node.connect(get_args(NwkIndication), made.heard.append)
        self.nodes[name] = made
        return made

    def remove(self, name: str) -> None:
        """Take a node away: it neither hears nor says anything more."""
        gone = self.nodes.pop(name)
        gone.mac.powered = False
        gone.mac.up = lambda _event: None

    def part(self, first: BenchNode, second: BenchNode) -> None:
        """Put a wall between two nodes."""
        self._walls.add(frozenset((first.eui64, second.eui64)))

    def open_up(self) -> None:
        """Take every wall away."""
        self._walls.clear()

    def reachable(self, sender: FakeMac) -> list[FakeMac]:
        """Who hears `sender`, on any channel."""
        return [
            other.mac
            for other in self.nodes.values()
            if other.mac is not sender and frozenset((other.eui64, sender.eui64)) not in self._walls
        ]

    def in_reach(self, sender: FakeMac) -> list[FakeMac]:
        """Who hears `sender` on its channel."""
        channel = sender.pib["channel"]
        return [mac for mac in self.reachable(sender) if mac.pib["channel"] == channel]

    def facts(self, kind: type[AnyFact], node: BenchNode | None = None) -> list[AnyFact]:
        """Facts of one kind, at one node or anywhere."""
        return [fact for _, fact in self.trace.of(kind, None if node is None else node.node.name)]

    def coordinator(self, name: str = "hub", *, settings: NwkSettings | None = None) -> BenchNode:
        """A coordinator with a network, its key, and joining permitted."""
        hub = self.add(name, DeviceType.COORDINATOR, settings=settings)
        hub.post(NlmeSetKeyRequest(NETWORK_KEY, 0))
        hub.post(NlmeNetworkFormationRequest((CHANNEL,), 3))
        self.run(seconds(1))
        hub.post(NlmePermitJoiningRequest(255))
        return hub

    def associate(self, joiner: BenchNode, network: BenchNode, what: CapabilityInformation) -> None:
        """Let a node discover and associate; it holds no key afterwards."""
        joiner.post(NlmeNetworkDiscoveryRequest((CHANNEL,), 3))
        self.run(seconds(1))
        extended = ExtendedPanId(network.machine.state.nib.extended_pan_id)
        joiner.post(NlmeJoinRequest(extended, JoinMethod.ASSOCIATION, what))
        self.run(seconds(1))

    def join(
        self, name: str, what: CapabilityInformation, network: BenchNode, *others: BenchNode
    ) -> BenchNode:
        """A node on the network with its key; `others` are behind a wall from it."""
        router = what.full_function_device
        joiner = self.add(name, DeviceType.ROUTER if router else DeviceType.END_DEVICE)
        for other in others:
            self.part(joiner, other)
        self.associate(joiner, network, what)
        joiner.post(NlmeSetKeyRequest(NETWORK_KEY, 0))
        if router:
            joiner.post(NlmeStartRouterRequest())
            joiner.post(NlmePermitJoiningRequest(255))
        self.run(seconds(3))
        return joiner
