"""What a device did against what it should have done: verdict, differing field, both as trees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from emulator.bench.cases.cases import Expectation, Outcome
from emulator.dcc.alert_reading import alert_code as code_in
from emulator.dlms.access import AccessResult
from emulator.gbcs.alert_codes import alert_name
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.meaning.message import explain
from emulator.gbcs.meaning.tree import Tree
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs_device.gbz.answers import HARDWARE_FAILURE
from emulator.gbcs_device.replay.told_answers import injected_faults, plain_payload
from emulator.kernel.errors import LocalError, WireError
from emulator.lab.result import Verdict
from emulator.wire.hexdump import hexdump

FAULT: Final = AccessResult.HARDWARE_FAULT
"""What an item that is made to fail answers; ZCL's hardware failure is another number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What came of one expectation.

    Args:
        field: the first thing that differs; empty where nothing does.
        reason: what was expected and what was there.
        expected: as a tree.
        seen: as a tree.
        octets: of the message that differs.
    """

    verdict: Verdict
    field: str = ""
    reason: str = ""
    expected: Tree | None = None
    seen: Tree | None = None
    octets: bytes = b""

    @property
    def dump(self) -> str:
        """The message that differs as a hexdump; empty where there is none."""
        return hexdump(self.octets) if self.octets else ""


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
            count = len(seen.responses)
            told = Tree("response", f"{count} came", tuple(map(_tree, seen.alerts)))
            reason = f"{count} responses, expected one"
            return _failed("response", reason, Tree("response", "one"), told)
        return self._answered(command, expected, seen.responses[0])

    def _refused(self, command: Message, expected: Expectation, seen: Seen) -> Judged:
        told = Tree("device", "", (*map(_tree, seen.responses), *map(_tree, seen.alerts)))
        wanted = Tree("device", Outcome.REFUSED.value, _wanted_alert(expected))
        if seen.responses:
            octets = seen.responses[0].encode()
            code = command.other_information.message_code
            reason = f"a response to {code:04X}, expected none"
            return _failed("response", reason, wanted, told, octets)
        if expected.alert is None:
            return PASSED
        codes = [alert_code(each) for each in seen.alerts]
        if expected.alert in codes:
            return PASSED
        name = f"{expected.alert:04X} {alert_name(expected.alert)}"
        if not codes:
            return _failed("alert", f"no alert, expected {name}", wanted, told)
        got = ", ".join("?" if code is None else f"{code:04X}" for code in codes)
        return Judged(
            verdict=Verdict.INCONCLUSIVE,
            field="alert code",
            reason=f"alert {got}, expected {name}: which code tells of this is unverified",
            expected=wanted,
            seen=told,
        )

    def _answered(self, command: Message, expected: Expectation, response: Message) -> Judged:
        octets = response.encode()
        try:
            payload = decode_payload(response)
            self.protection.require(response)
        except WireError as fault:
            return _failed(fault.path, f"byte {fault.offset}: {fault.reason}", octets=octets)
        except ProtectionError as fault:
            return _failed(fault.path, fault.reason, seen=_tree(response), octets=octets)
        except MissingKeyError as fault:
            return Judged(verdict=Verdict.ERROR, field="keys", reason=str(fault))
        wrong = _heading_difference(command, response)
        if wrong is not None:
            return _failed(*wrong, seen=explain(response, payload), octets=octets)
        if expected.outcome is Outcome.ANSWERED:
            return PASSED
        return self._items(command, expected, response)

    def _items(self, command: Message, expected: Expectation, response: Message) -> Judged:
        """Hold the result of each item against what it should be."""
        asked = decode_payload(command)
        plain = plain_payload(response, self.protection.agreement)
        failed = {each.item: each.result for each in injected_faults(asked, plain)}
        wanted = {} if expected.item is None else {expected.item: fault_number(asked)}
        if failed == wanted:
            return PASSED
        field = f"item {min(failed.keys() ^ wanted.keys(), default=expected.item or 0)}"
        return _failed(
            field,
            f"failed items {_results(failed)}, expected {_results(wanted)}",
            Tree("results", _results(wanted)),
            explain(response, plain),
            response.encode(),
        )


def fault_number(command: Payload) -> int:
    """The result of an item that is made to fail, as its payload numbers results."""
    return HARDWARE_FAILURE if isinstance(command, GbzPayload) else FAULT


def alert_code(message: Message) -> int | None:
    """The code of an alert; None where it is not to be read."""
    try:
        return code_in(decode_payload(message))
    except WireError:
        return None


def _results(failed: dict[int, int]) -> str:
    return ", ".join(f"{item}: {result}" for item, result in sorted(failed.items())) or "none"


def _heading_difference(command: Message, response: Message) -> tuple[str, str] | None:
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
            return name, f"{got:X}, expected {wanted:X}"
    return None


def _wanted_alert(expected: Expectation) -> tuple[Tree, ...]:
    if expected.alert is None:
        return ()
    return (Tree("alert", f"{expected.alert:04X} {alert_name(expected.alert)}"),)


def _tree(message: Message) -> Tree:
    try:
        return explain(message, decode_payload(message))
    except (WireError, LocalError) as fault:
        return Tree("message", str(fault))


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
