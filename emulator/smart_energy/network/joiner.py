"""The joiner: how a device finds its network, gets its keys, and comes back (ZSE 1.4 5.4, 5.5.5).

Scan, associate, wait for the network key under the install code's link key, announce, agree a new
link key by CBKE; later rejoin, secured first. Failure counts and pauses are settings.
"""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, ClassVar

from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, later, microseconds
from emulator.smart_energy.facts import JoinState, NetworkKeyReceived
from emulator.smart_energy.network.membership import JoinerProfile, Membership
from emulator.smart_energy.network.retry import Candidates, next_round
from emulator.smart_energy.primitives import (
    Commissioned,
    KeyEstablishmentEnded,
    LeaveNetwork,
    StartJoining,
    StartKeepAlive,
    StartKeyEstablishment,
    StopKeepAlive,
    TerminateStatus,
    TrustCentreLost,
)
from emulator.smart_energy.settings import (
    JoinerSettings,
    KeyEstablishmentSettings,
    PollSettings,
)
from emulator.zigbee.addresses import COORDINATOR, NO_EUI64, ExtendedPanId
from emulator.zigbee.aps.primitives import (
    ApsmeSetLinkKeyRequest,
    ApsmeSetTrustCentreRequest,
    ApsmeSwitchKeyIndication,
    ApsmeTransportKeyIndication,
    TransportKeyType,
)
from emulator.zigbee.nwk.primitives import (
    JoinMethod,
    NetworkStatusCode,
    NlmeJoinConfirm,
    NlmeJoinRequest,
    NlmeLeaveIndication,
    NlmeLeaveRequest,
    NlmeNetworkDiscoveryConfirm,
    NlmeNetworkDiscoveryRequest,
    NlmeNwkStatusIndication,
    NlmePollControl,
    NlmeResetRequest,
    NlmeSetKeyRequest,
    NlmeStartRouterRequest,
    NlmeSwitchKeyRequest,
    NwkStatus,
)
from emulator.zigbee.zdo.primitives import ZdoAnnounceRequest


class State(Enum):
    """Where the device is on its way."""

    IDLE = auto()
    SCANNING = auto()
    WAITING = auto()
    ASSOCIATING = auto()
    AWAITING_KEY = auto()
    SETTLING = auto()
    ESTABLISHING = auto()
    PAUSING = auto()
    OPERATING = auto()
    REJOINING = auto()
    REJOIN_WAITING = auto()


OUTSIDE = frozenset({State.IDLE, State.SCANNING, State.WAITING, State.ASSOCIATING})
"""States in which there is no network to leave."""
JOINED = frozenset({State.SETTLING, State.ESTABLISHING, State.PAUSING, State.OPERATING})
"""States in which the device holds the network key and is on the network."""


