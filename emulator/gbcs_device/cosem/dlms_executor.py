"""Executes access requests on the COSEM objects of one device (GBCS 7.2.8, DLMS payloads).

Reference answers show one result for an item that fails, and another for every item after it. Which
result a meter gives for which fault is unverified: it is the one that DLMS names for it.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from emulator.cosem.server.activation import is_activation_time
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.methods import METHODS, Invocation
from emulator.cosem.server.object_store import ObjectStore
from emulator.cosem.server.selection import ALL_TIMES, TimeRange, select, time_range
from emulator.dlms.access import AccessRequest, AccessResponse, AccessResult, Outcome
from emulator.dlms.data import NULL, Data
from emulator.dlms.descriptors import AccessKind, Descriptor
from emulator.dlms.invocation import BREAK_ON_ERROR
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import message_code_alone
from emulator.gbcs.payload import Payload
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.cosem.data_protection import (
    DATA_PROTECTION,
    GET_PROTECTED_ATTRIBUTES,
    protected_attributes,
)
from emulator.gbcs_device.cosem.duty import (
    Activated,
    Called,
    Check,
    Duty,
    Entries,
    ItemOutcome,
    Method,
    Read,
    Told,
    Written,
)
from emulator.gbcs_device.cosem.event_logs import EVENT_LOG, note_in_security_log
from emulator.gbcs_device.cosem.future_dates import FutureDates
from emulator.gbcs_device.cosem.told_state import told_attributes, told_methods
from emulator.gbcs_device.execution import Command, Deferred, Executed
from emulator.gbcs_device.security_codes import EVENT_LOG_CLEARED
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64

_ANSWER_KINDS: Final = {
    AccessKind.GET: AccessKind.GET,
    AccessKind.SET: AccessKind.SET,
    AccessKind.ACTION: AccessKind.ACTION,
    AccessKind.GET_WITH_SELECTION: AccessKind.GET,
    AccessKind.SET_WITH_SELECTION: AccessKind.SET,
}
_LOOK: Final = 0x0027
"""ECS17b, which reads registers: what a device shows itself is read as by that."""
_RESET: Final = 1
"""Method of a profile (IEC 62056-6-2 4.3.6)."""
_NOT_DONE: Final = ItemOutcome(AccessResult.OTHER_REASON)
"""What every item answers that comes after one that failed."""


class DlmsExecutor:
    """The items of each command, in order; after one that failed none is done.

    Args:
        store: the objects.
        duties: what they do beyond holding values.
    """

    def __init__(self, store: ObjectStore, duties: Sequence[Duty] = ()) -> None:
        self.store = store
        self._activated: dict[Attribute, Activated] = {}
        self._dates = FutureDates(store, self._activated)
        self._checks: dict[Attribute, Check] = {}
        self._logs: dict[Attribute, Entries] = {}
        self._reads: dict[Attribute, Read] = {}
        self._writes: dict[Attribute, Written] = {}
        self._methods: dict[Method, Called] = {}
        self._told: dict[Attribute, Told] = {}
        self._given_back: dict[Method, Told] = {}
        self._kept = {duty.name: duty.kept for duty in duties if duty.kept is not None}
        for duty in duties:
            self._reads.update(duty.reads)
            self._writes.update(duty.writes)
            self._checks.update(duty.checks)
            self._activated.update(duty.activated)
            self._logs.update(duty.logs)
            self._methods.update(duty.methods)
            self._told.update(duty.told)
            self._given_back.update(duty.given_back)

    def execute(self, command: Command) -> Executed:
        """Do what an access request says, and answer each of its items."""
        request = command.payload
        if not isinstance(request, AccessRequest):
            raise LocalError(f"{type(request).__name__} is no access request")
        waiting = {each.description for each in self._dates.deferred()}
        outcomes = self._items(request, command)
        if any(map(_clears_event_log, request.descriptors, outcomes)):
            self.note(EVENT_LOG_CLEARED, command.moment)
        response = AccessResponse(
            request.invoke_id,
            tuple(outcome.data for outcome in outcomes),
            tuple(
                Outcome(_ANSWER_KINDS[item.kind], outcome.result)
                for item, outcome in zip(request.descriptors, outcomes, strict=True)
            ),
        )
        return Executed(
            response,
            tuple(effect for outcome in outcomes for effect in outcome.effects),
            tuple(each for each in self._dates.deferred() if each.description not in waiting),
        )

    def look(self, attribute: Attribute, moment: datetime) -> Data:
        """What an attribute shows to the device itself, whoever may read it.

        Args:
            attribute: which.
            moment: the device's own time, UTC.

        Raises:
            LocalError: when there is no such attribute.
        """
        log = self._logs.get(attribute)
        if log is not None:
            return log(*ALL_TIMES)
        own = self._reads.get(attribute)
        return self.store.value(attribute) if own is None else own(_looking(moment))

    def note(self, code: int, moment: datetime) -> None:
        """Write an event into the security log, where the device has one."""
        note_in_security_log(self.store, code, moment)

    def waiting(self) -> tuple[Deferred, ...]:
        """What waits for its date, in the order of the commands."""
        return self._dates.deferred()

    def _items(self, request: AccessRequest, command: Command) -> list[ItemOutcome]:
        faults = {fault.item: fault.result for fault in command.faults}
        outcomes: list[ItemOutcome] = []
        failed = False
        for index, (item, data) in enumerate(zip(request.descriptors, request.data, strict=True)):
            if failed and request.invoke_id & BREAK_ON_ERROR:
                outcomes.append(_NOT_DONE)
                continue
            outcome = (
                ItemOutcome(faults[index]) if index in faults else self._item(item, data, command)
            )
            failed = failed or outcome.result != AccessResult.SUCCESS
            outcomes.append(outcome)
        return outcomes

    def _item(self, item: Descriptor, data: Data, command: Command) -> ItemOutcome:
        match item.kind:
            case AccessKind.GET | AccessKind.GET_WITH_SELECTION:
                return self._get(item, command)
            case AccessKind.SET:
                return self._set(_attribute(item), data, command)
            case AccessKind.ACTION:
                return self._act(Method(*_attribute(item)), data, command)
            case _:
                return ItemOutcome(AccessResult.READ_WRITE_DENIED)

    def _get(self, item: Descriptor, command: Command) -> ItemOutcome:
        result, value = self._read(_attribute(item), command, time_range(item.selection))
        if value is None or item.selection is None:
            return ItemOutcome(result, NULL if value is None else value)
        part = select(value, item.selection)
        if part is None:
            return ItemOutcome(AccessResult.SCOPE_OF_ACCESS_VIOLATED)
        return ItemOutcome(data=part)

    def _read(
        self, attribute: Attribute, command: Command, within: TimeRange | None = None
    ) -> tuple[int, Data | None]:
        """The value of an attribute; of a log no more than what is within a range."""
        result, value = self.store.read(attribute)
        if value is None:
            return result, None
        log = self._logs.get(attribute)
        if log is not None:
            return result, log(*(within or ALL_TIMES))
        own = self._reads.get(attribute)
        return result, value if own is None else own(command)

    def _set(self, attribute: Attribute, value: Data, command: Command) -> ItemOutcome:
        before = self.store.value(attribute) if self.store.has_attribute(attribute) else NULL
        check = self._checks.get(attribute)
        checked = AccessResult.SUCCESS if check is None else check(value)
        if checked is not AccessResult.SUCCESS:
            return ItemOutcome(checked)
        result = self.store.write(attribute, value)
        if result is not AccessResult.SUCCESS:
            return ItemOutcome(result)
        effects: Sequence[object] = ()
        if is_activation_time(attribute):
            date = value.value if isinstance(value.value, bytes) else b""
            activated = self._dates.set(attribute, date, command)
            if activated is None:
                self.store.hold(attribute, before)
                return ItemOutcome(AccessResult.TYPE_UNMATCHED)
            effects = activated
        written = self._writes.get(attribute)
        follows = () if written is None else tuple(written(value, command))
        return ItemOutcome(effects=(*effects, *follows))

    def _act(self, method: Method, parameters: Data, command: Command) -> ItemOutcome:
        if not self.store.has(method.class_id, method.obis):
            return ItemOutcome(AccessResult.OBJECT_UNDEFINED)
        if not self.store.has_method(*method):
            return ItemOutcome(AccessResult.READ_WRITE_DENIED)
        if (method.class_id, method.number) == (DATA_PROTECTION, GET_PROTECTED_ATTRIBUTES):
            return protected_attributes(
                parameters,
                lambda attribute, within: self._read(attribute, command, within),
                command,
            )
        own = self._methods.get(method)
        if own is not None:
            return own(parameters, command)
        of_class = METHODS.get((method.class_id, method.number))
        if of_class is None:
            return ItemOutcome(AccessResult.OBJECT_UNAVAILABLE)
        return ItemOutcome(
            of_class(Invocation(self.store, method.obis, parameters, command.moment))
        )

    def seed(self, command: Message, response: Payload) -> None:
        """Hold what this answer tells, so that the same command is answered like it."""
        for attribute, value in told_attributes(command, response):
            hold = self._told.get(attribute)
            if hold is not None:
                hold(value)
            elif self.store.has_attribute(attribute):
                with suppress(LocalError):
                    self.store.hold(attribute, value)
        for method, given_back in told_methods(command, response):
            take = self._given_back.get(method)
            if take is not None:
                take(given_back)

    def snapshot(self) -> Mapping[str, object]:
        """All that the objects hold, as JSON could say it."""
        return {
            "values": self.store.snapshot(),
            "waiting": self._dates.snapshot(),
            "duties": {name: kept.snapshot() for name, kept in self._kept.items()},
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Hold again what a snapshot of the same kind of device says.

        Raises:
            LocalError: when it is none.
        """
        try:
            self.store.restore(snapshot["values"])
            self._dates.restore(snapshot["waiting"])
            for name, kept in self._kept.items():
                kept.restore(snapshot["duties"][name])
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            raise LocalError(f"no snapshot of this device's objects: {fault}") from fault


def _clears_event_log(item: Descriptor, outcome: ItemOutcome) -> bool:
    """Whether an item emptied the event log (GBCS ECS15a)."""
    of = (item.class_id, item.obis, item.member)
    done = outcome.result is AccessResult.SUCCESS
    return done and item.kind is AccessKind.ACTION and of == (*EVENT_LOG[:2], _RESET)


def _attribute(item: Descriptor) -> Attribute:
    return Attribute(item.class_id, item.obis, item.member)


def _looking(moment: datetime) -> Command:
    """What a duty is asked with when no remote party asks."""
    nobody = Eui64(0)
    message = Message(Cra.COMMAND, 0, nobody, nobody, b"", message_code_alone(_LOOK), b"")
    return Command(
        message=message,
        payload=AccessRequest(0, (), ()),
        use_case=use_case(_LOOK),
        sender=RemotePartyRole.SUPPLIER,
        moment=moment,
        encrypt=lambda octets: octets,
    )
