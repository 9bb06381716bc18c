"""What `hanlab itch request` does: service requests down the wire, responses back, both XML."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import typer

from emulator.bench.gfi_line.caller import Alerted, Answered, CallerEffect, Strange
from emulator.bench.gfi_line.far_end import FarEnd, connected, far_end
from emulator.bench.gfi_line.line_talk import LineTalk
from emulator.bench.gfi_line.serving import lab_keys
from emulator.bench.wired_itch.service_desk import AnsweredHere, ForTheWire, ServiceDesk
from emulator.dcc.alert_reading import alert_code
from emulator.dcc.commands.outcome import successful
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.kernel.errors import EnvironmentFault, UsageError, WireError
from emulator.lab.inputs.scenario_files import USUAL_HOME
from emulator.lab.interactive.order_words import Mistakes
from emulator.lab.runs.run import INTERRUPTED
from emulator.lab.shipments.shipment import read_shipment

PASS, FAIL = 0, 1
STDIN: Final = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requesting:
    """Requests as the command line asks for them; options are told with the command.

    Args:
        files: documents of DUIS, one request each; `-` is standard input.
        moment: at which they are made, UTC.
    """

    files: tuple[str, ...]
    line: str
    moment: datetime
    devices: Path | None = None
    keystore: Path | None = None
    out: Path | None = None
    wait: float = 60.0
    connect: float = 0.0
    line_settings: Path | None = None


def send_requests(asked: Requesting) -> int:
    """Send requests one after the other, write what comes, and give the exit status.

    Status 1 when a device did not answer, or not do all that it was asked.

    Raises:
        UsageError: with every mistake of words and documents; then nothing was sent.
        EnvironmentFault: when the wire does not open, or is lost.
    """
    far, desk, made = _checked(asked)
    writer = _Writer(asked.out)
    worst = PASS
    try:
        with ExitStack() as stack:
            line = _opened(far, asked.connect, made, stack)
            for each in made:
                if isinstance(each, AnsweredHere):
                    writer.write(each.document)
                elif line is not None:
                    worst = max(worst, _sent(each, line, desk, writer, asked.wait))
    except KeyboardInterrupt:
        return INTERRUPTED
    return worst


def _opened(
    far: FarEnd, patience: float, made: Sequence[ForTheWire | AnsweredHere], stack: ExitStack
) -> LineTalk | None:
    """The wire, where something is to go down it."""
    if not any(isinstance(each, ForTheWire) for each in made):
        return None
    line = connected(far, patience)
    stack.callback(line.__exit__, None, None, None)
    return line


def _sent(
    asked: ForTheWire,
    line: LineTalk,
    desk: ServiceDesk,
    writer: "_Writer",
    wait: float,
) -> int:
    came: list[CallerEffect] = list(line.do(line.caller.send(asked.command, line.now)))
    came += line.listen(wait, lambda: not line.caller.waiting)
    answer = next((each.message for each in came if isinstance(each, Answered) and each.ours), None)
    _aside(came, desk, writer)
    writer.write(desk.response(asked.request, answer))
    if answer is None:
        _tell(f"{asked.request.request_id}: no answer within {wait:g} s")
        return FAIL
    return PASS if _did_everything(answer) else FAIL


def _aside(came: Iterable[CallerEffect], desk: ServiceDesk, writer: "_Writer") -> None:
    """What came up beside the answer."""
    for each in came:
        match each:
            case Alerted(message):
                code = _code(message)
                if code is None:
                    _tell("left aside: an alert without a code")
                else:
                    writer.write(desk.alert(message, code))
            case Strange(reason):
                _tell(f"left aside: {reason}")
            case _:
                pass


def _checked(
    asked: Requesting,
) -> tuple[FarEnd, ServiceDesk, Sequence[ForTheWire | AnsweredHere]]:
    mistakes = Mistakes()
    far = mistakes.read(lambda: far_end(asked.line, asked.line_settings))
    shipment = mistakes.read(lambda: read_shipment(asked.devices or USUAL_HOME))
    if mistakes.problems or shipment is None or far is None:
        raise UsageError(*mistakes.problems)
    keys = lab_keys(asked.keystore, [each.eui64 for each in shipment.devices])
    desk = ServiceDesk(shipment, keys, asked.moment)
    made = [mistakes.read(partial(_read, desk, name)) for name in asked.files]
    if mistakes.problems:
        raise UsageError(*mistakes.problems)
    return far, desk, [each for each in made if each is not None]


def _read(desk: ServiceDesk, name: str) -> ForTheWire | AnsweredHere:
    try:
        octets = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as fault:
        raise UsageError(f"{name}: cannot be read: {fault.strerror}") from fault
    try:
        return desk.take(octets)
    except UsageError as refusal:
        raise UsageError(f"{name}: {refusal}") from refusal


def _did_everything(answer: Message) -> bool:
    try:
        return successful(decode_payload(answer))
    except WireError:
        return False


def _code(alert: Message) -> int | None:
    try:
        return alert_code(decode_payload(alert))
    except WireError:
        return None


class _Writer:
    """Writes documents: one after the other on standard output, or one a file in a folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._count = 0

    def write(self, document: bytes) -> None:
        self._count += 1
        if self._folder is None:
            typer.echo(document.decode())
            return
        path = self._folder / f"{self._count:03}.xml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(document)
        except OSError as fault:
            raise EnvironmentFault(f"{path}: cannot be written: {fault.strerror}") from fault
        _tell(str(path))


def _tell(words: str) -> None:
    typer.echo(words, err=True)