class Joiner:
    """Brings one device onto its network and keeps it there."""

    accepts: ClassVar[tuple[type, ...]] = (
        StartJoining,
        LeaveNetwork,
        NlmeNetworkDiscoveryConfirm,
        NlmeJoinConfirm,
        NlmeLeaveIndication,
        NlmeNwkStatusIndication,
        ApsmeTransportKeyIndication,
        ApsmeSwitchKeyIndication,
        KeyEstablishmentEnded,
        TrustCentreLost,
    )

    def __init__(
        self,
        profile: JoinerProfile,
        settings: JoinerSettings,
        poll: PollSettings,
        establishment: KeyEstablishmentSettings,
        stream: Stream,
    ) -> None:
        self._profile = profile
        self._settings = settings
        self._poll = poll
        self._establishment = establishment
        self._stream = stream
        self.state = State.IDLE
        self.membership = Membership()
        self._candidates = Candidates(settings)
        self._due: Instant | None = None
        self._began = Instant(0)
        self._scans = 0
        self._failures = 0
        self._round = 0
        self._target: ExtendedPanId | None = None
        self._returning = False

    @property
    def deadline(self) -> Instant | None:
        """When the present state has lasted as long as it may."""
        return self._due

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`; one that the present state does not expect changes nothing."""
        step = self._transitions.get((self.state, type(event))) or self._always.get(type(event))
        effects: Sequence[Any] = step(self, event, now) if step else ()
        return effects

    def wake(self, now: Instant) -> Sequence[Any]:
        """Effects of the present state's time running out."""
        self._due = None
        effects: Sequence[Any] = self._timeouts[self.state](self, now)
        return effects

    # Looking for a network

    def _start(self, event: StartJoining, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        self._began = now
        self._candidates.unbar()
        if self.membership.extended_pan_id is not None:
            self._round = 0
            return self._rejoin(now)
        self._scans = 0
        return self._scan(now)

    def _scan(self, now: Instant) -> Sequence[Any]:
        self._scans += 1
        return (
            *self._enter(State.SCANNING, None, now),
            NlmeNetworkDiscoveryRequest(self._profile.channels, self._settings.scan_duration),
        )

    def _discovered(self, event: NlmeNetworkDiscoveryConfirm, now: Instant) -> Sequence[Any]:
        self._candidates.heard(event.networks)
        return self._try_next(now)

    def _try_next(self, now: Instant) -> Sequence[Any]:
        target = self._candidates.take()
        if target is not None:
            self._scans = 0
            return self._associate(target, now)
        if 0 < self._scans < self._settings.scan_attempts:
            return self._enter(State.WAITING, self._settings.scan_gap, now, "next scan")
        self._scans = 0
        again = next_round(self._settings, self._stream, self._began, now)
        reason = "no network that admits us"
        return self._enter(State.WAITING, Duration(again - now), now, reason)

    def _associate(self, target: ExtendedPanId, now: Instant) -> Sequence[Any]:
        self._target = target
        self._returning = False
        request = NlmeJoinRequest(target, JoinMethod.ASSOCIATION, self._profile.capability)
        return (*self._enter(State.ASSOCIATING, None, now), request)

    def _associated(self, event: NlmeJoinConfirm, now: Instant) -> Sequence[Any]:
        if event.status != NwkStatus.SUCCESS:
            return self._try_next(now)
        self.membership.channel = event.channel
        effects = self._enter(State.AWAITING_KEY, self._settings.security_timeout, now)
        return (*effects, *self._poll_quickly())

    def _poll_quickly(self) -> Sequence[Any]:
        return (NlmePollControl(self._poll.joining),) if self._profile.sleepy else ()

    # Keys

    def _network_key(self, event: ApsmeTransportKeyIndication, now: Instant) -> Sequence[Any]:
        if event.key_type != TransportKeyType.STANDARD_NETWORK_KEY:
            return ()
        former = self.membership.trust_centre
        exchanged = former not in (None, event.source)
        if exchanged:
            self.membership.suite = None
        self.membership.trust_centre = event.source
        self.membership.extended_pan_id = self._target or self.membership.extended_pan_id
        install = (
            NetworkKeyReceived(event.source, event.sequence),
            NlmeSetKeyRequest(event.key, event.sequence),
            ApsmeSetTrustCentreRequest(event.source),
        )
        forget = (ApsmeSetLinkKeyRequest(former, None),) if exchanged and former else ()
        return (*install, *forget, *self._on_network(now))

    def _next_network_key(self, event: ApsmeTransportKeyIndication, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        """Keep the key that our trust centre will have us use (R22 4.4.3.2.3)."""
        if event.key_type != TransportKeyType.STANDARD_NETWORK_KEY or self.state not in JOINED:
            return ()
        if event.source != self.membership.trust_centre:
            return ()
        received = NetworkKeyReceived(event.source, event.sequence)
        return (received, NlmeSetKeyRequest(event.key, event.sequence, activate=False))

    def _switch_key(self, event: ApsmeSwitchKeyIndication, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        return (NlmeSwitchKeyRequest(event.sequence),) if self.state in JOINED else ()

    def _on_network(self, now: Instant) -> Sequence[Any]:
        """We hold the network key: announce, begin to route, agree a link key if we have none."""
        self._round = 0
        start = (NlmeStartRouterRequest(),) if self._profile.router else ()
        announce = ZdoAnnounceRequest()
        if self.membership.suite is not None or not self._settings.establishes_key:
            return (*start, announce, *self._operate(now))
        pause = self._settings.start_key_establishment
        return (*start, announce, *self._enter(State.SETTLING, pause, now))

    def _establish(self, now: Instant) -> Sequence[Any]:
        assert self.membership.trust_centre is not None  # noqa: S101 - came with the network key
        request = StartKeyEstablishment(self.membership.trust_centre, COORDINATOR)
        effects = self._enter(State.ESTABLISHING, None, now)
        return (*effects, *self._poll_quickly(), request)

    def _established(self, event: KeyEstablishmentEnded, now: Instant) -> Sequence[Any]:
        if not event.initiator:
            return ()
        if event.failure is None:
            self.membership.suite = event.suite
            self._failures = 0
            return (Commissioned(event.partner), *self._operate(now))
        if event.failure is TerminateStatus.UNKNOWN_ISSUER:
            return self._leave_for_good(now)
        self._failures += 1
        if self._failures % self._establishment.failures_before_pause:
            return self._enter(State.PAUSING, self._establishment.retry, now, event.failure.name)
        rest = self._enter(State.PAUSING, self._establishment.pause, now, event.failure.name)
        return (*rest, *self._doze(now)) if self._profile.sleepy else rest

    def _leave_for_good(self, now: Instant) -> Sequence[Any]:
        """Partner and we have certificates of different issuers: leave (ZSE 1.4 5.5.5.1)."""
        if self.membership.extended_pan_id is not None:
            self._candidates.bar(self.membership.extended_pan_id)
        again = next_round(self._settings, self._stream, self._began, now)
        effects = self._enter(State.WAITING, Duration(again - now), now, "unknown issuer")
        return (NlmeLeaveRequest(), *self._forget(), *effects)

    def _forget(self) -> Sequence[Any]:
        """Be a member of no network: the key of the install code is for any trust centre again."""
        left, self.membership = self.membership.trust_centre, Membership()
        key = self._profile.link_key
        if left is None or key is None or not self._settings.leave_forgets_link_key:
            return ()
        return (
            ApsmeSetLinkKeyRequest(left, None),
            ApsmeSetLinkKeyRequest(NO_EUI64, key),
            ApsmeSetTrustCentreRequest(NO_EUI64),
        )

    def _operate(self, now: Instant) -> Sequence[Any]:
        effects = [*self._enter(State.OPERATING, None, now)]
        if self._settings.establishes_key:
            effects.append(StartKeepAlive())
        if self._profile.sleepy:
            effects += self._poll_quickly()
            self._due = later(now, self._poll.stay_awake)
        return effects

    def _doze(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of timeouts
        return (NlmePollControl(self._poll.idle),)

    # Coming back

    def _rejoin(self, now: Instant) -> Sequence[Any]:
        assert self.membership.extended_pan_id is not None  # noqa: S101 - checked by every caller
        rounds = self._settings.rejoin_rounds
        self._returning = True
        home = (self.membership.channel,) if self.membership.channel else self._profile.channels
        request = NlmeJoinRequest(
            self.membership.extended_pan_id,
            JoinMethod.REJOIN,
            self._profile.capability,
            channels=home if self._round < rounds else self._profile.channels,
            scan_duration=self._settings.scan_duration,
            secured=self._round <= rounds,
        )
        reason = "secured" if request.secured else "without the network key"
        return (*self._enter(State.REJOINING, None, now, reason), StopKeepAlive(), request)

    def _rejoined(self, event: NlmeJoinConfirm, now: Instant) -> Sequence[Any]:
        if event.status != NwkStatus.SUCCESS:
            return self._rejoin_later(now)
        self.membership.channel = event.channel or self.membership.channel
        if self._round <= self._settings.rejoin_rounds:
            return self._on_network(now)
        effects = self._enter(State.AWAITING_KEY, self._settings.security_timeout, now)
        return (*effects, *self._poll_quickly())

    def _rejoin_later(self, now: Instant) -> Sequence[Any]:
        self._round += 1
        last = self._settings.rejoin_rounds + 1
        if self._round <= last:
            return self._rejoin(now)
        doublings = min(self._round - last - 1, 16)
        pause = min(
            self._settings.rejoin_interval << doublings, self._settings.rejoin_interval_limit
        )
        return self._enter(State.REJOIN_WAITING, microseconds(pause), now, "network not found")

    def _key_missing(self, now: Instant) -> Sequence[Any]:
        if self._returning:
            return self._rejoin_later(now)
        return (NlmeResetRequest(), *self._try_next(now))

    def _parent_lost(self, event: NlmeNwkStatusIndication, now: Instant) -> Sequence[Any]:
        if event.status != NetworkStatusCode.PARENT_LINK_FAILURE:
            return ()
        return self._lost(event, now)

    def _lost(self, event: Any, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        if self.state not in JOINED:
            return ()
        self._round = 0
        return self._rejoin(now)

    def _exchanged(self, event: TrustCentreLost, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        """The trust centre answers no more: another may have its place, which has no key of ours.

        So ask without the network key, under the link key or its hash (ZSE 1.4 5.4).
        """
        if self.state not in JOINED:
            return ()
        self._round = self._settings.rejoin_rounds + 1
        return self._rejoin(now)

    def _told_to_leave(self, event: NlmeLeaveIndication, now: Instant) -> Sequence[Any]:
        if event.device is not None or self.state in OUTSIDE:
            return ()
        if self.state is State.AWAITING_KEY:
            return self._key_missing(now)
        if event.rejoin and self.membership.extended_pan_id is not None:
            return self._lost(event, now)
        effects = self._enter(State.IDLE, None, now, "told to leave")
        return (*self._forget(), StopKeepAlive(), *effects)

    def _leave(self, event: LeaveNetwork, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        effects = self._enter(State.IDLE, None, now, "user asked to leave")
        return (NlmeLeaveRequest(), *self._forget(), StopKeepAlive(), *effects)

    def _enter(
        self, state: State, lasting: Duration | None, now: Instant, reason: str = ""
    ) -> Sequence[Any]:
        self.state = state
        self._due = None if lasting is None else later(now, lasting)
        return (JoinState(state.name, reason),)

    def snapshot(self) -> dict[str, Any]:
        """What survives a power cycle, as JSON knows it."""
        return self.membership.snapshot()

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.membership.restore(state)

    _always: ClassVar[Mapping[type, Any]] = {
        StartJoining: _start,
        LeaveNetwork: _leave,
        NlmeLeaveIndication: _told_to_leave,
        NlmeNwkStatusIndication: _parent_lost,
        TrustCentreLost: _exchanged,
        ApsmeTransportKeyIndication: _next_network_key,
        ApsmeSwitchKeyIndication: _switch_key,
    }
    _transitions: ClassVar[Mapping[tuple[State, type], Any]] = {
        (State.SCANNING, NlmeNetworkDiscoveryConfirm): _discovered,
        (State.ASSOCIATING, NlmeJoinConfirm): _associated,
        (State.AWAITING_KEY, ApsmeTransportKeyIndication): _network_key,
        (State.ESTABLISHING, KeyEstablishmentEnded): _established,
        (State.REJOINING, NlmeJoinConfirm): _rejoined,
    }
    _timeouts: ClassVar[Mapping[State, Any]] = {
        State.WAITING: _scan,
        State.AWAITING_KEY: _key_missing,
        State.SETTLING: _establish,
        State.PAUSING: _establish,
        State.OPERATING: _doze,
        State.REJOIN_WAITING: _rejoin,
    }
