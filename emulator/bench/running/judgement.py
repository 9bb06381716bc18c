"""What a device did against what it should have done: verdict, differing field, both as trees."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from emulator.bench.cases.cases import Expectation, Outcome
from emulator.bench.cases.hooks import hook_of
from emulator.bench.running.annotation import annotated
from emulator.bench.running.telling import (
    alert_code,
    alert_text,
    item_tree,
    message_tree,
    result_text,
    silence_tree,
    told_tree,
)
from emulator.dlms.access import AccessResult
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.meaning.message import explain
from emulator.gbcs.meaning.tree import Tree
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError, Rule
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.gbz.commands.answers import HARDWARE_FAILURE
from emulator.gbcs_device.replay.told_answers import injected_faults, plain_payload
from emulator.kernel.errors import WireError
from emulator.lab.kept.result import Verdict
from emulator.wire.hexdump import hexdump

__all__ = [
    "FAULT",
    "PASSED",
    "Judge",
    "Judged",
    "Seen",
    "Triage",
    "alert_code",
    "fault_number",
    "sorted_out",
]

FAULT: Final = AccessResult.HARDWARE_FAULT
"""What an item that is made to fail answers; ZCL's hardware failure is another number."""
_SUCCESS: Final = "success"
_UNKNOWN_KEY: Final = (Rule.KNOWN_PARTY, Rule.KEY_USAGE)
"""A response is from the device and for the sender: who is not known there, the bench lacks."""
_UNDELIVERED: Final = 0x8F84
"""Alert of a hub: a message of a remote party could not be delivered to a device (GBCS 16.2)."""


