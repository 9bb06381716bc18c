"""The remote-party side of a device: it checks, has executed, and answers messages (GBCS 6, 7).

A message that breaks a rule is never executed nor answered: a fact says which rule, and an alert
tells the remote party that the rule's alert is for. Commands that wait for their date are carried
out by the device's own clock.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, Protocol, TypeGuard, runtime_checkable

from emulator.gbcs.block_exchange import (
    BlockExchange,
    ExchangeEffect,
    Incoming,
    Outgoing,
    TransferFailed,
)
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import PayloadKind, payload_kind
from emulator.gbcs.protection.counters import OriginatorCounter
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError, Rule
from emulator.gbcs_device.admission import Admission, Admitted
from emulator.gbcs_device.alerting import Alerting, Told
from emulator.gbcs_device.asn1.executor import Asn1Executor
from emulator.gbcs_device.asn1.handling import Belongings
from emulator.gbcs_device.device_identity import DeviceIdentity
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.device_log import DeviceLog
from emulator.gbcs_device.execution import Command, Deferred, Executed, Executor, InjectedFault
from emulator.gbcs_device.facts import (
    AnswerNotSent,
    BlocksAbandoned,
    CommandExecuted,
    CommandRefused,
    WaitingCarriedOut,
)
from emulator.gbcs_device.firmware import Firmware, ImageReceived
from emulator.gbcs_device.future_dated import ExecutionFailed, ExecutionSuperseded, FutureDated
from emulator.gbcs_device.outgoing import AlertPress, Answer
from emulator.gbcs_device.own_keys import OwnKeys
from emulator.gbcs_device.own_record import OwnRecord
from emulator.gbcs_device.partner_commands import PartnerCommands
from emulator.gbcs_device.primitives import (
    AlertRequest,
    ClockSet,
    HubTimeCompared,
    MessageIndication,
    MessageRequest,
    PartnerCommandRequest,
    SecurityEvent,
)
from emulator.gbcs_device.received_images import ReceivedImages
from emulator.gbcs_device.remote_party_setup import RemotePartySetup
from emulator.gbcs_device.security_codes import logged_refusal
from emulator.gbcs_device.waiting_list import WaitingList
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.likeness import is_like
from emulator.kernel.units import Instant

_OUTCOMES: Final = (ExecutionFailed, ExecutionSuperseded, SecurityEvent)


@runtime_checkable
class _KeepsState(Protocol):
    """An executor whose objects survive a loss of power."""

    def snapshot(self) -> Mapping[str, object]: ...

    def restore(self, snapshot: Mapping[str, Any]) -> None: ...


class RemotePartyMachine:
    """One device as remote parties know it.

    Args:
        setup: the device as it leaves the factory.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        MessageIndication,
        AlertRequest,
        ImageReceived,
        PartnerCommandRequest,
        ClockSet,
        HubTimeCompared,
    )

    def __init__(self, setup: RemotePartySetup) -> None:
        self.identity = DeviceIdentity(
            kind=setup.kind,
            own=OwnKeys(setup.eui64, setup.own, setup.stream),
            anchors=setup.anchors,
            log=DeviceLog(setup.settings.log_capacity),
            agreement=setup.agreement,
        )
        self.clock = setup.clock
        self.firmware = Firmware(setup.firmware)
        self.counter = OriginatorCounter()
        belongings = Belongings(
            identity=self.identity,
            firmware=self.firmware,
            clock=self.clock,
            settings=setup.settings,
        )
        asn1 = Asn1Executor(belongings, setup.known)
        self._executors: dict[PayloadKind, Executor] = {
            PayloadKind.ASN1: asn1,
            **setup.executors,
        }
        self._housemates = setup.housemates
        self._admission = Admission(self.identity, setup.settings)
        self._waiting = WaitingList(self._executors)
        self._exchange = BlockExchange(setup.blocks, setup.settings.whole_message)
        self._alerting = Alerting(
            setup.kind, AlertPress(self.identity, self.counter, setup.settings)
        )
        self._partners = PartnerCommands(self.identity, self.counter)
        self._record = OwnRecord(setup.kind, self._executors)
        self._images = ReceivedImages(
            self.identity,
            setup.settings.hardware_version,
            self.firmware,
            self._alerting,
            self._record,
        )
        self._faults: tuple[InjectedFault, ...] = ()
        self._record.runs(self.firmware.running)

    @property
    def deadline(self) -> Instant | None:
        """When something waits no longer, or a block is due."""
        due = self._waiting.next_due
        dates = (None if due is None else self.clock.instant(due), self._exchange.deadline)
        return min((each for each in dates if each is not None), default=None)

    @property
    def executors(self) -> Mapping[PayloadKind, Executor]:
        """Who executes commands, by how their payloads are written."""
        return self._executors

    def fit(self, kind: PayloadKind, executor: Executor) -> None:
        """Have the payloads of one way of writing executed by somebody else from now on."""
        self._executors[kind] = executor

    def inject(self, *faults: InjectedFault) -> None:
        """Let these items of the next command that is executed fail."""
        self._faults = faults

    def handle(self, event: object, now: Instant) -> Sequence[object]:
        """What follows from a message, from something to tell of, or from a new image."""
        match event:
            case MessageIndication(octets, recipient):
                return self._arrived(octets, now) if self._meant(recipient) else ()
            case AlertRequest():
                return self._raised(event, now) if self._meant(event.device) else ()
            case PartnerCommandRequest():
                return self._command(event, now)
            case ImageReceived():
                return self._image(event, now)
            case ClockSet() | HubTimeCompared():
                return ()  # a clock that is set changes when its date comes
            case _:
                raise LocalError(f"{type(event).__name__}: none of {self.accepts}")

    def wake(self, now: Instant) -> Sequence[object]:
        """Carry out what is due, and go on with messages in blocks."""
        effects: list[object] = []
        for kind, deferred in self._waiting.take_due(self.clock.moment(now)):
            effects += self._carry_out(kind, deferred, now)
        return (*effects, *self._linked(self._exchange.wake(now), now))

    def snapshot(self) -> dict[str, Any]:
        """Everything that survives a loss of power, as JSON knows it."""
        return {
            "identity": self.identity.snapshot(),
            "clock": self.clock.snapshot(),
            "firmware": self.firmware.snapshot(),
            "counter": self.counter.last,
            "executors": {
                name: dict(executor.snapshot()) for name, executor in self._keepers().items()
            },
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.identity.restore(state["identity"])
        self.clock.restore(state["clock"])
        self.firmware.restore(state["firmware"])
        self.counter.last = state["counter"]
        for name, executor in self._keepers().items():
            executor.restore(state["executors"][name])
        self._record.runs(self.firmware.running)
        self._waiting.ask_again()

    def _keepers(self) -> Mapping[str, _KeepsState]:
        """The executors whose objects survive, by how their payloads are written."""
        executors: Mapping[PayloadKind, object] = self.executors
        return {
            kind.name: executor for kind, executor in executors.items() if _keeps_state(executor)
        }

    def _meant(self, device: Eui64 | None) -> bool:
        """Whether an event is for this device of those that share a radio."""
        return device is None or device == self.identity.eui64

    def _raised(self, event: AlertRequest, now: Instant) -> Sequence[object]:
        moment = self.clock.moment(now)
        if self.identity.kind is DeviceKind.CHF:
            self._record.note(event.code, moment)
        return self._tell(self._alerting.raised(event.code, event.content, moment), now)

    def _command(self, event: PartnerCommandRequest, now: Instant) -> Sequence[object]:
        """A command of this device to one in its log, which the other answers."""
        try:
            message = self._partners.command(event)
        except MissingKeyError as fault:
            return (AnswerNotSent(event.message_code, str(fault)),)
        return self._linked(self._exchange.send(message, now), now)

    def _arrived(self, octets: bytes, now: Instant) -> Sequence[object]:
        try:
            return self._linked(self._exchange.arrived(octets, now), now)
        except WireError as fault:
            return self._refused(fault, None, now)

    def _linked(self, exchanged: Sequence[ExchangeEffect], now: Instant) -> Sequence[object]:
        """What whole messages and blocks of the link lead to."""
        effects: list[object] = []
        for each in exchanged:
            match each:
                case Outgoing(recipient, octets):
                    effects.append(MessageRequest(recipient, octets))
                case Incoming(octets):
                    effects += self._message(octets, now)
                case TransferFailed(route, sending, reason):
                    effects.append(
                        BlocksAbandoned(route.message_code, route.counter, sending, reason)
                    )
        return effects

    def _message(self, octets: bytes, now: Instant) -> Sequence[object]:
        try:
            message = Message.decode(octets)
        except WireError as fault:
            return self._refused(fault, None, now)
        if message.recipient in self._housemates:
            return ()
        answered = self._partners.answered(message)
        if answered is not None:
            return (answered,)
        try:
            admitted = self._admission.admit(message, self.clock.moment(now))
            kind = self._kind(message)
        except (ProtectionError, MissingKeyError) as fault:
            return self._refused(fault, message, now)
        self._admission.record(admitted)
        return self._execute(kind, admitted, now)

    def _kind(self, message: Message) -> PayloadKind:
        """How the payload is written, when there is who executes it."""
        kind = payload_kind(message.payload)
        if kind not in self.executors:
            reason = f"this device has nothing that {kind.value} commands could act on"
            at = message.offset_of("payload")
            raise ProtectionError(Rule.DEVICE, "Message.payload", at, reason)
        return kind

    def _execute(self, kind: PayloadKind, admitted: Admitted, now: Instant) -> Sequence[object]:
        """Have an admitted command executed, and answer it."""
        moment = self.clock.moment(now)
        answer = Answer(self.identity, admitted, self.counter)
        faults, self._faults = self._faults, ()
        command = Command(
            message=admitted.message,
            payload=admitted.payload,
            use_case=admitted.use_case,
            sender=admitted.sender,
            moment=moment,
            encrypt=answer.encrypt,
            faults=faults,
        )
        try:
            executed = self.executors[kind].execute(command)
        except MissingKeyError as fault:
            return (AnswerNotSent(answer.message_code, str(fault)),)
        self._waiting.add(kind, executed.deferred)
        return (
            _executed(admitted, executed),
            *self._answered(answer, executed, now),
            *self._effects(executed.effects, now, logged=kind is not PayloadKind.ASN1),
        )

    def _answered(self, answer: Answer, executed: Executed, now: Instant) -> Sequence[object]:
        if executed.response is None:
            return ()
        try:
            octets = executed.response.encode()
            message = answer.message(octets, self.clock.moment(now), self.clock.status_octet)
            return self._linked(self._exchange.send(message, now), now)
        except LocalError as fault:
            return (AnswerNotSent(answer.message_code, str(fault)),)

    def _effects(
        self, effects: Sequence[object], now: Instant, *, logged: bool
    ) -> Sequence[object]:
        """What an execution had as effects, its alerts made.

        What executors with logs tell of stands there already; that of ASN.1 commands has none.
        """
        found: list[object] = []
        for each in effects:
            if isinstance(each, AlertRequest):
                if not logged:
                    self._record.note(logged_refusal(each.code), self.clock.moment(now))
                found += self._raised(each, now)
                continue
            self._record.heed(each, self.clock.moment(now))
            if not isinstance(each, _OUTCOMES):
                found.append(each)
        return found

    def _carry_out(self, kind: PayloadKind, deferred: Deferred, now: Instant) -> Sequence[object]:
        """Do what waited, and tell of it."""
        executed = deferred.carry_out(self.clock.moment(now))
        self._waiting.add(kind, executed.deferred)
        logged = kind is not PayloadKind.ASN1
        effects = list(self._effects(executed.effects, now, logged=logged))
        about = deferred.description
        superseded = any(isinstance(each, ExecutionSuperseded) for each in executed.effects)
        if superseded or not isinstance(about, FutureDated):
            return effects
        well = not any(isinstance(each, ExecutionFailed) for each in executed.effects)
        told = self._alerting.waited(about, executed.response, deferred.due, succeeded=well)
        fact = WaitingCarriedOut(about.message_code, about.counter, well)
        return (fact, *effects, *self._tell(told, now))

    def _image(self, received: ImageReceived, now: Instant) -> Sequence[object]:
        """Verify an image, and hold or run it."""
        effects, told = self._images.received(received, self.clock.moment(now))
        return (*effects, *self._tell(told, now))

    def _refused(
        self,
        fault: WireError | ProtectionError | MissingKeyError,
        message: Message | None,
        now: Instant,
    ) -> Sequence[object]:
        """Tell of a message that is not acted on."""
        rule, field, reason = _why(fault)
        moment = self.clock.moment(now)
        alert, told = self._alerting.refused(rule, message, moment)
        if alert is not None:
            self._record.note(logged_refusal(alert), moment)
        fact = CommandRefused(
            rule.value,
            field,
            reason,
            None if message is None else message.other_information.message_code,
            None if message is None else message.originator,
            None if message is None else message.counter,
            alert,
        )
        return (fact, *self._tell(told, now))

    def _tell(self, told: Sequence[Told], now: Instant) -> Sequence[object]:
        effects: list[object] = []
        for each in told:
            effects.append(each.fact)
            if each.message is not None:
                effects += self._linked(self._exchange.send(each.message, now), now)
        return effects


def _executed(admitted: Admitted, executed: Executed) -> CommandExecuted:
    message = admitted.message
    return CommandExecuted(
        admitted.use_case.code,
        str(admitted.use_case),
        message.originator,
        admitted.sender.name,
        message.counter,
        executed.response is not None,
        len(executed.deferred),
    )


def _why(fault: WireError | ProtectionError | MissingKeyError) -> tuple[Rule, str, str]:
    """The rule that a message breaks, the field, and what was there."""
    match fault:
        case ProtectionError():
            return fault.rule, fault.path, fault.reason
        case WireError():
            return Rule.FORMAT, fault.path, fault.reason
        case MissingKeyError():
            return Rule.MAC, "Message.mac", str(fault)


def _keeps_state(executor: object) -> TypeGuard[_KeepsState]:
    return is_like(type(executor), _KeepsState)
