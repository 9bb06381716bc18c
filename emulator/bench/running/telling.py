"""What a device said, as trees and in words: for judgements and for those who read them."""

from collections.abc import Mapping, Sequence

from emulator.bench.cases.cases import Expectation
from emulator.dcc.alert_reading import alert_code as code_in
from emulator.gbcs.alert_codes import alert_name
from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.meaning.dlms import result_name
from emulator.gbcs.meaning.gbz import status_text
from emulator.gbcs.meaning.message import explain
from emulator.gbcs.meaning.tree import Tree
from emulator.gbcs.payload import Payload, decode_payload
from emulator.kernel.errors import LocalError, WireError
from emulator.zcl.primitives import ZclStatus


def alert_code(message: Message) -> int | None:
    """The code of an alert; None where it is not to be read."""
    try:
        return code_in(decode_payload(message))
    except WireError:
        return None


def alert_text(code: int | None) -> str:
    """An alert code with its name."""
    return "unreadable" if code is None else f"{code:04X} {alert_name(code)}"


def silence_tree(expected: Expectation) -> Tree:
    """What a device says that refuses: nothing, but perhaps an alert."""
    alert = () if expected.alert is None else (Tree("alerts", alert_text(expected.alert)),)
    return Tree("device", "", (Tree("responses", "0"), *alert))


def told_tree(
    responses: Sequence[Message], alerts: Sequence[Message], broken: Sequence[str] = ()
) -> Tree:
    """What a device said: counted, and then message by message.

    Args:
        responses: its answers.
        alerts: what it told by itself.
        broken: why something is no message at all.
    """
    codes = ", ".join(alert_text(alert_code(each)) for each in alerts) or "none"
    counts = (Tree("responses", str(len(responses))), Tree("alerts", codes))
    others = (Tree("no message", reason) for reason in broken)
    return Tree("device", "", (*counts, *map(message_tree, (*responses, *alerts)), *others))


def item_tree(item: int, results: Mapping[int, str]) -> Tree:
    """How one item of a command went; those that are not named succeeded."""
    result = results.get(item)
    return Tree(f"item {item}", "succeeds" if result is None else f"fails with {result}")


def result_text(command: Payload, result: int) -> str:
    """The result of an item by name and number, as the payload of its command numbers results."""
    if isinstance(command, GbzPayload):
        return status_text(ZclStatus(result))
    return f"{result_name(result)} ({result})"


def message_tree(message: Message, plain: Payload | None = None) -> Tree:
    """What a message says.

    Args:
        message: it.
        plain: its payload where it is known without encryption.
    """
    try:
        return explain(message, decode_payload(message) if plain is None else plain)
    except (WireError, LocalError) as fault:
        return Tree("message", str(fault))