class Triage(Enum):
    """What is to be looked at, as a Panel decision would name it (SEC H14.43)."""

    CODE = "code"
    """(a) The Code: what it asks for is not known for sure."""
    DCC_SYSTEMS = "dcc_systems"
    """(b) The DCC's systems, its hub included."""
    DEVICE = "device"
    """(c) The device."""
    USER_SYSTEMS = "user_systems"
    """(d) The user's own: records, values and hooks that are not of this package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What came of one expectation.

    Args:
        field: the first thing that differs; empty where nothing does.
        reason: what was expected and what was there.
        expected: as a tree; a pattern of `seen`, see `emulator.bench.running.difference`.
        seen: as a tree.
        octets: of the message that differs.
        triage: whose it is; None for passes, and where the bench itself is at fault.
    """

    verdict: Verdict
    field: str = ""
    reason: str = ""
    expected: Tree | None = None
    seen: Tree | None = None
    octets: bytes = b""
    triage: Triage | None = None

    @property
    def dump(self) -> str:
        """The message that differs as an annotated hexdump; empty where there is none."""
        if not self.octets:
            return ""
        try:
            message = Message.decode(self.octets)
            return annotated(self.octets, explain(message, decode_payload(message)))
        except WireError as fault:
            return f"{fault}\n{hexdump(self.octets, mark=fault.offset)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a device sent after a command.

    Args:
        responses: its answers to this command.
        alerts: everything that it told by itself.
        broken: what is no message at all, with the reason.
    """

    responses: tuple[Message, ...] = ()
    alerts: tuple[Message, ...] = ()
    broken: tuple[tuple[bytes, str], ...] = ()

    @property
    def tree(self) -> Tree:
        """All of it."""
        return told_tree(self.responses, self.alerts, [reason for _, reason in self.broken])


PASSED: Final = Judged(verdict=Verdict.PASS)


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges one device.

    Args:
        protection: with the keys of every party.
    """

    protection: Protection

    def judge(self, command: Message, expected: Expectation, seen: Seen) -> Judged:
        """What it is worth that this was seen after the command."""
        if expected.outcome is Outcome.REFUSED:
            return self._refused(command, expected, seen)
        if seen.broken and not seen.responses:
            octets, reason = seen.broken[0]
            return _failed("message", f"what came is no message: {reason}", octets=octets)
        if len(seen.responses) != 1:
            return _not_one_response(seen)
        judged = self._answered(command, expected, seen.responses[0])
        return (
            judged if judged.verdict is not Verdict.PASS else _by_hook(command, seen.responses[0])
        )

    def _answered(self, command: Message, expected: Expectation, response: Message) -> Judged:
        try:
            decode_payload(response)
        except WireError as fault:
            reason = f"byte {fault.offset}: {fault.reason}"
            return _unlike(Unlike(fault.path, reason, "to decode", reason), response)
        wrong = _heading_difference(command, response)
        if wrong is not None:
            return _unlike(wrong, response)
        unsound = self._unsound(response)
        if unsound is not None or expected.outcome is Outcome.ANSWERED:
            return unsound or PASSED
        return self._items(command, expected, response)

    def _unsound(self, response: Message) -> Judged | None:
        """What is wrong with the protection of a response; None where it is as it should be."""
        try:
            self.protection.require(response)
        except ProtectionError as fault:
            if fault.rule in _UNKNOWN_KEY:
                return Judged(verdict=Verdict.ERROR, field="keys", reason=fault.reason)
            return _unlike(Unlike(fault.path, fault.reason, "to verify", fault.reason), response)
        except MissingKeyError as fault:
            return Judged(verdict=Verdict.ERROR, field="keys", reason=str(fault))
        return None

    def _refused(self, command: Message, expected: Expectation, seen: Seen) -> Judged:
        if seen.responses:
            code = command.other_information.message_code
            return _failed(
                "response",
                f"a response to {code:04X}, expected none",
                silence_tree(expected),
                seen.tree,
                seen.responses[0].encode(),
            )
        return PASSED if expected.alert is None else self.alert(command, expected, seen)

    def alert(self, command: Message, expected: Expectation, seen: Seen) -> Judged:
        """Whether the alert that is due came, from the device and with its protection."""
        told = (each for each in seen.alerts if each.originator == command.recipient)
        due = [each for each in told if alert_code(each) == expected.alert]
        if not due:
            return _no_such_alert(expected, seen)
        faults = [self._alert_fault(each) for each in due]
        if None in faults:
            return PASSED
        fault = next(each for each in faults if each is not None)
        return replace(_unlike(fault, due[0]), field=f"alert: {fault.field}")

    def _alert_fault(self, alert: Message) -> "Unlike | None":
        """What is wrong with the protection of an alert; None where it is as it should be."""
        try:
            self.protection.require(alert)
        except ProtectionError as fault:
            return Unlike(fault.path, fault.reason, "to verify", fault.reason)
        except MissingKeyError as fault:
            return Unlike("keys", str(fault), "to be known", str(fault))
        return None

    def _items(self, command: Message, expected: Expectation, response: Message) -> Judged:
        """Hold the result of each item against what it should be."""
        asked = decode_payload(command)
        plain = plain_payload(response, self.protection.agreement)
        faults = injected_faults(asked, plain)
        failed = {each.item: result_text(asked, each.result) for each in faults}
        due = result_text(asked, fault_number(asked))
        wanted = {} if expected.item is None else {expected.item: due}
        if failed == wanted:
            return PASSED
        decoded = message_tree(response, plain)
        items = sorted(failed.keys() | wanted.keys())
        first = next(each for each in items if failed.get(each) != wanted.get(each))
        return _failed(
            f"item {first}",
            f"{failed.get(first, _SUCCESS)}, expected {wanted.get(first, _SUCCESS)}",
            Tree("response", "", tuple(item_tree(each, wanted) for each in items)),
            Tree("response", "", (*(item_tree(each, failed) for each in items), decoded)),
            response.encode(),
        )


@dataclass(frozen=True, slots=True)
class Unlike:
    """One part of a response that is not as it must be.

    Args:
        field: its name.
        reason: in words.
        wanted: its value; also `got`.
    """

    field: str
    reason: str
    wanted: str
    got: str


