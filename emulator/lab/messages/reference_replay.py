"""What `hanlab gbcs replay` does once its words are read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.progress import track

from emulator.gbcs.protection.key_files import load_keys
from emulator.gbcs_device.replay.reference_pairs import ReferencePair, pair_files, read_pair
from emulator.gbcs_device.replay.replay import Replay
from emulator.kernel.errors import UsageError
from emulator.lab.messages.replay_report import ReplayReport

PASS: Final = 0
FAIL: Final = 1
KEYSTORE: Final = "keystore"


def replay_reference(folder: Path, *, as_json: bool) -> int:
    """Replay the pairs of a set, tell what came of it, and give the exit status.

    Args:
        folder: of the set, with `messages` and `keystore`.
        as_json: print one JSON document.

    Raises:
        UsageError: when there are no messages or no keys.
    """
    files = pair_files(folder)
    replay = Replay(load_keys(folder / KEYSTORE).keys)
    report = ReplayReport()
    console = Console(stderr=True)
    for each in track(
        replay.replay(_readable(files, report)),
        "replaying",
        total=len(files),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ):
        report.add(each)
    if as_json:
        typer.echo(json.dumps(report.document(), indent=2))
    else:
        report.print(Console())
    return PASS if report.passed else FAIL


def _readable(
    files: tuple[tuple[Path, Path], ...], report: ReplayReport
) -> Iterator[ReferencePair]:
    """The pairs that are messages; the others go into the report."""
    for command, response in files:
        try:
            yield read_pair(command, response)
        except UsageError as refusal:
            report.refuse(f"{command.parent.name}/{command.name}", str(refusal))
