"""What `hanlab display` does once its words are read: a home is lived in, and looked at."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from emulator.kernel.errors import UsageError
from emulator.kernel.units import parse_duration
from emulator.lab.displays.feed import feed_row
from emulator.lab.displays.look import look_at_displays, shown_lines
from emulator.lab.inputs.loads import Load, LoadReading, parse_loads
from emulator.lab.inputs.overrides import Overrides, parse_overrides
from emulator.lab.inputs.scenario_files import USUAL_HOME
from emulator.lab.interactive.premises import bring_up, every_device, open_home
from emulator.lab.kept.progress import ProgressLine
from emulator.lab.lab import ROOMS
from emulator.lab.laboratory import LabOptions
from emulator.lab.runs.run import INTERRUPTED
from emulator.lab.shipments.device_names import names_for
from emulator.lab.shipments.shipment import Shipment, read_shipment
from emulator.metering.demand.profile import Fill
from emulator.metering.demand.profile_times import TimeZone

SCHEMA_VERSION: Final = 1
SHOWING: Final = ("PPMID", "IHD", "CAD")
"""Types of devices that show something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayChoice:
    """A look as the command line asks for it; what each option means stands with the command."""

    only: str
    devices: Path | None
    loads: tuple[str, ...]
    zone: TimeZone | None
    fill: Fill
    after: str
    assignments: tuple[str, ...]
    seed: int
    state: Path | None


def display_command(choice: DisplayChoice, *, as_json: bool) -> int:
    """Show a person or a program what displays show, and give the exit status.

    Raises:
        UsageError: with the mistakes of files and options; then nothing happened.
        EnvironmentFault: when the home does not come up.
    """
    options = _options(choice)
    parse_duration(choice.after)
    line = ProgressLine(sys.stderr)
    work = open_home(choice.devices, options, line.show)
    try:
        bring_up(work, every_device(work))
        work.lab.run(choice.after)
        shown = look_at_displays(work.lab, choice.only)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        line.clear()
        work.lab.save_state()
    lab = work.lab
    if as_json:
        rows = [
            {
                "name": name,
                "type": kind,
                "supplies": [
                    feed_row(each, lab.calendar) for each in lab.world.sightings.last(name)
                ],
            }
            for name, kind in shown
        ]
        typer.echo(json.dumps({"schema_version": SCHEMA_VERSION, "displays": rows}, indent=2))
        return 0
    for name, kind in shown:
        for text in shown_lines(lab, name, kind):
            typer.echo(text)
    return 0


def _options(choice: DisplayChoice) -> LabOptions:
    """What the laboratory is asked for.

    Raises:
        UsageError: with every mistake of loads and settings.
    """
    shipment = read_shipment(choice.devices or USUAL_HOME)
    mistakes = _unknown(choice.only, shipment)
    loads: tuple[Load, ...] = ()
    overrides = Overrides()
    try:
        how = LoadReading(zone=choice.zone, fill=choice.fill)
        loads = parse_loads(choice.loads, how, shipment)
    except UsageError as refusal:
        mistakes.extend(refusal.problems)
    try:
        overrides = parse_overrides(choice.assignments, ROOMS, shipment)
    except UsageError as refusal:
        mistakes.extend(refusal.problems)
    if mistakes:
        raise UsageError(*mistakes)
    return LabOptions(
        seed=choice.seed, state=choice.state, name="display", loads=loads, overrides=overrides
    )


def _unknown(only: str, shipment: Shipment) -> list[str]:
    """What is wrong with the name of a display."""
    displays = [each for each in shipment.joining if each.type in SHOWING]
    names = list(names_for(displays).values())
    if not names:
        return ["no display in the shipment: expected a PPMID, IHD or CAD"]
    if not only or only.upper() in names:
        return []
    return [f"{only}: no display of that name: expected {', '.join(names)}"]
