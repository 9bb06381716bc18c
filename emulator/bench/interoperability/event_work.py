"""What `hanlab bench event` does once its words are read."""

import json
import sys
from pathlib import Path
from typing import Final

import typer

from emulator.bench.interoperability.event import NO_CERTIFICATION, Event, Met
from emulator.bench.interoperability.event_file import read_event
from emulator.bench.interoperability.event_report import (
    counts,
    event_document,
    event_page,
    overall,
)
from emulator.bench.interoperability.meetings import hold
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.kept.result import Verdict
from emulator.lab.runs.run import EXIT_STATUS, INTERRUPTED

REPORT: Final = "event.json"
PAGE: Final = "event.html"
_NOT_HELD: Final = "not held: stopped by Ctrl-C"


def run_event(file: Path, out: Path, *, as_json: bool, force: bool = False) -> int:
    """Hold an event, write its report, and give the exit status.

    Ctrl-C ends it; what was done until then is written.

    Args:
        file: of the event.
        out: folder of the report.
        as_json: print the report's document instead of lines.
        force: take the folder whatever it holds; what others wrote there stays.

    Raises:
        UsageError: with every mistake of the file, or when the folder holds something else; then
            nothing was written.
        EnvironmentFault: when the folder cannot be written.
    """
    event = read_event(file)
    meetings = tuple(event.meetings())
    if not meetings:
        raise UsageError(f"{file}: nobody meets anybody: no activity fits these sets")
    _open(out, force=force)
    results: list[Met] = []
    interrupted = False
    try:
        for number, meeting in enumerate(meetings, 1):
            _progress(number, len(meetings), meeting.name)
            results.append(hold(event, meeting))
    except KeyboardInterrupt:
        interrupted = True
        left = meetings[len(results) :]
        results += [Met(each, Verdict.INCONCLUSIVE, _NOT_HELD) for each in left]
    _progress(0, 0, "")
    document = json.dumps(event_document(event, results), indent=2, ensure_ascii=False) + "\n"
    _write(out / REPORT, document)
    _write(out / PAGE, event_page(event, results))
    if as_json:
        typer.echo(document, nl=False)
    _tell(event, results, out, err=as_json)
    return INTERRUPTED if interrupted else EXIT_STATUS[overall(results)]


def _tell(event: Event, results: list[Met], out: Path, *, err: bool) -> None:
    for each in results:
        if each.detail != _NOT_HELD and each.verdict in (
            Verdict.FAIL,
            Verdict.ERROR,
            Verdict.INCONCLUSIVE,
        ):
            typer.echo(f"{each.verdict.value} {each.meeting.name}: {each.detail}", err=err)
    lacking = sorted({each.detail for each in results if each.verdict is Verdict.NOT_APPLICABLE})
    for detail in lacking:
        typer.echo(f"not applicable: {detail}", err=err)
    told = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts(results).items())
    typer.echo(f"{overall(results).value}: {event.name}: {told}", err=err)
    typer.echo(NO_CERTIFICATION, err=err)
    typer.echo(f"report: {out / PAGE}", err=err)


def _progress(number: int, count: int, name: str) -> None:
    """One line on a terminal, which each meeting overwrites."""
    if sys.stderr.isatty():
        words = f"{number} of {count}: {name}"[:79] if count else ""
        typer.echo(f"\r\x1b[K{words}", nl=False, err=True)


def _open(out: Path, *, force: bool) -> None:
    """Make the folder, or find that it is that of another event.

    Raises:
        UsageError: when it holds something that no event wrote.
    """
    try:
        found = sorted(each.name for each in out.iterdir()) if out.is_dir() else []
        strange = [name for name in found if name not in (REPORT, PAGE)]
        if strange and not force:
            raise UsageError(
                f"--out {out}: holds {strange[0]}: expected an empty folder, that of an event, "
                "or --force"
            )
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise EnvironmentFault(f"--out {out}: {fault.strerror or fault}") from fault


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as fault:
        raise EnvironmentFault(f"{path}: {fault}") from fault
