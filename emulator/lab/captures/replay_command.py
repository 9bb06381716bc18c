"""What `hanlab capture replay` does: bring a home up, put captured frames on its air, and judge."""

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.table import Table

from emulator.kernel.errors import UsageError
from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.captures.replaying import Fate, Replayed, Replayer, pan_of
from emulator.lab.captures.rewriting import FrameRewriter
from emulator.lab.captures.show_command import opened
from emulator.lab.dissector.key_ring import KeyRing
from emulator.lab.inputs.scenario_files import USUAL_HOME, ScenarioFile
from emulator.lab.installing.commissioning import commission
from emulator.lab.kept.output_directory import OutputDirectory
from emulator.lab.kept.progress import ProgressLine
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.runs.emulated import EMULATED
from emulator.lab.runs.run import RunEnd, perform
from emulator.lab.runs.run_inputs import RunInputs
from emulator.lab.shipments.shipment import read_shipment
from emulator.zigbee.nwk.facts import NetworkFormed

RAISE_BY: Final = 0x0010_0000
"""What is added to counters: more than a home counts in the time that a replay takes."""
_NAME: Final = "capture/replay"
_SOURCES: Final = (Source("R22", "4.3.1.2"), Source("R22", "4.4.1.2"))
_MOST_SHOWN: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayRequest:
    """What is to be replayed, and where.

    Args:
        path: the capture.
        key_file: as for `capture show`; needed where counters are raised.
        keys: as typed.
        devices: shipment file of the home; a dual-fuel home when None.
        raised: whether counters are made higher; else frames go out exactly as they were.
        first: number of the first frame.
        last: of the last, None for all.
        seed: of the home.
        out: folder of the report; None writes none.
        force: whether a folder that holds something else is taken.
    """

    path: Path
    key_file: Path | None = None
    keys: tuple[str, ...] = ()
    devices: Path | None = None
    raised: bool = False
    first: int = 1
    last: int | None = None
    seed: int = 1
    out: Path = Path("hanlab-out/replay")
    force: bool = False


def replay_command(request: ReplayRequest, *, as_json: bool) -> int:
    """Replay a capture; the exit status: 0 when frames as they were are all refused.

    Raises:
        UsageError: with every mistake of files and numbers; then nothing was written.
        EnvironmentFault: when a file cannot be written.
    """
    capture, keys = opened(request.path, request.key_file, request.keys)
    frames = tuple(
        each
        for each in capture.frames
        if each.number >= request.first and (request.last is None or each.number <= request.last)
    )
    if not frames:
        raise UsageError(f"{request.path}: no frame from {request.first} to {request.last}")
    told: list[Replayed] = []
    inputs = _inputs(request, frames, keys, told)
    line = ProgressLine(sys.stderr)
    try:
        end = perform(inputs, EMULATED, line.show)
    finally:
        line.clear()
    if as_json:
        typer.echo(json.dumps(_document(request, told, end), indent=2))
    else:
        _print(Console(), told, end)
    return end.status


def _inputs(
    request: ReplayRequest,
    frames: Sequence[CapturedFrame],
    keys: KeyRing,
    told: list[Replayed],
) -> RunInputs:
    shipment = read_shipment(request.devices or USUAL_HOME)
    digest = hashlib.sha256(request.path.read_bytes()).hexdigest()
    manner = "with raised counters" if request.raised else "exactly as they were"
    scenario = ScenarioFile(
        name=_NAME,
        path=request.path,
        title=f"Frames of {request.path.name} are put on the air {manner}",
        sha256=digest,
        sources=_SOURCES,
        tags=("capture", "replay"),
    )
    out = OutputDirectory(request.out, force=request.force)
    out.check_kind()
    out.check_writable()

    def run(lab: Lab) -> None:
        home = lab.home()
        commission(lab, home, within="1 h")
        rewriter = FrameRewriter(keys, RAISE_BY) if request.raised else None
        formed = next(iter(lab.trace.of(NetworkFormed)))[1]
        _check_pan(frames, formed.pan_id)
        replayer = Replayer(lab, formed.channel, rewriter)
        step = lab.step(f"{len(frames)} frames are put on the air {manner}", "R22 4.3.1.2")
        for number, each in enumerate(replayer.replay(frames), 1):
            told.append(each)
            lab.report_progress(f"frame {number} of {len(frames)}")
        step.done(_summary(told))
        if not request.raised:
            taken = [each for each in told if each.protected and each.fate is Fate.TAKEN]
            numbers = ", ".join(str(each.frame.number) for each in taken[:10])
            lab.step("no protected frame is taken a second time", "R22 4.3.1.2").expect(
                lambda: not taken, f"taken: {numbers}" if taken else "none was"
            )

    options = LabOptions(seed=request.seed, name=_NAME)
    return RunInputs(scenario=scenario, run=run, shipment=shipment, options=options, out=out)


def _check_pan(frames: Sequence[CapturedFrame], pan: int) -> None:
    pans = {each for each in (pan_of(frame.psdu) for frame in frames) if each is not None}
    if pan not in pans:
        there = ", ".join(f"0x{each:04X}" for each in sorted(pans)) or "none"
        raise UsageError(
            f"no frame is of PAN 0x{pan:04X}, which this home has; the capture has {there}: "
            "name its shipment with --devices and its seed with --seed"
        )


def _summary(told: Sequence[Replayed]) -> str:
    counts = Counter(each.fate.value for each in told)
    return ", ".join(f"{count} {fate}" for fate, count in sorted(counts.items()))


def _document(request: ReplayRequest, told: Sequence[Replayed], end: RunEnd) -> dict[str, object]:
    return {
        "capture": str(request.path),
        "counters": "raise" if request.raised else "keep",
        "verdict": end.result.verdict.value,
        "report": str(request.out / "report.html"),
        "frames": [
            {
                "number": each.frame.number,
                "fate": each.fate.value,
                "reason": each.reason,
                "protected": each.protected,
                "sent": each.sent.hex(),
            }
            for each in told
        ],
    }


def _print(console: Console, told: Sequence[Replayed], end: RunEnd) -> None:
    reasons = Counter((each.fate.value, _cause(each)) for each in told)
    table = Table("fate", "why", "frames", box=None)
    for (fate, why), count in reasons.most_common(_MOST_SHOWN):
        table.add_row(fate, why, str(count))
    console.print(table)
    for note in end.result.notes:
        console.print(f"note: {note}", highlight=False)
    console.print(f"{end.result.verdict.value.upper()}  {_summary(told)}")
    report = end.files.get("report.html")
    if report is not None:
        console.print(f"report: {report}", soft_wrap=True)


def _cause(each: Replayed) -> str:
    """What frames have in common: the reason without whose it is and without the counter."""
    reason = each.reason.rpartition(" (")[0] or each.reason
    return re.sub(r"(?<=frame counter )\d+ ", "", reason)
