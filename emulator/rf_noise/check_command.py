"""What `hanlab rf check` does once its words are read: check, examine, write, tell."""

import typer
from rich.console import Console

from emulator.lab.kept.output_directory import JUNIT, REPORT_HTML, REPORT_JSON
from emulator.lab.runs.run import EXIT_STATUS, INTERRUPTED
from emulator.lab.runs.run_files import write_files
from emulator.rf_noise.findings import examine
from emulator.rf_noise.inputs import CheckRequest, check_inputs
from emulator.rf_noise.reporting.document import junit_text, report_text
from emulator.rf_noise.reporting.page import render_page
from emulator.rf_noise.reporting.summary import print_summary


def check_traces(request: CheckRequest, *, as_json: bool) -> int:
    """Check traces, tell a person or a program what came of them, and give the exit status.

    Args:
        request: what was asked for.
        as_json: the report document goes to stdout, and what is for people to stderr.

    Raises:
        UsageError: with every mistake of the request; then nothing was written.
        EnvironmentFault: when the output folder cannot be written, or an extra is missing.
    """
    try:
        return _checked(request, as_json=as_json)
    except KeyboardInterrupt:
        typer.echo("stopped by Ctrl-C: nothing was written", err=True)
        return INTERRUPTED


def _checked(request: CheckRequest, *, as_json: bool) -> int:
    inputs = check_inputs(request)
    findings = examine(inputs)
    report = report_text(findings)
    contents = {
        REPORT_JSON: report.encode("utf-8", "backslashreplace"),
        JUNIT: junit_text(findings).encode("utf-8", "backslashreplace"),
        REPORT_HTML: render_page(findings).encode("utf-8"),
    }
    written = write_files(inputs.out, contents)
    print_summary(findings, Console(stderr=as_json), written[REPORT_HTML])
    if as_json:
        typer.echo(report, nl=False)
    return EXIT_STATUS[findings.verdict]
