"""What `hanlab capture show` does: read a capture, open it with keys, and tell of each frame."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from emulator.kernel.errors import UsageError
from emulator.lab.captures.key_files import NAME, key_of, read_key_file, ring_of
from emulator.lab.captures.reading import CaptureFile, read_capture
from emulator.lab.captures.telling import TellingRow, tell
from emulator.lab.dissector.key_ring import KeyRing

_SECOND = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRequest:
    """What is to be shown.

    Args:
        path: the capture.
        key_file: Wireshark's `zigbee_pc_keys`; the one beside the capture when None.
        keys: as typed, 32 hexadecimal digits each.
        first: number of the first frame.
        last: of the last, None for all.
        text: only frames whose telling has this in it.
        details: every field of every frame.
    """

    path: Path
    key_file: Path | None = None
    keys: tuple[str, ...] = ()
    first: int = 1
    last: int | None = None
    text: str = ""
    details: bool = False


def show_command(request: ShowRequest, *, as_json: bool) -> int:
    """Show a capture; the exit status.

    Raises:
        UsageError: with every mistake of the capture, the keys and the numbers.
    """
    capture, keys = opened(request.path, request.key_file, request.keys)
    _check_numbers(request)
    rows = [row for row in tell(capture.frames, keys) if _wanted(row, request)]
    begin = capture.frames[0].at if capture.frames else 0
    if as_json:
        frames = [row.document(begin) for row in rows]
        document = {"capture": str(request.path), "frames": frames, **_counts(rows, capture)}
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return 0
    console = Console()
    _print(console, rows, begin, details=request.details)
    _print_end(console, rows, capture)
    return 0


def opened(path: Path, key_file: Path | None, keys: Sequence[str]) -> tuple[CaptureFile, KeyRing]:
    """A capture, and the keys there are for it.

    Raises:
        UsageError: with every mistake of either.
    """
    beside = path.parent / NAME
    chosen = beside if key_file is None and beside.is_file() else key_file
    mistakes: list[str] = []
    found: list[tuple[bytes, str]] = []
    capture = CaptureFile((), ())
    try:
        capture = read_capture(path)
    except UsageError as problem:
        mistakes.extend(problem.problems)
    try:
        found.extend(() if chosen is None else read_key_file(chosen))
    except UsageError as problem:
        mistakes.extend(problem.problems)
    for text in keys:
        try:
            found.append((key_of(text), "as typed"))
        except UsageError as problem:
            mistakes.append(f"--key {text}: {problem}")
    if mistakes:
        raise UsageError(*mistakes)
    return capture, ring_of(found, capture.keys)


def _check_numbers(request: ShowRequest) -> None:
    if request.last is not None and request.last < request.first:
        raise UsageError(f"--to {request.last} is before --from {request.first}")


def _wanted(row: TellingRow, request: ShowRequest) -> bool:
    number = row.frame.number
    if number < request.first or (request.last is not None and number > request.last):
        return False
    told = (row.row.label, row.row.source, row.row.destination, *row.row.detail)
    wanted = request.text.casefold()
    return not wanted or any(wanted in each.casefold() for each in told)


def _counts(rows: Iterable[TellingRow], capture: CaptureFile) -> dict[str, int]:
    kept = list(rows)
    return {
        "shown": len(kept),
        "total": len(capture.frames),
        "undecrypted": sum(_closed(row) for row in kept),
        "wrong_fcs": sum(row.fcs is False for row in kept),
        "passed_over": capture.passed_over,
    }


def _closed(row: TellingRow) -> bool:
    return row.row.label.startswith("encrypted")


def _print(console: Console, rows: Sequence[TellingRow], begin: int, *, details: bool) -> None:
    if details:
        for row in rows:
            console.print(_heading(row, begin), style="bold", highlight=False)
            for line in row.row.detail:
                console.print(Text(f"  {line}"), highlight=False)
        return
    table = Table("frame", "s", "channel", "from", "to", "what", "protected by", box=None)
    for row in rows:
        what = Text(row.row.label, style="" if row.fcs is not False else "red")
        if row.fcs is False:
            what.append(" (wrong FCS)")
        table.add_row(
            str(row.frame.number),
            f"{(row.frame.at - begin) / _SECOND:.6f}",
            _channel(row),
            row.row.source,
            row.row.destination,
            what,
            row.row.security,
        )
    console.print(table)


def _heading(row: TellingRow, begin: int) -> str:
    moment = f"{(row.frame.at - begin) / _SECOND:.6f} s"
    ends = f"{row.row.source} > {row.row.destination}"
    return f"{row.frame.number}  {moment}  {ends}  {row.row.label}"


def _channel(row: TellingRow) -> str:
    channel = row.frame.channel
    if channel is None:
        return ""
    return str(channel.number) if channel.page == 0 else f"{channel.page}/{channel.number}"


def _print_end(console: Console, rows: Sequence[TellingRow], capture: CaptureFile) -> None:
    counts = _counts(rows, capture)
    layers = Counter(row.row.layer for row in rows)
    told = ", ".join(f"{count} {layer}" for layer, count in sorted(layers.items()))
    console.print(f"{counts['shown']} of {counts['total']} frames: {told or 'none'}")
    if counts["undecrypted"]:
        console.print(
            f"{counts['undecrypted']} stay closed: name their keys with --keys FILE or --key HEX"
        )
    if counts["passed_over"]:
        console.print(f"{counts['passed_over']} packets carry no IEEE 802.15.4")
