"""What `hanlab run` does once its words are read: check, perform, and tell."""

import sys
from contextlib import nullcontext, redirect_stdout

import typer
from rich.console import Console

from emulator.lab.kept.progress import ProgressLine
from emulator.lab.laboratory import LaboratoryKind
from emulator.lab.runs.emulated import EMULATED
from emulator.lab.runs.run import perform
from emulator.lab.runs.run_files import report_text
from emulator.lab.runs.run_inputs import RunRequest, check_inputs
from emulator.lab.runs.summary import print_summary


def run_command(request: RunRequest, *, as_json: bool, kind: LaboratoryKind = EMULATED) -> int:
    """Run a scenario, tell a person or a program what came of it, and give the exit status.

    Args:
        request: what was asked for.
        as_json: the report document goes to stdout, and what is for people to stderr.
        kind: the laboratory, the emulated one unless told.

    Raises:
        UsageError: with every mistake of the request; then nothing was written.
        EnvironmentFault: when the output folder cannot be written.
    """
    inputs = check_inputs(request, kind)
    line = ProgressLine(sys.stderr)
    try:
        with redirect_stdout(sys.stderr) if as_json else nullcontext():
            end = perform(inputs, kind, line.show)
    finally:
        line.clear()
    print_summary(end, Console(stderr=as_json))
    if as_json:
        typer.echo(report_text(end.result), nl=False)
    return end.status
