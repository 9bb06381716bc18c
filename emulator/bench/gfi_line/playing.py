"""What `hanlab gfi send` and `hanlab gfi play` do once their words are read."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from emulator.bench.cases.command_maker import fullest_protection
from emulator.bench.gfi_line.caller import Alerted, Answered, CallerEffect, Strange
from emulator.bench.gfi_line.far_end import FarEnd, connected, far_end
from emulator.bench.gfi_line.serving import lab_keys
from emulator.dcc.commands.outcome import successful
from emulator.gbcs.commands.build import command_message
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError, WireError
from emulator.kernel.identity import Eui64, parse_eui64
from emulator.kernel.units import DEFAULT_START
from emulator.lab.inputs.scenario_files import USUAL_HOME
from emulator.lab.interactive.given_values import check_values, read_values
from emulator.lab.interactive.order_words import Mistakes, read_role
from emulator.lab.interactive.sender import PARTY_OF, usual_role
from emulator.lab.interactive.use_case_choice import chosen_use_case
from emulator.lab.messages.message_decoding import message_document, print_message
from emulator.lab.messages.message_input import read_message
from emulator.lab.runs.run import INTERRUPTED
from emulator.lab.shipments.shipment import ShipmentDevice, read_shipment

PASS, FAIL, INCONCLUSIVE = 0, 1, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A use case as the command line asks for it; options are told with the command."""

    use_case: str
    to: str
    values: tuple[str, ...] = ()
    line: str = ""
    devices: Path | None = None
    keystore: Path | None = None
    role: str | None = None
    counter: int | None = None
    wait: float = 60.0
    connect: float = 0.0
    line_settings: Path | None = None


@dataclass(frozen=True, slots=True)
class _Command:
    message: Message
    title: str
    keys: Protection
    far: FarEnd


def play_use_case(order: Order, *, as_json: bool) -> int:
    """Send a use case down a line, tell what comes, and give the exit status.

    Raises:
        UsageError: with every mistake of the words; then nothing was sent.
        EnvironmentFault: when nobody listens there, or the line is lost.
    """
    command = _command(order)
    came: list[CallerEffect] = []
    try:
        with connected(command.far, order.connect) as line:
            came += line.do(line.caller.send(command.message, line.now))
            came += line.listen(order.wait, lambda: not line.caller.waiting)
    except KeyboardInterrupt:
        return INTERRUPTED
    answers = [each.message for each in came if isinstance(each, Answered) and each.ours]
    if as_json:
        typer.echo(json.dumps(_document(command, came), indent=2, ensure_ascii=False))
    else:
        _print(came, command.keys)
    if not answers:
        typer.echo(f"{command.title}: no answer within {order.wait:g} s", err=True)
        return FAIL
    return PASS if all(map(_successful, answers)) else FAIL


def play_messages(
    words: Sequence[str],
    line: tuple[str, Path | None],
    keystore: Path | None,
    *,
    wait: float,
    connect: float,
) -> int:
    """Send messages as they are, tell what comes, and give the exit status.

    Args:
        words: the messages, as `hanlab gbcs decode` has them.
        line: where, and the file of its transport.
        keystore: keys to check with.
        wait: seconds for which it listens.
        connect: seconds for which it tries to connect.

    Raises:
        UsageError: when a word is no octets, or the line is none.
        EnvironmentFault: when nobody listens there, or the line is lost.
    """
    far = far_end(*line)
    pieces = [read_message(word, sys.stdin.buffer) for word in words]
    keys = None if keystore is None else _protection(keystore, [])
    count = 0
    try:
        with connected(far, connect) as client:
            for octets in pieces:
                count += _print(client.do(client.caller.send_octets(octets)), keys)
            count += _print(client.listen(wait, lambda: False), keys)
    except KeyboardInterrupt:
        return INTERRUPTED
    if not count:
        typer.echo(f"nothing came within {wait:g} s", err=True)
    return PASS if count else INCONCLUSIVE


def _command(order: Order) -> _Command:
    """The command of an order.

    Raises:
        UsageError: with every mistake of the words.
    """
    mistakes = Mistakes()
    far = mistakes.read(lambda: far_end(order.line, order.line_settings))
    device = mistakes.read(lambda: _device(order))
    kind = None if device is None else device.type
    use_case = mistakes.read(lambda: chosen_use_case(order.use_case, kind))
    values = mistakes.read(lambda: read_values(order.values))
    role = mistakes.read(lambda: read_role(order.role))
    if use_case is not None and values is not None:
        mistakes.read(lambda: check_values(use_case, values, order.to))
    if mistakes.problems or use_case is None or device is None or far is None:
        raise UsageError(*mistakes.problems)
    keys = _protection(order.keystore, [device.eui64])
    heading = CommandHeading(
        originator=PARTY_OF[role or usual_role(use_case)],
        recipient=device.eui64,
        counter=order.counter or int(datetime.now(UTC).timestamp()),
        issued=DEFAULT_START,
    )
    message = _protected(use_case, command_message(use_case, values or {}, heading), keys)
    return _Command(message, f"{use_case} to {device.type}", keys, far)


def _protected(use_case: UseCase, bare: Message, keys: Protection) -> Message:
    asked = fullest_protection(use_case)
    return keys.protect(bare, signed="signature" in asked, maced="MAC" in asked)


def _protection(folder: Path | None, devices: list[Eui64]) -> Protection:
    keys = lab_keys(folder, devices)
    return Protection(keys=keys, agreement=StoredKeyAgreement(keys))


def _device(order: Order) -> ShipmentDevice:
    """The device of a type or an EUI-64.

    Raises:
        UsageError: when the shipment has none.
    """
    there = read_shipment(order.devices or USUAL_HOME).devices
    for each in there:
        if each.type == order.to.upper():
            return each
    try:
        eui64 = parse_eui64(order.to)
    except UsageError:
        known = ", ".join(dict.fromkeys(each.type for each in there))
        raise UsageError(
            f"--to {order.to}: no such device: expected an EUI-64 or one of {known}"
        ) from None
    for each in there:
        if each.eui64 == eui64:
            return each
    raise UsageError(f"--to {order.to}: not in the shipment")


def _print(came: Iterable[CallerEffect], keys: Protection | None) -> int:
    """Tell a person what came, as it comes; how much it was."""
    console = Console()
    count = 0
    for each in came:
        count += 1
        match each:
            case Answered(message) | Alerted(message):
                print_message(message.encode(), keys, console)
            case Strange(reason, octets):
                told = f"left aside: {reason}" + (f": {octets.hex()}" if octets else "")
                console.print(Text(told, "red"), soft_wrap=True)
            case _:
                count -= 1
    return count


def _successful(response: Message) -> bool:
    """Whether a device says that it did everything; what cannot be read did nothing."""
    try:
        return successful(decode_payload(response))
    except WireError:
        return False


def _document(command: _Command, came: Sequence[CallerEffect]) -> dict[str, Any]:
    """What programs read."""
    responses = [each.message for each in came if isinstance(each, Answered)]
    alerts = [each.message for each in came if isinstance(each, Alerted)]
    return {
        "title": command.title,
        "command": command.message.encode().hex(),
        "responses": [message_document(each.encode(), command.keys) for each in responses],
        "alerts": [message_document(each.encode(), command.keys) for each in alerts],
        "left_aside": [each.reason for each in came if isinstance(each, Strange)],
    }
