"""What `hanlab bench compare` does once its words are read."""

from pathlib import Path
from typing import Final

import typer

from emulator.bench.campaigns.campaign_run import COPY
from emulator.bench.report.comparison import (
    KINDS,
    SAME,
    UNKNOWN,
    WORSE,
    Change,
    compared,
    comparison_document,
    read_run,
    state_in,
)
from emulator.bench.report.comparison_page import comparison_page
from emulator.bench.report.files import json_text, write_text
from emulator.bench.report.run_conditions import otherwise
from emulator.lab.kept.output_directory import REPORT_JSON

_SHOWN: Final = 50
"""Changes of one kind that a person is told of; page and JSON have all."""
_WORDS: Final = {
    "regression": "worse",
    "fix": "better",
    "otherwise": "otherwise",
    "new": "new",
    "gone": "gone",
}


def compare_folders(
    before: Path, after: Path, *, as_json: bool = False, page: Path | None = None
) -> int:
    """Tell what is otherwise in the second folder, and give the exit status.

    A campaign that has not ended proves nothing of the cases that it did not come to, and two
    that have no case in common prove nothing at all.

    Args:
        before: folder of the first run.
        after: folder of the second run.
        as_json: print one document instead of lines.
        page: file for the comparison as a page.

    Raises:
        UsageError: when a folder has no results.
        EnvironmentFault: when the page cannot be written.
    """
    found = compared(read_run(before), read_run(after))
    stopped = [each for each in (before, after) if _under_way(each)]
    for folder in stopped:
        typer.echo(f"{folder}: the campaign has not ended: go on with --resume", err=True)
    proves = found.both > 0 and after not in stopped
    document = comparison_document(
        found, before, after, proves=proves, conditions=otherwise(before, after)
    )
    status = WORSE if found.of("regression") else SAME if proves else UNKNOWN
    if page is not None:
        write_text(page, comparison_page(document))
    if as_json:
        typer.echo(json_text(document), nl=False)
        return status
    for each in document["conditions"]:
        typer.echo(f"{each['condition']}: {each['before']}, then {each['after']}")
    for kind in KINDS:
        changes = found.of(kind)
        for change in changes[:_SHOWN]:
            typer.echo(_line(change))
        if len(changes) > _SHOWN:
            typer.echo(f"and {len(changes) - _SHOWN} more {_WORDS[kind]}")
    counts = ", ".join(f"{count} {_WORDS[kind]}" for kind, count in found.counts.items())
    typer.echo(f"{found.both} cases in both: {counts}")
    return status


def _under_way(folder: Path) -> bool:
    """Whether a campaign was stopped; of results alone, as a baseline has them, nobody can tell."""
    return (folder / COPY).exists() and not (folder / REPORT_JSON).exists()


def _line(change: Change) -> str:
    device, case, repeat = change.key
    verdicts = [state_in(each) if each else "-" for each in (change.before, change.after)]
    name = f"{device}:{case}" + (f" #{repeat}" if repeat else "")
    return f"{_WORDS[change.kind]} {name}: {verdicts[0]} -> {verdicts[1]}"
