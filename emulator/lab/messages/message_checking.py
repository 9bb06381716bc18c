"""What `hanlab gbcs check` does once its words are read."""

import json
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.progress import track

from emulator.gbcs.message_check import check_message
from emulator.gbcs.protection.message_protection import Protection
from emulator.kernel.errors import UsageError
from emulator.lab.messages.message_input import message_files, parse_message, read_file
from emulator.lab.messages.message_report import CheckReport

PASS: Final = 0
FAIL: Final = 1


def check_files(path: Path, keys: Protection, *, as_json: bool) -> int:
    """Check the messages of a file or folder, tell what came of it, and give the exit status.

    Raises:
        UsageError: when there are no messages.
    """
    report = CheckReport()
    console = Console(stderr=True)
    files = message_files(path)
    for each in track(
        files, "checking", console=console, transient=True, disable=not console.is_terminal
    ):
        try:
            octets = parse_message(read_file(each.path), each.name)
        except UsageError as refusal:
            report.refuse(each.name, str(refusal).removeprefix(f"{each.name}: "))
            continue
        report.add(each.name, check_message(octets, keys))
    if as_json:
        typer.echo(json.dumps(report.document(), indent=2))
    else:
        report.print(Console())
    return PASS if report.passed else FAIL