def _unlike(found: Unlike, response: Message) -> Judged:
    return _failed(
        found.field,
        found.reason,
        Tree("response", "", (Tree(found.field, found.wanted),)),
        Tree("response", "", (Tree(found.field, found.got), message_tree(response))),
        response.encode(),
    )


def _by_hook(command: Message, response: Message) -> Judged:
    """What a user's own hook says of an answer that is right in every other way."""
    hook = hook_of(use_case(command.other_information.message_code))
    reason = "" if hook is None else hook.judge(command, response)
    if hook is None or not reason:
        return PASSED
    name = f"judge() of {hook.path.name}"
    return _unlike(Unlike(name, reason, "nothing to object to", reason), response)


def _not_one_response(seen: Seen) -> Judged:
    count = len(seen.responses)
    told = seen.tree
    wanted = Tree("device", "", (Tree("responses", "1"),))
    reason = f"{count} responses, expected one"
    undelivered = [each for each in seen.alerts if alert_code(each) == _UNDELIVERED]
    if undelivered and not count:
        return Judged(
            verdict=Verdict.INCONCLUSIVE,
            field="response",
            reason=f"{reason}: the hub tells that it could not deliver the command",
            expected=wanted,
            seen=told,
            octets=undelivered[0].encode(),
            triage=Triage.DCC_SYSTEMS,
        )
    return _failed("response", reason, wanted, told)


def _no_such_alert(expected: Expectation, seen: Seen) -> Judged:
    wanted, told, name = silence_tree(expected), seen.tree, alert_text(expected.alert)
    if not seen.alerts:
        return _failed("alert", f"no alert, expected {name}", wanted, told)
    codes = [alert_code(each) for each in seen.alerts]
    got = ", ".join("?" if code is None else f"{code:04X}" for code in codes)
    return Judged(
        verdict=Verdict.INCONCLUSIVE,
        field="alert code",
        reason=f"alert {got}, expected {name}: which code tells of this is unverified",
        expected=wanted,
        seen=told,
        octets=seen.alerts[0].encode(),
        triage=Triage.CODE,
    )


def fault_number(command: Payload) -> int:
    """The result of an item that is made to fail, as its payload numbers results."""
    return HARDWARE_FAILURE if isinstance(command, GbzPayload) else FAULT


def _heading_difference(command: Message, response: Message) -> Unlike | None:
    """The first part of a response's heading that does not belong to the command."""
    pairs = (
        ("counter", response.counter, command.counter),
        ("originator", response.originator, command.recipient),
        ("recipient", response.recipient, command.originator),
        (
            "message code",
            response.other_information.message_code,
            command.other_information.message_code,
        ),
    )
    for name, got, wanted in pairs:
        if got != wanted:
            reason = f"{got:X}, expected {wanted:X}"
            return Unlike(name, reason, f"{wanted:X}", f"{got:X}")
    return None


def _failed(
    field: str,
    reason: str,
    expected: Tree | None = None,
    seen: Tree | None = None,
    octets: bytes = b"",
) -> Judged:
    return Judged(
        verdict=Verdict.FAIL,
        field=field,
        reason=reason,
        expected=expected,
        seen=seen,
        octets=octets,
        triage=Triage.DEVICE,
    )


def sorted_out(device_messages: Sequence[bytes], command: Message) -> Seen:
    """What of the messages of a device answers a command, and what it told by itself."""
    responses: list[Message] = []
    alerts: list[Message] = []
    broken: list[tuple[bytes, str]] = []
    for octets in device_messages:
        try:
            message = Message.decode(octets)
        except WireError as fault:
            broken.append((octets, str(fault)))
            continue
        if message.cra is Cra.ALERT:
            alerts.append(message)
        elif message.cra is Cra.RESPONSE and message.originator == command.recipient:
            responses.append(message)
    return Seen(responses=tuple(responses), alerts=tuple(alerts), broken=tuple(broken))
