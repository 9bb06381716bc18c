"""A check in a few lines on a terminal."""

from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from emulator.lab.kept.result import Verdict
from emulator.rf_noise.bands import Network
from emulator.rf_noise.findings import BandSummary, Findings

_STYLES = {
    Verdict.PASS: "bold green",
    Verdict.FAIL: "bold red",
    Verdict.INCONCLUSIVE: "bold yellow",
}


def print_summary(findings: Findings, console: Console, report: Path) -> None:
    """Print what a person wants to know first: bands, homes, verdict, and where the report is."""
    console.print(_bands(findings))
    if findings.homes is not None:
        console.print(_homes(findings))
    for warning in findings.warnings:
        console.print(Text(f"warning: {warning}", "yellow"), soft_wrap=True)
    told = Text.assemble(
        (findings.verdict.value.upper(), _STYLES[findings.verdict]),
        f"  RF noise of {findings.inputs.setup.words}: {'; '.join(findings.reasons)}",
    )
    console.print(told, soft_wrap=True)
    console.print(Text(f"report: {report}"), soft_wrap=True)


def _bands(findings: Findings) -> Table:
    table = Table(box=SIMPLE)
    for heading in ("band", "margin", "at, MHz", "worst channel", "loses", "range", "busy"):
        words = heading in ("band", "worst channel")
        table.add_column(heading, justify="left" if words else "right", no_wrap=True)
    for band in findings.bands:
        table.add_row(*_row(band))
    return table


def _row(band: BandSummary) -> list[Text]:
    margin, worst = band.margin, band.worst
    shown = Text("no limits", "dim")
    at = ""
    if margin is not None and margin.margin is not None and margin.worst is not None:
        shown = Text(f"{margin.margin:+.1f} dB", _STYLES[margin.verdict])
        at = f"{margin.worst / 1e6:.3f}"
    elif margin is not None:
        shown = Text(margin.reason, _STYLES[margin.verdict])
    name = Text(band.band)
    if worst is None:
        return [name, shown, Text(at), Text("not measured", "dim"), Text(), Text(), Text()]
    han = band.network is Network.HAN
    busy = "" if worst.false_busy is None else f"{worst.false_busy:.0%}"
    return [
        name,
        shown,
        Text(at),
        Text(worst.receiver.name),
        Text(f"{worst.loss:.1f} dB"),
        Text(f"x {worst.range_factor:.2f}" if han else ""),
        Text(busy),
    ]


def _homes(findings: Findings) -> Table:
    table = Table(box=SIMPLE)
    table.add_column("homes without", no_wrap=True)
    for heading in ("before", "after", "lost by the noise (95 %)"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in findings.homes.outcomes if findings.homes is not None else ():
        table.add_row(
            f"{each.what}, {each.band}",
            f"{each.before.value:.1%}",
            f"{each.after.value:.1%}",
            each.newly.words,
        )
    return table
