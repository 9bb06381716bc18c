"""The gas proxy function's ear: it copies tariffs from commands that pass to the meter.

A command is taken over with the meter's answer to it, component by component, up to the first
that the meter refused (GBCS 10.4.2.11). What waits in the meter for its date is held here too, and
takes effect with the meter's alert that it did (use case FDRA, code 00CD).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final, TypeAlias

from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import PROFILE, GbzPayload
from emulator.gbcs.gbz_alert import FUTURE_DATED_SUCCESS, FutureDatedOutcome, GbzAlert
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.gbz.commands.answers import failed
from emulator.gbcs_device.gbz.event_reports import (
    COMMAND_FAILED,
    COMMAND_SUCCEEDED,
    CONTENT_OF_PROXY_FAILED,
    report_event,
)
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.meter import perform, take_effect
from emulator.gbcs_device.gbz.proxy.tap_off_messages import (
    CLEAR_EVENT_LOG,
    CODES,
    Treatment,
    accepted,
    treatment,
)
from emulator.gbcs_device.gbz.state.document import items, number, octets, part
from emulator.gbcs_device.gbz.state.event_logs import METER_GENERAL_LOG
from emulator.gbcs_device.gbz.state.moments import seconds_since_2000
from emulator.gbcs_device.gbz.state.waiting import WaitingCommands
from emulator.gbcs_device.primitives import AlertRequest, PartnerJoined, PartnerUnjoined
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant

MOST_UNANSWERED: Final = 16
"""Commands to the meter that are remembered while it sleeps; the oldest is forgotten first."""


@dataclass(frozen=True, slots=True)
class PassedToMeter:
    """Hub -> gas proxy function: this message is on its way to the gas meter."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class PassedFromMeter:
    """Hub -> gas proxy function: this message came from the gas meter."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class TappedOff:
    """The gas proxy function took over what a command to the meter says, or could not.

    Args:
        refused: why; empty when all of it was taken over.
    """

    kind: ClassVar[str] = "tapped_off"
    message_code: int
    counter: int
    refused: str = ""


TapOffEvent: TypeAlias = PassedToMeter | PassedFromMeter | PartnerJoined | PartnerUnjoined


class TapOff:
    """Listens for the gas meter in the device log of the gas proxy function, on its behalf.

    Args:
        executor: of the gas proxy function.
        proxy: its name.
        clock: its clock.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        PassedToMeter,
        PassedFromMeter,
        PartnerJoined,
        PartnerUnjoined,
    )

    def __init__(self, executor: GbzExecutor, proxy: Eui64, clock: DeviceClock) -> None:
        self.meter: Eui64 | None = None
        """Whose commands are listened to; None before one is in the device log."""
        self._proxy = proxy
        self._executor = executor
        self._clock = clock
        self._unanswered: dict[tuple[Eui64, int, int], bytes] = {}
        self._held = WaitingCommands()

    def handle(self, event: TapOffEvent, now: Instant) -> Sequence[object]:
        """Remember a command, or take over what an answer or alert says of one."""
        match event:
            case PassedToMeter():
                self._remember(event.octets)
            case PassedFromMeter():
                return self._heard(event.octets, now)
            case PartnerJoined():
                if event.device_type == DeviceType.GSME and self._own(event.device):
                    self.meter = event.eui64
            case PartnerUnjoined():
                if event.eui64 == self.meter and self._own(event.device):
                    self.meter = None
        return ()

    def wake(self, _now: Instant) -> Sequence[object]:
        """Nothing is ever due: the meter says when."""
        return ()

    @property
    def deadline(self) -> Instant | None:
        """None."""
        return None

    def snapshot(self) -> dict[str, object]:
        """What was heard and is not yet done, as JSON could say it."""
        return {
            "meter": self.meter,
            "unanswered": [each.hex() for each in self._unanswered.values()],
            "held": self._held.snapshot(),
        }

    def restore(self, snapshot: Mapping[str, object]) -> None:
        """Hold again what a snapshot says.

        Raises:
            LocalError: when it is none.
        """
        known = part(snapshot, "meter") is not None
        self.meter = Eui64(number(snapshot, "meter")) if known else None
        self._unanswered = {}
        for each in items(snapshot, "unanswered"):
            self._remember(octets(each))
        self._held.restore(snapshot, "held")

    def _own(self, device: Eui64 | None) -> bool:
        """Whether a device log is that of the gas proxy function."""
        return device in (None, self._proxy)

    def _remember(self, whole: bytes) -> None:
        message = _gbz_message(whole)
        if message is None:
            return
        code = message.other_information.message_code
        if message.cra is not Cra.COMMAND or message.recipient != self.meter or code not in CODES:
            return
        key = (message.originator, message.counter, code)
        self._unanswered.pop(key, None)
        self._unanswered[key] = whole
        if len(self._unanswered) > MOST_UNANSWERED:
            del self._unanswered[next(iter(self._unanswered))]

    def _heard(self, whole: bytes, now: Instant) -> Sequence[object]:
        message = _gbz_message(whole)
        if message is None or message.originator != self.meter:
            return ()
        try:
            payload = GbzPayload.decode(message.payload, message.cra)
        except WireError:
            return ()
        if payload.alert is not None:
            return self._carried_out(payload.alert, now)
        key = (message.recipient, message.counter, message.other_information.message_code)
        heard = self._unanswered.pop(key, None) if message.cra is Cra.RESPONSE else None
        command = None if heard is None else _gbz_message(heard)
        return () if command is None else self._take_over(command, payload, now)

    def _take_over(self, command: Message, answer: GbzPayload, now: Instant) -> Sequence[object]:
        try:
            commands = GbzPayload.decode(command.payload, Cra.COMMAND).components
        except WireError:
            return ()
        told = accepted(commands, answer.components)
        refused = told.refused
        for component in told.components:
            wrong = self._take(component, command, now)
            if wrong:
                refused = wrong
                break
        return self._outcome(command, refused, now)

    def _take(self, component: GbzComponent, command: Message, now: Instant) -> str:
        """Take one component over; why that was not possible, empty when it was."""
        match treatment(component):
            case Treatment.IGNORE:
                return ""
            case Treatment.REFUSE:
                return f"cluster {component.cluster:04X} is not for the gas proxy function"
            case Treatment.TAKE:
                return self._perform(component, command, now)

    def _perform(self, component: GbzComponent, command: Message, now: Instant) -> str:
        head = component.header
        if (component.cluster, head.to_side, head.command) == CLEAR_EVENT_LOG:
            self._executor.store.events.clear(METER_GENERAL_LOG)
            return ""
        source = self._executor.source(command, self._clock.moment(now))
        answer = perform(self._executor.store, component, source, self._held)
        return f"component {head.sequence} could not be taken over" if failed(answer) else ""

    def _outcome(self, command: Message, refused: str, now: Instant) -> Sequence[object]:
        code = command.other_information.message_code
        store = self._executor.store
        moment = seconds_since_2000(self._clock.moment(now))
        event = COMMAND_FAILED if refused else COMMAND_SUCCEEDED
        alerts: tuple[AlertRequest, ...] = report_event(
            store, event, moment, code.to_bytes(2, "big")
        )
        if refused:
            alerts += (AlertRequest(CONTENT_OF_PROXY_FAILED),)
        named = (replace(each, device=self._proxy) for each in alerts)
        return (TappedOff(code, command.counter, refused), *named)

    def _carried_out(self, alert: GbzAlert, now: Instant) -> Sequence[object]:
        outcome = alert.content
        if not isinstance(outcome, FutureDatedOutcome):
            return ()
        moment = seconds_since_2000(self._clock.moment(now))
        effects: list[object] = []
        for held in self._held.commands:
            if (held.message_code, held.counter, held.cluster, held.command) == (
                outcome.message_code,
                outcome.counter,
                outcome.cluster,
                outcome.command,
            ):
                self._held.take(held)
                if alert.code == FUTURE_DATED_SUCCESS:
                    done = take_effect(self._executor.store, held, moment, self._executor.tokens)
                    refused = "" if done else "could not be carried out"
                    effects.append(TappedOff(held.message_code, held.counter, refused))
        return effects


def _gbz_message(whole: bytes) -> Message | None:
    try:
        message = Message.decode(whole)
    except WireError:
        return None
    return message if message.payload.startswith(PROFILE) else None
