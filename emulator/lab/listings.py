"""What there is: scenarios, and the kinds that packages bring through entry points."""

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final, Literal

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.extensions import load, names
from emulator.lab.scenario_files import INSTALLED, ScenarioFile, installed_names, read_scenario

Row = Mapping[str, Any]
"""One row as programs read it: the columns of its listing, in order."""

_ROOM_FOR_SOURCES: Final = 140
"""Columns of a terminal from which on sources and tags have columns of their own."""


def scenario_rows(folder: Path = INSTALLED) -> list[Row]:
    """Every scenario of a folder; one that cannot be read is told on stderr and left out."""
    rows: list[Row] = []
    for name in installed_names(folder):
        try:
            rows.append(_scenario(read_scenario(folder / f"{name}.py", name)))
        except UsageError as refusal:
            typer.echo(f"hanlab: {refusal}", err=True)
    return rows


def use_case_rows() -> list[Row]:
    """Every use case that is installed: none yet, since this version has no messages of GBCS."""
    return []


def kind_rows(group: Literal["hanlab.devices", "hanlab.radios"]) -> list[Row]:
    """Every kind of a group; one that does not load is told on stderr and left out."""
    rows: list[Row] = []
    for name in names(group):
        try:
            kind = load(group, name)
        except EnvironmentFault as fault:
            typer.echo(f"hanlab: {fault}", err=True)
            continue
        title = (getattr(kind, "__doc__", None) or "").strip().partition("\n")[0].rstrip(".")
        rows.append({"name": name, "title": title, "package": _package(group, name)})
    return rows


_LISTINGS: Final[Mapping[str, Callable[[], list[Row]]]] = {
    "scenarios": scenario_rows,
    "devices": lambda: kind_rows("hanlab.devices"),
    "usecases": use_case_rows,
    "radios": lambda: kind_rows("hanlab.radios"),
}


def print_listing(kind: str, *, as_json: bool) -> None:
    """Print a listing, as a table for people or as one JSON document."""
    rows = _LISTINGS[kind]()
    if as_json:
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif rows:
        _print_rows(rows, Console())
    else:
        typer.echo(f"no {kind} are installed", err=True)


def _scenario(scenario: ScenarioFile) -> Row:
    return {
        "name": scenario.name,
        "title": scenario.title,
        "source": [{"document": each.document, "clause": each.clause} for each in scenario.sources],
        "tags": list(scenario.tags),
    }


def _package(group: str, name: str) -> str:
    for point in entry_points(group=group, name=name):
        if point.dist is not None:
            return f"{point.dist.name} {point.dist.version}"
    return ""


def _print_rows(rows: Sequence[Row], console: Console) -> None:
    if "tags" in rows[0] and console.width < _ROOM_FOR_SOURCES:
        for row in rows:
            console.print(
                Text.assemble((row["name"], "bold"), "  ", (" ".join(row["tags"]), "dim"))
            )
            console.print(Padding(Text(row["title"]), (0, 0, 0, 2)))
        return
    table = Table()
    for column in rows[0]:
        table.add_column(column, overflow="fold", no_wrap=column == "name")
    for row in rows:
        table.add_row(*(Text(_told(value)) for value in row.values()))
    console.print(table)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_told(each) for each in value)
    if isinstance(value, Mapping):
        return " ".join(map(str, value.values()))
    return str(value)
