"""What `hanlab settle` does once its words are read: days pass, and half hours are fetched."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from emulator.kernel.errors import UsageError
from emulator.lab.inputs.loads import Load, LoadReading, parse_loads
from emulator.lab.inputs.overrides import Overrides, parse_overrides
from emulator.lab.inputs.scenario_files import USUAL_HOME
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.premises import bring_up, open_home
from emulator.lab.kept.progress import ProgressLine
from emulator.lab.lab import ROOMS, Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.runs.run import INTERRUPTED
from emulator.lab.settlement.consent import Consent, parse_opt_outs
from emulator.lab.settlement.retrieval import Metered, Retrieval
from emulator.lab.settlement.settlement_file import write_settlement
from emulator.lab.shipments.shipment import read_shipment
from emulator.metering.demand.profile import Fill
from emulator.metering.demand.profile_times import TimeZone

PASS: Final = 0
FAIL: Final = 1
SCHEMA_VERSION: Final = 1
_AFTER_DUE: Final = "1 h"
"""After the last schedule fell due, until its answer is counted as missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleChoice:
    """Settlement as the command line asks for it; what each option means stands with it."""

    devices: Path | None
    loads: tuple[str, ...]
    zone: TimeZone | None
    fill: Fill
    days: int
    opt_outs: tuple[str, ...]
    out: Path
    assignments: tuple[str, ...]
    seed: int
    force: bool


def settle_command(choice: SettleChoice, *, as_json: bool) -> int:
    """Fetch settlement data, write them, tell what came, and give the exit status.

    Raises:
        UsageError: with every mistake of files and options; then nothing happened.
        EnvironmentFault: when the home does not come up, or the file cannot be written.
    """
    options, opted_out = _checked(choice)
    line = ProgressLine(sys.stderr)
    work = open_home(choice.devices, options, line.show)
    meters = [each for each in work.home.joiners if each.description.kind == "ESME"]
    retrieval = Retrieval(work.side, work.side.settings.settlement)
    try:
        bring_up(work, meters)
        retrieval.arrange(metered(work, opted_out))
        _pass(work.lab, choice.days)
    except KeyboardInterrupt:
        write_settlement(choice.out, retrieval.rows)
        return INTERRUPTED
    finally:
        line.clear()
    write_settlement(choice.out, retrieval.rows)
    return _told(retrieval, choice.out, as_json=as_json)


def metered(work: Installation, opted_out: Mapping[str, Consent]) -> list[Metered]:
    """The supply points of the electricity meters of a home."""
    lines = [each for each in work.home.shipment.devices if each.type == "ESME" and each.mpxn]
    return [
        Metered(
            mpan=each.mpxn,
            meter=each.eui64,
            consent=opted_out.get(each.mpxn, Consent.HALF_HOURLY),
        )
        for each in lines
    ]


def _pass(lab: Lab, days: int) -> None:
    """Let so many schedules fall due, and be answered."""
    lab.run(f"{days} d")
    lab.run(_AFTER_DUE)


def _told(retrieval: Retrieval, out: Path, *, as_json: bool) -> int:
    rows = retrieval.rows
    told = [each for each in rows if each.counts is not None]
    late = [each for each in rows if not each.in_time]
    good = bool(rows) and len(told) == len(rows) and not late and not retrieval.problems
    slowest = max((each.response for each in rows), default=0.0)
    summary = {
        "schema_version": SCHEMA_VERSION,
        "file": str(out),
        "periods": len(rows),
        "missing": len(rows) - len(told),
        "late": len(late),
        "import_wh": sum(each.counts or 0 for each in rows),
        "slowest_response_seconds": round(slowest, 3),
        "problems": retrieval.problems,
    }
    if as_json:
        typer.echo(json.dumps(summary, indent=2))
    else:
        typer.echo(
            f"{len(told)} of {len(rows)} periods fetched, {summary['import_wh']} Wh; "
            f"slowest response {slowest:.1f} s; {len(late)} late"
        )
        for each in retrieval.problems:
            typer.echo(each)
        typer.echo(f"written: {out}")
    return PASS if good else FAIL


def _checked(choice: SettleChoice) -> tuple[LabOptions, Mapping[str, Consent]]:
    shipment = read_shipment(choice.devices or USUAL_HOME)
    mistakes: list[str] = []
    loads: tuple[Load, ...] = ()
    opted_out: Mapping[str, Consent] = {}
    overrides = Overrides()
    try:
        loads = parse_loads(choice.loads, LoadReading(zone=choice.zone, fill=choice.fill), shipment)
    except UsageError as refusal:
        mistakes.extend(refusal.problems)
    try:
        opted_out = parse_opt_outs(choice.opt_outs, shipment)
    except UsageError as refusal:
        mistakes.extend(refusal.problems)
    try:
        overrides = parse_overrides(choice.assignments, ROOMS, shipment)
    except UsageError as refusal:
        mistakes.extend(refusal.problems)
    if choice.out.exists() and not choice.force:
        mistakes.append(f"--out {choice.out}: is there already; --force writes over it")
    if not any(each.type == "ESME" and each.mpxn for each in shipment.devices):
        mistakes.append(f"{shipment.path}: no electricity meter with an MPAN: expected one")
    if mistakes:
        raise UsageError(*mistakes)
    options = LabOptions(seed=choice.seed, name="settle", loads=loads, overrides=overrides)
    return options, opted_out
