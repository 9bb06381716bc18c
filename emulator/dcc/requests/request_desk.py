"""Service requests: checked, answered or refused, and made into commands (DUIS 5.4, SEC App. AB).

Every request is answered at once; what a device says comes later as a service response.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, ClassVar, Final

from emulator.dcc.alerts.announcements import BREACH, QUARANTINED, told
from emulator.dcc.answers import accepted, failed, received, refused
from emulator.dcc.checks.access_control import Case, Refusal, refusal, refusal_when_due
from emulator.dcc.checks.certificate_checks import broken_certificate
from emulator.dcc.facts import RequestHeld, RequestQuarantined
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.records import InventoryRefusal
from emulator.dcc.orders.correlation import signed_command
from emulator.dcc.orders.inventory_checks import objection, refusal_of
from emulator.dcc.orders.orders import Order, known_parameters
from emulator.dcc.orders.request_devices import device_of
from emulator.dcc.orders.transform import Command, maced_command, made_command, made_pre_command
from emulator.dcc.primitives import (
    Dispatch,
    DueRequest,
    Hold,
    ScheduleRequest,
    SequenceEnd,
    Submission,
)
from emulator.dcc.requests.anomaly import AnomalyDecision, AnomalyDetection, AnomalyLevel
from emulator.dcc.requests.non_device import Errand, answer
from emulator.dcc.requests.sequences import Sequences, Turn
from emulator.dcc.service_request import (
    CRITICAL_VARIANTS,
    LOCAL_VARIANTS,
    SENT_VARIANTS,
    Acknowledgement,
    CommandVariant,
    RequestId,
    ServiceRequest,
)
from emulator.dcc.used_counters import UsedCounters
from emulator.dcc.world import DccWorld
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.gbcs.service_requests.record import FutureDating, ServiceRequestType
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant

_SCHEDULE_SERVICES: Final = frozenset(("5.1", "5.2", "5.3"))


class RequestDesk:
    """Takes service requests.

    Args:
        world: what the DCC knows.
        anomalies: counts them against thresholds; without any unless given.
    """

    accepts: ClassVar[tuple[type, ...]] = (AnomalyDecision, DueRequest, SequenceEnd, Submission)

    def __init__(self, world: DccWorld, anomalies: AnomalyDetection | None = None) -> None:
        self._world = world
        self._codes = world.settings.codes
        self._anomalies = anomalies or AnomalyDetection()
        self._used = UsedCounters[tuple[Eui64, Eui64, bool]]()
        self._pre_commands: dict[RequestId, bytes] = {}
        self._quarantine: dict[RequestId, ServiceRequest] = {}
        self._quarantined_so_far = 0
        self._sequences = Sequences()
        self._handlers: Mapping[type, Callable[[Any, Instant], Sequence[object]]] = (
            MappingProxyType(
                {
                    AnomalyDecision: self._decided,
                    DueRequest: self._due,
                    SequenceEnd: self._ended,
                    Submission: self._submitted,
                }
            )
        )

    def handle(self, event: object, now: Instant) -> Sequence[object]:
        """Effects of a request, or of what one waited for."""
        return self._handlers[type(event)](event, now)

    def wake(self, now: Instant) -> Sequence[object]:
        """Nothing: requests wait elsewhere."""
        del now
        return ()

    @property
    def deadline(self) -> Instant | None:
        """Never."""
        return None

    def _submitted(self, event: Submission, now: Instant) -> Sequence[object]:
        request = event.request.dated
        case = self._case(request, now)
        came = received(case)
        found = refusal(case) or self._broken_certificate(request, now)
        if found is not None:
            return (came, *self._refused(request, found))
        self._used.add(_whose(request), request.request_id.counter)
        level = self._anomalies.level(request, now)
        if level.quarantines:
            return (came, *self._quarantined(request, level))
        return (came, *self._go_on(case, now))

    def _go_on(self, case: Case, now: Instant) -> Sequence[object]:
        """Wait for another request, wait for the date, or act."""
        request = case.request
        turn = self._sequences.turn(request)
        if turn is Turn.FAILED:
            reason = f"request {request.preceding} failed or is not known"
            found = Refusal(self._codes.sequence, reason, "DUIS 5.4 sequencing")
            return self._refused(request, found)
        if turn is Turn.WAITS:
            held = RequestHeld(str(request.request_id), request.srv, str(request.preceding))
            return (held, *accepted(request, "I99"))
        return self._act(case, now)

    def _act(self, case: Case, now: Instant) -> Sequence[object]:
        if case.type.non_device:
            return self._serve(case, now)
        order = self._order(case, now)
        result = objection(order, self._world) or self._attempt(order)
        return self._refused(case.request, result) if isinstance(result, Refusal) else result

    def _attempt(self, order: Order) -> Sequence[object] | Refusal:
        """Make what a request asks for: a pre-command, or a command that is sent or kept."""
        request = order.request
        try:
            if request.variant == CommandVariant.TRANSFORM:
                return self._transform(order)
            if _waits(order):
                return self._hold(request)
            command = self._command(order)
        except (UsageError, MissingKeyError, ProtectionError) as error:
            return Refusal(self._codes.malformed, str(error), "DUIS 5.4")
        return command if isinstance(command, Refusal) else self._sent(order, command)

    def _command(self, order: Order) -> Command | Refusal:
        request = order.request
        if request.variant not in CRITICAL_VARIANTS:
            return made_command(order, self._world)
        signed = signed_command(
            request.pre_command or b"",
            self._pre_commands.get(request.request_id),
            self._world.protection_at(order.now),
            self._codes,
        )
        if isinstance(signed, Refusal):
            return signed
        self._pre_commands.pop(request.request_id, None)
        return maced_command(signed, order, self._world)

    def _transform(self, order: Order) -> Sequence[object]:
        made = made_pre_command(order, self._world).encode()
        self._pre_commands[order.request.request_id] = made
        return accepted(order.request, "I0", pre_command=made)

    def _sent(self, order: Order, command: Command) -> Sequence[object]:
        request, device = order.request, order.device
        local = request.variant in LOCAL_VARIANTS
        code = "I0" if local else "I99"
        octets = command.message.encode() if local else None
        dispatch = Dispatch(
            request=request,
            message=command.message,
            use_case=command.use_case,
            hub=self._world.hub_of(device) if request.variant in SENT_VARIANTS else None,
            device=device.device,
            sleepy=device.kind is DeviceKind.GSME,
            dated=request.execution is not None or order.schedule is not None,
            schedule=order.schedule,
        )
        if request.variant in SENT_VARIANTS and dispatch.hub is None:
            return (
                *accepted(request, code, command=octets),
                *failed(request, "E20", "no hub is known for the device"),
            )
        return (*accepted(request, code, command=octets), dispatch)

    def _hold(self, request: ServiceRequest) -> Sequence[object]:
        due = request.execution
        if due is None:
            return ()
        held = RequestHeld(str(request.request_id), request.srv, due.isoformat())
        return (held, Hold(request, due), *accepted(request, "I99"))

    def _serve(self, case: Case, now: Instant) -> Sequence[object]:
        request = case.request
        if request.srv in _SCHEDULE_SERVICES:
            return (ScheduleRequest(request),)
        try:
            given = answer(Errand(request=request, world=self._world, now=now))
        except UsageError as error:
            return self._refused(request, Refusal(self._codes.malformed, str(error), "DUIS 5.4"))
        if isinstance(given, InventoryRefusal):
            return self._refused(request, refusal_of(given))
        return (
            *accepted(request, given.code, body=given.body),
            *given.effects,
            SequenceEnd(request.request_id, successful=True),
        )

    def _due(self, event: DueRequest, now: Instant) -> Sequence[object]:
        """A dated or scheduled request: authorised again, then sent."""
        case = self._case(event.request, now)
        result = refusal_when_due(case) or self._attempt_when_due(event, case, now)
        if isinstance(result, Refusal):
            return failed(event.request, result.code, result.reason, event.schedule)
        return tuple(each for each in result if not isinstance(each, Acknowledgement))

    def _attempt_when_due(
        self, event: DueRequest, case: Case, now: Instant
    ) -> Sequence[object] | Refusal:
        order = replace(self._order(case, now), due=True, schedule=event.schedule)
        return objection(order, self._world) or self._attempt(order)

    def _ended(self, event: SequenceEnd, now: Instant) -> Sequence[object]:
        """Another request ended: those that waited for it go on, or fail with it."""
        effects: list[object] = []
        for request in self._sequences.ended(event.request_id, successful=event.successful):
            if event.successful:
                acted = self._act(self._case(request, now), now)
                effects += [each for each in acted if not isinstance(each, Acknowledgement)]
            else:
                code = self._codes.sequence
                effects += failed(request, code, f"request {event.request_id} failed")
        return effects

    def _quarantined(self, request: ServiceRequest, level: AnomalyLevel) -> Sequence[object]:
        self._quarantine[request.request_id] = request
        self._quarantined_so_far += 1
        name = str(request.request_id)
        payload = {
            BREACH: level.breach,
            "RequestID": name,
            "QuarantineEventRef": self._quarantined_so_far,
        }
        return (
            RequestQuarantined(name, request.srv, level.value),
            *accepted(request, self._codes.anomaly),
            *told(request.request_id.originator, QUARANTINED, payload),
        )

    def _decided(self, event: AnomalyDecision, now: Instant) -> Sequence[object]:
        request = self._quarantine.pop(event.request_id, None)
        if request is None:
            return ()
        if event.process:
            return self._go_on(self._case(request, now), now)
        code = self._codes.anomaly
        return failed(request, code, "deleted from quarantine")

    def _refused(self, request: ServiceRequest, found: Refusal) -> Sequence[object]:
        return refused(request, found, self._codes)

    def _broken_certificate(self, request: ServiceRequest, now: Instant) -> Refusal | None:
        broken = broken_certificate(request.parameters, self._world.moment(now))
        if broken is None:
            return None
        return Refusal(self._codes.certificate, broken, "GBCS 13.3")

    def _case(self, request: ServiceRequest, now: Instant) -> Case:
        """The request with all that is known about it."""
        device = device_of(request)
        return Case(
            request=request,
            moment=self._world.moment(now),
            service=_known_type(request.srv),
            user=self._world.users.find(request.request_id.originator),
            device=None if device is None else self._world.inventory.device(device),
            used=self._used.used(_whose(request), request.request_id.counter),
            registrations=self._world.registrations,
            settings=self._world.settings,
        )

    def _order(self, case: Case, now: Instant) -> Order:
        user, device = case.user, case.device
        if user is None or device is None:
            raise UsageError("a command has a user and a device")
        return Order(
            request=case.request,
            service=case.type,
            user=user,
            device=device,
            now=now,
            known=known_parameters(case, self._world),
        )


def _known_type(srv: str) -> ServiceRequestType | None:
    try:
        return service_request(srv)
    except UsageError:
        return None


def _whose(request: ServiceRequest) -> tuple[Eui64, Eui64, bool]:
    """Whose counter must not come twice; a pre-command comes back under the id it was made for."""
    named = request.request_id
    return named.originator, named.target, request.pre_command is not None


def _waits(order: Order) -> bool:
    """Whether the DCC keeps a request until its date, rather than the device."""
    dated = order.request.execution is not None and not order.due
    return dated and order.service.future_dated == (FutureDating.DSP,)
