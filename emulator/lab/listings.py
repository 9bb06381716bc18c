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
from emulator.kernel.extensions import load, loader, names
from emulator.lab.inputs.scenario_files import (
    INSTALLED,
    ScenarioFile,
    installed_names,
    read_scenario,
)
from emulator.lab.use_case_listing import record_lines, use_case_rows

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


def kind_rows(group: Literal["hanlab.devices", "hanlab.radios"]) -> list[Row]:
    """Every kind of a group; one that does not load is told on stderr and left out."""
    rows: list[Row] = []
    for name in names(group):
        try:
            kind = load(group, name)
        except EnvironmentFault as fault:
            typer.echo(f"hanlab: {fault}", err=True)
            continue
        told = getattr(kind, "title", None) or getattr(kind, "__doc__", None) or ""
        title = told.strip().partition("\n")[0].rstrip(".")
        rows.append({"name": name, "title": title, "package": _package(group, name)})
    return rows


def radio_rows() -> list[Row]:
    """Every kind of radio, then every serial port that is plugged in."""
    ports = loader("hanlab.ports")
    found = [
        {
            "name": port.device,
            "title": port.description or "serial port",
            "package": port.hardware_id,
        }
        for name in names("hanlab.ports")
        for port in ports(name)()
    ]
    return [*kind_rows("hanlab.radios"), *found]


_LISTINGS: Final[Mapping[str, Callable[[], Sequence[Row]]]] = {
    "scenarios": scenario_rows,
    "devices": lambda: kind_rows("hanlab.devices"),
    "radios": radio_rows,
}
_USE_CASE_COLUMNS: Final = ("code", "name", "title", "devices")
"""What people see of a use case; programs see everything."""


def print_listing(
    kind: str, *, as_json: bool, records: bool = False, device: str | None = None
) -> None:
    """Print a listing, as a table for people or as one JSON document.

    Args:
        kind: what to list.
        as_json: for programs.
        records: use cases as JSON lines to copy from.
        device: only use cases for this type of device.

    Raises:
        UsageError: when `device` or `records` is given for another listing, or the device is no
            type that use cases know.
    """
    if device is not None and kind != "usecases":
        raise UsageError(f"--device chooses among use cases; {kind} have none")
    if records and (as_json or kind != "usecases"):
        raise UsageError("--records shows use cases, and goes without --json")
    if records:
        typer.echo("\n".join(record_lines(device)))
        return
    rows = use_case_rows(device) if kind == "usecases" else _LISTINGS[kind]()
    if kind == "usecases" and not as_json:
        rows = [{column: row[column] for column in _USE_CASE_COLUMNS} for row in rows]
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
            sources = "; ".join(map(_told, row["source"]))
            console.print(Padding(Text(sources, "dim"), (0, 0, 0, 2)))
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
