"""A run in a few lines on a terminal: the verdict, every device, and where the report is."""

from typing import Final

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from emulator.kernel.identity import format_eui64
from emulator.lab.kept.output_directory import REPORT_HTML, TRACEBACK
from emulator.lab.kept.result import DeviceRow, LinkKeyState, RunResult, Verdict
from emulator.lab.runs.run import RunEnd

_STYLES: Final = {
    Verdict.PASS: "bold green",
    Verdict.FAIL: "bold red",
    Verdict.INCONCLUSIVE: "bold yellow",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.ERROR: "bold magenta",
}
_HUB: Final = ("CHF", "GPF")


def print_summary(end: RunEnd, console: Console) -> None:
    """Print what a person wants to know first."""
    result = end.result
    if result.devices:
        console.print(_devices(result))
    for step in result.steps:
        if step.verdict is not Verdict.PASS:
            told = f"{step.name}: {step.detail}" if step.detail else step.name
            clause = f" ({step.clause})" if step.clause else ""
            console.print(_worded(step.verdict, f"  {told}{clause}"), soft_wrap=True)
    for note in result.notes:
        console.print(Text(f"note: {note}"), soft_wrap=True)
    console.print(_worded(result.verdict, f"  {result.title}: {_figures(result)}"), soft_wrap=True)
    for name, told in ((TRACEBACK, "traceback"), (REPORT_HTML, "report")):
        if name in end.files:
            console.print(Text(f"{told}: {end.files[name]}"), soft_wrap=True)


def _worded(verdict: Verdict, text: str) -> Text:
    return Text.assemble((verdict.value.upper().replace("_", " "), _STYLES[verdict]), text)


def _figures(result: RunResult) -> str:
    joining = [row for row in result.devices if row.type not in _HUB]
    joined = sum(row.joined for row in joining)
    passed = sum(step.verdict is Verdict.PASS for step in result.steps)
    return (
        f"{passed} of {len(result.steps)} steps passed, {joined} of {len(joining)} devices joined, "
        f"{result.frames} frames in {result.virtual_seconds:.1f} s of virtual time "
        f"({result.wall_seconds:.2f} s)"
    )


def _devices(result: RunResult) -> Table:
    listed = any(row.smi_status for row in result.devices)
    table = Table(box=SIMPLE)
    for heading in ("type", "EUI-64", "link key", "SMI status" if listed else "address", "joined"):
        table.add_column(heading, no_wrap=True)
    for row in result.devices:
        address = "" if row.nwk is None else f"0x{row.nwk:04X}"
        joined = Text("yes", "green") if row.joined else Text("no", "red")
        where = (row.smi_status or "") if listed else address
        table.add_row(Text(row.type), format_eui64(row.eui64), _key(row), Text(where), joined)
    return table


def _key(row: DeviceRow) -> Text:
    if row.type in _HUB:
        return Text("is the hub", "dim")
    if row.link_key is LinkKeyState.CBKE:
        suite = "" if row.suite is None else f", suite {row.suite}"
        return Text(f"CBKE{suite}", "green")
    return Text(row.link_key.value, "yellow")
