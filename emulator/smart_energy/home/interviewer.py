"""Service discovery and attribute reads at a partner, one partner after the other.

Ask for its active endpoints and their simple descriptors (R22 2.4.3.1), then read what was asked
for at the endpoint that serves it. A cluster that wants the link key is read under it (key policy
of the cluster library), which proves the key at both ends.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, ClassVar

from emulator.kernel.units import Instant
from emulator.smart_energy.facts import AttributesRead, InterviewEnded, PartnerDescribed
from emulator.smart_energy.primitives import Reading, StartInterview
from emulator.smart_energy.settings import InterviewSettings
from emulator.zcl.primitives import (
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ZclAddress,
    ZclStatus,
)
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, ClusterId, Endpoint
from emulator.zigbee.zdo.discovery_frames import ActiveEpReq, SimpleDescReq
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest


class Phase(Enum):
    """What the interview waits for."""

    IDLE = auto()
    ENDPOINTS = auto()
    DESCRIPTORS = auto()
    READING = auto()


@dataclass(slots=True)
class _Interview:
    """The interview that is running."""

    subject: StartInterview
    handle: int = 0
    tries: int = 0
    endpoints: deque[Endpoint] = field(default_factory=deque)
    servers: dict[int, Endpoint] = field(default_factory=dict)
    readings: deque[Reading] = field(default_factory=deque)
    complete: bool = True
    answers: int = 0


class Interviewer:
    """Runs interviews in the order in which they were asked for."""

    accepts: ClassVar[tuple[type, ...]] = (StartInterview, ZdpConfirm, ReadAttributesConfirm)
    deadline: Instant | None = None

    def __init__(
        self, endpoint: Endpoint, settings: InterviewSettings, handles: Iterator[int]
    ) -> None:
        self._endpoint = endpoint
        self._settings = settings
        self._handles = handles
        self._waiting: deque[StartInterview] = deque()
        self._current: _Interview | None = None
        self.phase = Phase.IDLE

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is due: each request has its own time limit below."""
        return ()

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        """Effects of `event`; answers to others' requests change nothing."""
        if isinstance(event, StartInterview):
            self._waiting.append(event)
            return self._next_interview() if self._current is None else ()
        current = self._current
        if current is None or event.handle != current.handle:
            return ()
        step = self._transitions.get((self.phase, type(event)))
        effects: Sequence[Any] = step(self, current, event) if step else ()
        return effects

    def _next_interview(self) -> Sequence[Any]:
        if not self._waiting:
            self._current = None
            self.phase = Phase.IDLE
            return ()
        subject = self._waiting.popleft()
        self._current = _Interview(subject, readings=deque(subject.readings))
        return self._ask_endpoints(self._current)

    def _ask_endpoints(self, current: _Interview) -> Sequence[Any]:
        self.phase = Phase.ENDPOINTS
        address = current.subject.nwk_address
        return self._ask(current, ZdpRequest, address, ActiveEpReq(address))

    def _ask(self, current: _Interview, request: Any, *arguments: Any) -> Sequence[Any]:
        current.handle = next(self._handles)
        return (request(current.handle, *arguments),)

    def _again(self, current: _Interview) -> bool:
        """Whether a request that failed is worth another try."""
        current.tries += 1
        if current.tries < self._settings.tries:
            return True
        current.tries = 0
        current.complete = False
        return False

    def _endpoints(self, current: _Interview, event: ZdpConfirm) -> Sequence[Any]:
        found = getattr(event.response, "endpoints", ())
        if not found:
            again = self._again(current)
            return self._ask_endpoints(current) if again else self._end(current)
        current.tries = 0
        current.endpoints.extend(found)
        return self._describe(current)

    def _describe(self, current: _Interview) -> Sequence[Any]:
        if not current.endpoints:
            servers = tuple(sorted(current.servers.items()))
            described = PartnerDescribed(current.subject.partner, servers)
            return (described, *self._read(current))
        self.phase = Phase.DESCRIPTORS
        address = current.subject.nwk_address
        request = SimpleDescReq(address, current.endpoints[0])
        return self._ask(current, ZdpRequest, address, request)

    def _descriptor(self, current: _Interview, event: ZdpConfirm) -> Sequence[Any]:
        descriptor = getattr(event.response, "descriptor", None)
        if descriptor is None and self._again(current):
            return self._describe(current)
        endpoint = current.endpoints.popleft()
        if descriptor is not None:
            current.tries = 0
            # An endpoint of another profile takes no commands of Smart Energy (R22 2.2.4.1.2).
            ours = descriptor.profile == SMART_ENERGY_PROFILE
            for cluster in descriptor.input_clusters if ours else ():
                current.servers.setdefault(cluster, endpoint)
        return self._describe(current)

    def _read(self, current: _Interview) -> Sequence[Any]:
        while current.readings and current.readings[0].cluster not in current.servers:
            current.readings.popleft()
        if not current.readings:
            return self._end(current)
        self.phase = Phase.READING
        reading = current.readings[0]
        address = ZclAddress(current.subject.nwk_address, current.servers[reading.cluster])
        cluster = ClusterId(reading.cluster)
        return self._ask(
            current, ReadAttributesRequest, address, self._endpoint, cluster, reading.attributes
        )

    def _read_done(self, current: _Interview, event: ReadAttributesConfirm) -> Sequence[Any]:
        failed = event.outcome is not Outcome.ANSWERED or event.refusal is not None
        if failed and self._again(current):
            return self._read(current)
        reading = current.readings.popleft()
        current.tries = 0
        current.answers += not failed
        values = tuple(
            (result.attribute, str(result.value))
            for result in event.results
            if result.status == ZclStatus.SUCCESS
        )
        how = event.outcome.value if event.refusal is None else event.refusal.name
        fact = AttributesRead(reading.cluster, current.subject.partner, values, how)
        return (fact, *self._read(current))

    def _end(self, current: _Interview) -> Sequence[Any]:
        complete = current.complete and current.answers > 0
        ended = InterviewEnded(current.subject.partner, complete)
        return (ended, *self._next_interview())

    _transitions: ClassVar[Mapping[tuple[Phase, type], Any]] = {
        (Phase.ENDPOINTS, ZdpConfirm): _endpoints,
        (Phase.DESCRIPTORS, ZdpConfirm): _descriptor,
        (Phase.READING, ReadAttributesConfirm): _read_done,
    }
