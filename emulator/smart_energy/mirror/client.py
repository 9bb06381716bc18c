"""The mirror at a gas meter: gets one, configures it, reports to it at every wake (GBCS 10.2.2.2).

What the hub says waits is acted on at once: messages are fetched, everything else is told to the
applications. Between two wakes nothing happens.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, ClassVar, Final

from emulator.kernel.errors import WireError
from emulator.kernel.units import START, Calendar, Instant, later, seconds
from emulator.smart_energy.mirror.facts import MirrorReady, MirrorStepFailed
from emulator.smart_energy.mirror.primitives import (
    AllowMirrorReports,
    CheckMirror,
    FunctionalFlag,
    MirrorFlagsIndication,
)
from emulator.smart_energy.mirror.settings import MirrorSettings
from emulator.smart_energy.primitives import Commissioned, StartKeepAlive, StopKeepAlive
from emulator.smart_energy.tunnel.primitives import EnsureTunnel, FetchMessages
from emulator.zcl.cluster import ATTRIBUTE_REPORTING_STATUS
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.metering import (
    METERING,
    ConfigureMirror,
    MirrorReportAttributeResponse,
    RequestMirrorResponse,
)
from emulator.zcl.foundation.general_commands import DefaultResponse
from emulator.zcl.primitives import (
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ReportAttributesRequest,
    Side,
    ZclAddress,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import COORDINATOR, SMART_ENERGY_PROFILE, ClusterId, Endpoint
from emulator.zigbee.zdo.discovery_frames import MatchDescReq
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

if TYPE_CHECKING:
    from emulator.kernel.identity import Eui64

Effects = Sequence[Any]

PHYSICAL_ENVIRONMENT: Final = 0x0011
MIRROR_CAPACITY: Final = 0x01
"""PhysicalEnvironment of a hub that mirrors (GBCS 10.2.2)."""
REQUEST_MIRROR: Final = 0x01
CONFIGURE_MIRROR: Final = 0x08
MIRROR_REPORT_ATTRIBUTE_RESPONSE: Final = 0x09
NO_MIRROR: Final = 0xFFFF
LAST_ENDPOINT: Final = 0xF0
"""The last endpoint that applications have (R22 2.2.4.1.1)."""
STAY_AWAKE: Final = (FunctionalFlag.STAY_AWAKE_HAN, FunctionalFlag.STAY_AWAKE_WAN)


class Phase(Enum):
    """What the wake under way waits for."""

    ASLEEP = auto()
    FINDING = auto()
    READING = auto()
    REQUESTING = auto()
    CONFIGURING = auto()
    REPORTING = auto()
    AWAITING = auto()


@dataclass(frozen=True, slots=True)
class Reports:
    """What a meter reports: clusters with their attributes, the Metering cluster last."""

    endpoint: Endpoint
    clusters: tuple[tuple[ClusterId, tuple[int, ...]], ...]

    def run(self, *, metering: bool) -> tuple[tuple[ClusterId, tuple[int, ...]], ...]:
        """The reports of one wake; the last attribute of all says that nothing more follows."""
        over = ATTRIBUTE_REPORTING_STATUS.id
        if not metering:
            return ((METERING.id, (over,)),)
        *others, (last, attributes) = self.clusters
        return (*others, (last, (*attributes, over)))


class MirrorClient:
    """Wakes from time to time, and asks the hub for nothing in between."""

    accepts: ClassVar[tuple[type, ...]] = (
        Commissioned,
        StartKeepAlive,
        StopKeepAlive,
        AllowMirrorReports,
        CheckMirror,
        ZdpConfirm,
        ReadAttributesConfirm,
        ZclCommandConfirm,
        ZclCommandIndication,
    )

    def __init__(
        self,
        reports: Reports,
        settings: MirrorSettings,
        calendar: Calendar,
        handles: Iterator[int],
    ) -> None:
        self._reports = reports
        self._settings = settings
        self._calendar = calendar
        self._handles = handles
        self.phase = Phase.ASLEEP
        self.hub: Eui64 | None = None
        self.mirror: Endpoint | None = None
        self.configured = False
        self.allowed = False
        self._due: Instant | None = None
        self._woke = START
        self._handle = 0
        self._found: deque[Endpoint] = deque()
        self._pending: deque[tuple[ClusterId, tuple[int, ...]]] = deque()
        self._misses = 0
        self._again = False
        self._present = False

    @property
    def deadline(self) -> Instant | None:
        """When to wake, or when the hub has had long enough to answer."""
        return self._due

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of `event`; answers to others' requests change nothing."""
        step = self._always.get(type(event))
        if step is None and self._concerns(event):
            step = self._transitions.get((self.phase, type(event)))
        effects: Effects = () if step is None else step(self, event, now)
        return effects

    def wake(self, now: Instant) -> Effects:
        """Begin a wake, or give up the answer that this one waits for."""
        if self.phase is Phase.ASLEEP:
            return self._wake(now)
        self._misses += 1
        if self._misses >= self._settings.misses:
            self.mirror, self.configured, self._misses = None, False, 0
        return self._fail("no answer to the report", now)

    def _concerns(self, event: Any) -> bool:
        if isinstance(event, ZclCommandIndication):
            return (
                event.cluster == METERING.id
                and event.to_side is Side.SERVER
                and event.command == MIRROR_REPORT_ATTRIBUTE_RESPONSE
                and event.source_eui64 == self.hub
            )
        return bool(event.handle == self._handle)

    # On and off the network

    def _commissioned(self, event: Commissioned, now: Instant) -> Effects:  # noqa: ARG002 - shape
        """A new key: the mirror of an earlier network, or life, is not ours."""
        self.hub = event.trust_centre
        self.mirror, self.configured = None, False
        return ()

    def _arrived(self, event: StartKeepAlive, now: Instant) -> Effects:  # noqa: ARG002 - shape
        """We are on the network, with an agreed key."""
        self.phase = Phase.ASLEEP
        self._present = True
        self._due = None if self.hub is None else later(now, self._settings.pause)
        return ()

    def _gone(self, event: StopKeepAlive, now: Instant) -> Effects:  # noqa: ARG002 - shape
        self.phase = Phase.ASLEEP
        self._present = False
        self._due = None
        return ()

    def _allow(self, event: AllowMirrorReports, now: Instant) -> Effects:  # noqa: ARG002 - shape
        self.allowed = event.allowed
        return ()

    def _check(self, event: CheckMirror, now: Instant) -> Effects:  # noqa: ARG002 - shape
        if self._present and self.phase is Phase.ASLEEP:
            return self._wake(now)
        self._again = self._present
        return ()

    # A wake

    def _wake(self, now: Instant) -> Effects:
        if self.hub is None:
            return ()
        self._woke = now
        ensure = EnsureTunnel(self.hub)
        if self.mirror is None:
            return (ensure, *self._find(now))
        if not self.configured:
            return (ensure, *self._configure(self.mirror, now))
        return (ensure, *self._report(now))

    def _enter(self, phase: Phase) -> int:
        """Wait for the answer to a request under the handle given; requests end by themselves."""
        self.phase = phase
        self._due = None
        self._handle = next(self._handles)
        return self._handle

    def _sleep(self, now: Instant) -> Effects:
        """Nothing more to do until the next wake."""
        self.phase = Phase.ASLEEP
        planned = later(self._woke, seconds(self._settings.interval))
        self._due = now if self._again else max(planned, now)
        self._again = False
        return ()

    def _fail(self, reason: str, now: Instant) -> Effects:
        failed = MirrorStepFailed(self.phase.name, reason)
        return (failed, *self._sleep(now))

    # Getting a mirror

    def _find(self, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of steps
        handle = self._enter(Phase.FINDING)
        match = MatchDescReq(COORDINATOR, SMART_ENERGY_PROFILE, (), (METERING.id,))
        return (ZdpRequest(handle, COORDINATOR, match),)

    def _endpoints(self, event: ZdpConfirm, now: Instant) -> Effects:
        self._found = deque(Endpoint(each) for each in getattr(event.response, "endpoints", ()))
        return self._read(now)

    def _read(self, now: Instant) -> Effects:
        """Ask the next endpoint whether it mirrors."""
        if not self._found:
            return self._fail("no endpoint of the hub mirrors", now)
        where = ZclAddress(COORDINATOR, self._found[0])
        handle, ours = self._enter(Phase.READING), self._reports.endpoint
        attributes = (PHYSICAL_ENVIRONMENT,)
        return (ReadAttributesRequest(handle, where, ours, BASIC.id, attributes),)

    def _environment(self, event: ReadAttributesConfirm, now: Instant) -> Effects:
        endpoint = self._found.popleft()
        value = event.results[0].value if event.results else None
        if not isinstance(value, int) or not value & MIRROR_CAPACITY:
            return self._read(now)
        return (self._command(Phase.REQUESTING, endpoint, REQUEST_MIRROR, b""),)

    def _mirrored(self, event: ZclCommandConfirm, now: Instant) -> Effects:
        endpoint = _mirror_endpoint(event)
        if endpoint is None:
            return self._fail("the hub gives no mirror", now)
        self.mirror = endpoint
        return self._configure(endpoint, now)

    def _configure(self, mirror: Endpoint, now: Instant) -> Effects:
        wanted = ConfigureMirror(
            issuer_event=self._calendar.zigbee_time(now),
            reporting_interval=self._settings.interval,
            mirror_notification_reporting=True,
            notification_scheme=self._settings.scheme,
        )
        return (self._command(Phase.CONFIGURING, mirror, CONFIGURE_MIRROR, wanted.encode()),)

    def _command(
        self, phase: Phase, endpoint: Endpoint, command: int, payload: bytes
    ) -> ZclCommandRequest:
        return ZclCommandRequest(
            self._enter(phase),
            ZclAddress(COORDINATOR, endpoint),
            self._reports.endpoint,
            METERING.id,
            command,
            payload,
            to_side=Side.CLIENT,
            expects_answer=True,
        )

    def _configuration(self, event: ZclCommandConfirm, now: Instant) -> Effects:
        if self.hub is None or self.mirror is None:
            return ()
        if not _succeeded(event):
            self.mirror = None
            return self._fail("the mirror refuses to be configured", now)
        self.configured = True
        return (MirrorReady(self.hub, self.mirror), *self._report(now))

    # Reporting

    def _report(self, now: Instant) -> Effects:
        self._pending = deque(self._reports.run(metering=self.allowed))
        return self._next_report(now)

    def _next_report(self, now: Instant) -> Effects:
        if self.mirror is None:
            return ()
        if not self._pending:
            self.phase = Phase.AWAITING
            self._due = later(now, self._settings.patience)
            return ()
        cluster, attributes = self._pending.popleft()
        handle, where = self._enter(Phase.REPORTING), ZclAddress(COORDINATOR, self.mirror)
        ours = self._reports.endpoint
        return (ReportAttributesRequest(handle, where, ours, cluster, attributes),)

    def _delivered(self, event: ZclCommandConfirm, now: Instant) -> Effects:
        if event.outcome is Outcome.DELIVERED:
            return self._next_report(now)
        return self._fail(f"report {event.outcome.value}", now)

    def _notified(self, event: ZclCommandIndication, now: Instant) -> Effects:
        """What waits: only flags with a meaning are acted on, whatever others say (GBCS 10.2.2)."""
        if self.hub is None:
            return ()
        self._misses = 0
        flags = MirrorFlagsIndication(
            MirrorReportAttributeResponse.decode(event.payload).flags,
            self.mirror if self.allowed else None,
        )
        self._sleep(now)
        if any(flags.pending(each) for each in STAY_AWAKE) and self._due is not None:
            self._due = min(self._due, later(now, self._settings.stay_awake))
        if flags.pending(FunctionalFlag.TUNNEL_MESSAGE_PENDING):
            return (FetchMessages(self.hub), flags)
        return (flags,)

    def snapshot(self) -> dict[str, Any]:
        """The mirror we have, as JSON knows it."""
        return {
            "hub": self.hub,
            "mirror": self.mirror,
            "configured": self.configured,
            "allowed": self.allowed,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.hub = state["hub"]
        self.mirror = state["mirror"]
        self.configured = state["configured"]
        self.allowed = state["allowed"]

    _always: ClassVar[Mapping[type, Any]] = {
        Commissioned: _commissioned,
        StartKeepAlive: _arrived,
        StopKeepAlive: _gone,
        AllowMirrorReports: _allow,
        CheckMirror: _check,
    }
    _transitions: ClassVar[Mapping[tuple[Phase, type], Any]] = {
        (Phase.FINDING, ZdpConfirm): _endpoints,
        (Phase.READING, ReadAttributesConfirm): _environment,
        (Phase.REQUESTING, ZclCommandConfirm): _mirrored,
        (Phase.CONFIGURING, ZclCommandConfirm): _configuration,
        (Phase.REPORTING, ZclCommandConfirm): _delivered,
        (Phase.REPORTING, ZclCommandIndication): _notified,
        (Phase.AWAITING, ZclCommandIndication): _notified,
    }


def _mirror_endpoint(event: ZclCommandConfirm) -> Endpoint | None:
    """The endpoint that the hub answered with; None where it gave none."""
    answered = event.answer
    if event.outcome is not Outcome.ANSWERED or answered is None or answered.general:
        return None
    try:
        endpoint = RequestMirrorResponse.decode(answered.payload).endpoint
    except WireError:
        return None
    return None if endpoint == NO_MIRROR or endpoint > LAST_ENDPOINT else Endpoint(endpoint)


def _succeeded(event: ZclCommandConfirm) -> bool:
    """Whether a default response said SUCCESS."""
    answered = event.answer
    if event.outcome is not Outcome.ANSWERED or answered is None or not answered.general:
        return False
    try:
        return DefaultResponse.decode(answered.payload).status == ZclStatus.SUCCESS
    except WireError:
        return False
