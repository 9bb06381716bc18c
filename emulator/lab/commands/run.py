"""`hanlab run`: one scenario, from a shipment file to a report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emulator.lab.commands.load_options import Filling, Zone
from emulator.metering.demand.profile import Fill
from emulator.metering.demand.profile_times import TimeZone

if TYPE_CHECKING:
    from emulator.lab.inputs.loads import LoadReading

Scenario = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="A path, or a name from `hanlab list scenarios`."),
]
Devices = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Shipment file (CSV) with the devices.")
]
Seed = Annotated[int, typer.Option(min=0, help="What every random draw is keyed by.")]
Assignments = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="EUI64.install_code=CODE, EUI64.certificate=other-issuer, EUI64.band=868, "
        "ROOM.SETTING=VALUE.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Where the files go [default: hanlab-out/SCENARIO]."),
]
Speed = Annotated[
    str | None,
    typer.Option(
        metavar="max|real|FACTOR",
        help="How fast virtual time runs [default: max; real with a real radio].",
    ),
]
Replay = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Run again what came in: inputs.jsonl of a run with real radios."
    ),
]
Radios = Annotated[
    list[str] | None,
    typer.Option(
        "--radio", metavar="NAME=URL", help="A device's own radio, as hub=spinel:/dev/ttyACM0."
    ),
]
Loads = Annotated[
    list[str] | None,
    typer.Option(
        "--load",
        metavar="[METER=]SOURCE",
        help="What the home takes: a half-hourly CSV or Parquet file, or household"
        "[:electricity=PERCENT,heat=KWH,charger=W,panels=W].",
    ),
]
Start = Annotated[
    str | None,
    typer.Option(metavar="MOMENT", help="When time begins [default: 2026-01-05T00:00Z]."),
]
State = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Where keys, counters, network and inventory stay between runs."
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Write to --out even if it holds other files.")
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print report.json on stdout, everything else on stderr.")
]


def run(  # noqa: PLR0913 - typer reads the command line off this signature
    scenario: Scenario,
    *,
    devices: Devices = None,
    seed: Seed = 1,
    assignments: Assignments = None,
    out: Out = None,
    speed: Speed = None,
    replay: Replay = None,
    radios: Radios = None,
    loads: Loads = None,
    time_zone: Zone = None,
    fill: Filling = Fill.NONE,
    start: Start = None,
    state: State = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Run a scenario and write its report.

    Examples:
      hanlab run commissioning/dual_fuel
      hanlab run join_every_device --devices shipment.csv
      hanlab run my_scenario.py --seed 7 --load week.csv --fill previous --out results/first
      hanlab run join_every_device --devices shipment.csv --set joiner.retry="30 s"
      hanlab run join_every_device --devices shipment.csv --json | jq .verdict
      hanlab run join_every_device --devices shipment.csv --radio hub=spinel:/dev/ttyACM0

    Files written:
      report.html  report.json  junit.xml  trace.jsonl  han.pcapng  zigbee_pc_keys
    """
    from emulator.lab.runs.run_command import run_command  # noqa: PLC0415 - help must not wait for it
    from emulator.lab.runs.run_inputs import RunRequest  # noqa: PLC0415 - help must not wait for it

    request = RunRequest(
        scenario=scenario,
        devices=devices,
        seed=seed,
        assignments=tuple(assignments or ()),
        out=out,
        speed=speed,
        replay=replay,
        radios=tuple(radios or ()),
        state=state,
        force=force,
        loads=tuple(loads or ()),
        load_reading=_reading(time_zone, fill),
        start=start,
    )
    raise typer.Exit(run_command(request, as_json=as_json))


def _reading(zone: TimeZone | None, fill: Fill) -> "LoadReading":
    from emulator.lab.inputs.loads import LoadReading  # noqa: PLC0415 - help must not wait for it

    return LoadReading(zone=zone, fill=fill)
