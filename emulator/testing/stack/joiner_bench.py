"""A joiner, its clock, and the events that bring it anywhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import START, Duration, Instant, later
from emulator.radio.port import Channel
from emulator.smart_energy.network.joiner import Joiner, State
from emulator.smart_energy.network.membership import JoinerProfile
from emulator.smart_energy.primitives import (
    KeyEstablishmentEnded,
    KeyEstablishmentFailure,
    LeaveNetwork,
    StartJoining,
    TerminateStatus,
    TrustCentreLost,
)
from emulator.smart_energy.settings import JoinerSettings, KeyEstablishmentSettings, PollSettings
from emulator.zigbee.addresses import COORDINATOR, ExtendedPanId, NwkAddress, PanId
from emulator.zigbee.aps.primitives import (
    ApsmeSwitchKeyIndication,
    ApsmeTransportKeyIndication,
    KeyOrigin,
    TransportKeyType,
)
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import (
    NetworkDescriptor,
    NetworkStatusCode,
    NlmeJoinConfirm,
    NlmeLeaveIndication,
    NlmeNetworkDiscoveryConfirm,
    NlmeNwkStatusIndication,
    NwkStatus,
)

HUB: Final = Eui64(0x00DB1234567890A2)
PAN: Final = ExtendedPanId(HUB)
CHANNEL: Final = Channel(0, 15)
CHANNELS: Final = (Channel(0, 11), CHANNEL, Channel(0, 20))
NETWORK_KEY: Final = bytes.fromhex("0F1E2D3C4B5A69788796A5B4C3D2E1F0")
LINK_KEY: Final = bytes(range(16))


def network(name: int = PAN, *, permits: bool = True) -> NetworkDescriptor:
    """A network as a scan hears it."""
    return NetworkDescriptor(
        extended_pan_id=ExtendedPanId(name),
        pan_id=PanId(name & 0xFFFF),
        channel=CHANNEL,
        permit_joining=permits,
        router_capacity=True,
        end_device_capacity=True,
        update_id=0,
        stack_profile=2,
        parent=COORDINATOR,
        depth=0,
        lqi=255,
    )


def heard(*networks: NetworkDescriptor) -> NlmeNetworkDiscoveryConfirm:
    """The end of a scan that heard these."""
    status = NwkStatus.SUCCESS if networks else NwkStatus.NO_NETWORKS
    return NlmeNetworkDiscoveryConfirm(status, networks)


def network_key(
    source: Eui64 = HUB, kind: TransportKeyType = TransportKeyType.STANDARD_NETWORK_KEY
) -> ApsmeTransportKeyIndication:
    """A key that came from a trust centre."""
    return ApsmeTransportKeyIndication(source, kind, NETWORK_KEY, 0, KeyOrigin.PRECONFIGURED)


def key_ended(
    failure: TerminateStatus | KeyEstablishmentFailure | None = None, *, initiator: bool = True
) -> KeyEstablishmentEnded:
    """The end of a key establishment with the hub."""
    return KeyEstablishmentEnded(HUB, 2, initiator=initiator, failure=failure)


def nwk_status(code: NetworkStatusCode) -> NlmeNwkStatusIndication:
    """What NWK says of a route or of the parent."""
    return NlmeNwkStatusIndication(code, COORDINATOR)


EVENTS: Final[dict[str, Any]] = {
    "start": StartJoining(),
    "a network heard": heard(network()),
    "nothing heard": heard(),
    "joined": NlmeJoinConfirm(NwkStatus.SUCCESS, NwkAddress(0x3F1C), PanId(1), PAN, CHANNEL),
    "not joined": NlmeJoinConfirm(NwkStatus.NOT_PERMITTED),
    "network key": network_key(),
    "switch key": ApsmeSwitchKeyIndication(HUB, 0),
    "another key": network_key(kind=TransportKeyType.APPLICATION_LINK_KEY),
    "key agreed": key_ended(),
    "key agreed as responder": key_ended(initiator=False),
    "key refused": key_ended(TerminateStatus.BAD_MESSAGE),
    "unknown issuer": key_ended(TerminateStatus.UNKNOWN_ISSUER),
    "told to leave": NlmeLeaveIndication(None, rejoin=False),
    "told to rejoin": NlmeLeaveIndication(None, rejoin=True),
    "a child left": NlmeLeaveIndication(HUB, rejoin=False),
    "parent lost": nwk_status(NetworkStatusCode.PARENT_LINK_FAILURE),
    "route lost": nwk_status(NetworkStatusCode.NO_ROUTE_AVAILABLE),
    "trust centre lost": TrustCentreLost(),
    "user leaves": LeaveNetwork(),
}
"""One event of each kind and meaning that a joiner can meet."""

TIME: Final = "time"
"""In a path: the present state's time runs out."""
_JOINED: Final = ("start", "a network heard", "joined", "network key")
_OPERATING: Final = (*_JOINED, TIME, "key agreed")
PATHS: Final[dict[State, tuple[str, ...]]] = {
    State.IDLE: (),
    State.SCANNING: ("start",),
    State.WAITING: ("start", "nothing heard"),
    State.ASSOCIATING: ("start", "a network heard"),
    State.AWAITING_KEY: ("start", "a network heard", "joined"),
    State.SETTLING: _JOINED,
    State.ESTABLISHING: (*_JOINED, TIME),
    State.PAUSING: (*_JOINED, TIME, "key refused"),
    State.OPERATING: _OPERATING,
    State.REJOINING: (*_OPERATING, "parent lost"),
    State.REJOIN_WAITING: (*_OPERATING, "parent lost", *["not joined"] * 5),
}
"""How a new device comes to each state."""


@dataclass
class JoinerBench:
    """A joiner and what it did."""

    sleepy: bool = False
    router: bool = False
    link_key: bytes | None = LINK_KEY
    settings: JoinerSettings = field(default_factory=JoinerSettings)
    effects: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now: Instant = START
        capability = CapabilityInformation(rx_on_when_idle=not self.sleepy)
        self.joiner = Joiner(
            JoinerProfile(capability, CHANNELS, self.router, self.link_key),
            self.settings,
            PollSettings(),
            KeyEstablishmentSettings(),
            Stream("joiner"),
        )

    def tell(self, event: Any) -> list[Any]:
        """Let an event happen, by its name or itself; its effects."""
        known = EVENTS.get(event) if isinstance(event, str) else event
        done = self.time_out() if event == TIME else list(self.joiner.handle(known, self.now))
        self.effects += done
        return done

    def follow(self, *path: str) -> list[Any]:
        """Let events happen one after the other; the effects of the last."""
        done: list[Any] = []
        for event in path:
            done = self.tell(event)
        return done

    def time_out(self) -> list[Any]:
        """Go to the deadline, and wake."""
        assert self.joiner.deadline is not None  # noqa: S101 - a mistake of the test
        self.now = max(self.now, self.joiner.deadline)
        return list(self.joiner.wake(self.now))

    def wait(self, duration: Duration, hears: Callable[[], Any]) -> None:
        """Let time pass; scans hear what `hears` says."""
        end = later(self.now, duration)
        while self.joiner.deadline is not None and self.joiner.deadline <= end:
            self.tell(TIME)
            if self.joiner.state is State.SCANNING:
                self.tell(hears())
        self.now = end


def joiner_in(state: State, **options: Any) -> JoinerBench:
    """A bench whose joiner came to `state` the usual way."""
    bench = JoinerBench(**options)
    bench.follow(*PATHS[state])
    assert bench.joiner.state is state  # noqa: S101 - a mistake of the bench
    bench.effects.clear()
    return bench
