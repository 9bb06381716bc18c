"""What `hanlab building plan` does once its words are read: who is reached, and how."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from emulator.building.building import Building
from emulator.building.building_file import read_building
from emulator.building.building_picture import building_picture
from emulator.building.reach import Reached, ReachSettings, Verdict, reach_of
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.planning.plan_command import ROOMS
from emulator.radio.propagation.settings import PropagationSettings
from emulator.radio.settings import ReceiverSettings, ReceptionSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingPlanRequest:
    """What was asked for.

    Args:
        building: the file.
        margin: that a link needs, dB.
        seed: of the shadowing.
        assignments: each `ROOM.setting=value`.
        svg: file for the picture; None without.
        html: file for the page; None without.
    """

    building: Path
    margin: float = 10.0
    seed: int = 1
    assignments: Sequence[str] = ()
    svg: Path | None = None
    html: Path | None = None


def building_plan_command(request: BuildingPlanRequest, *, as_json: bool) -> int:
    """Look at a building, write what was asked for, and give the exit status.

    Returns:
        0; 1 when a dwelling is unreachable.

    Raises:
        UsageError: with every mistake of file and options; nothing is written.
        EnvironmentFault: when a file cannot be written.
    """
    building, settings = _checked(request)
    rows = reach_of(building, settings)
    for path, text in _files(request, building, rows):
        try:
            path.write_text(text, "utf-8")
        except OSError as fault:
            raise EnvironmentFault(f"{path}: {fault.strerror}") from fault
    if as_json:
        typer.echo(json.dumps(_document(request, building, rows), indent=2))
    else:
        _print(building, rows, Console())
    return int(any(row.verdict is Verdict.UNREACHABLE for row in rows))


def _checked(request: BuildingPlanRequest) -> tuple[Building, ReachSettings]:
    mistakes: list[str] = []
    settings = building = None
    try:
        overrides = parse_overrides(request.assignments, ROOMS, None)
        settings = ReachSettings(
            margin=request.margin,
            seed=request.seed,
            propagation=overrides.applied("propagation", PropagationSettings()),
            receiver=overrides.applied("receiver", ReceiverSettings()),
            reception=overrides.applied("reception", ReceptionSettings()),
        )
    except UsageError as refusal:
        mistakes.extend(refusal.problems)
    try:
        building = read_building(request.building)
    except UsageError as refusal:
        mistakes.extend(refusal.problems)
    if building is None or settings is None:
        raise UsageError(*mistakes)
    return building, settings


def _files(
    request: BuildingPlanRequest, building: Building, rows: Sequence[Reached]
) -> list[tuple[Path, str]]:
    drawing = building_picture(building.plan, rows)
    files: list[tuple[Path, str]] = []
    if request.svg is not None:
        files.append((request.svg, drawing))
    if request.html is not None:
        environment = Environment(
            loader=PackageLoader("emulator.building"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        page = environment.get_template("building.html.j2").render(
            name=building.plan.name,
            drawing=drawing,
            rows=rows,
            margin=request.margin,
            unproved=building.plan.unverified_materials(),
        )
        files.append((request.html, page))
    return files


def _document(
    request: BuildingPlanRequest, building: Building, rows: Sequence[Reached]
) -> dict[str, Any]:
    return {
        "building": building.plan.name,
        "seed": request.seed,
        "margin_db": request.margin,
        "counts": _counts(rows),
        "dwellings": [
            {
                "dwelling": row.dwelling.name,
                "verdict": row.verdict.value,
                "margin_db": round(row.margin, 1),
                "bridge": None if row.bridge is None else row.bridge.name,
                "riser": None if row.bridge is None else row.bridge.riser or None,
                "line_m": (
                    None
                    if row.bridge is None or not row.bridge.length
                    else round(row.bridge.length[row.dwelling.name], 1)
                ),
                "crowded": row.dwelling.crowded,
                "reached_without_bridge": row.without,
                "devices": [
                    {
                        "device": way.device,
                        "through": way.through,
                        "margin_db": round(way.margin, 1),
                    }
                    for way in row.ways
                ],
            }
            for row in rows
        ],
        "unverified_materials": list(building.plan.unverified_materials()),
    }


def _counts(rows: Sequence[Reached]) -> dict[str, int]:
    counted = Counter(row.verdict.value for row in rows)
    return {verdict.value: counted[verdict.value] for verdict in Verdict}


def _print(building: Building, rows: Sequence[Reached], console: Console) -> None:
    console.print(building.plan.name, highlight=False, markup=False)
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("Dwelling", "Reached", "Bridge"):
        table.add_column(heading)
    table.add_column("Margin, dB", justify="right")
    table.add_column("Not reached")
    for row in rows:
        lost = ", ".join(each.removeprefix(row.dwelling.name).strip() for each in row.lost)
        bridge = "" if row.bridge is None else row.bridge.name
        if row.dwelling.crowded:
            bridge = f"{bridge}, meter point crowded".removeprefix(", ")
        reached = [way.margin for way in row.ways if way.through is not None]
        margin = f"{min(reached):.0f}" if reached and not row.lost else ""
        table.add_row(row.dwelling.name, row.verdict.value, bridge, margin, lost)
    console.print(table)
    told = ", ".join(f"{count} {verdict}" for verdict, count in _counts(rows).items() if count)
    console.print(f"{len(rows)} dwellings: {told}", highlight=False)
    unproved = building.plan.unverified_materials()
    if unproved:
        console.print(f"no source proves the losses of {', '.join(unproved)}", highlight=False)
