"""`hanlab settle`: half-hourly settlement data, fetched by schedule."""

from pathlib import Path
from typing import Annotated

import typer

from emulator.lab.commands.load_options import Filling, Zone
from emulator.metering.demand.profile import Fill

Out = Annotated[
    Path, typer.Argument(metavar="FILE", help="Where rows go: Parquet if it ends in .parquet.")
]
Devices = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Shipment file (CSV) [default: a dual-fuel home]."),
]
Loads = Annotated[
    list[str] | None,
    typer.Option(
        "--load",
        metavar="[METER=]SOURCE",
        help="What the home takes: a half-hourly CSV or Parquet file, or household"
        "[:electricity=PERCENT,charger=W,panels=W] [default: household].",
    ),
]
Days = Annotated[int, typer.Option(min=1, max=400, help="How many days are fetched.")]
OptOuts = Annotated[
    list[str] | None,
    typer.Option(
        "--opt-out",
        metavar="MPAN=daily|monthly",
        help="A consumer who does not share half hours gives days, or months.",
    ),
]
Assignments = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="ROOM.SETTING=VALUE", help='As settlement.target="1 h".'),
]
Seed = Annotated[int, typer.Option(min=0, help="What every random draw is keyed by.")]
Force = Annotated[bool, typer.Option("--force", help="Write over FILE.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one document for programs.")]


def settle(  # noqa: PLR0913 - typer reads the command line off this signature
    out: Out,
    *,
    devices: Devices = None,
    loads: Loads = None,
    time_zone: Zone = None,
    fill: Filling = Fill.NONE,
    days: Days = 1,
    opt_outs: OptOuts = None,
    assignments: Assignments = None,
    seed: Seed = 1,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Fetch half-hourly settlement data from electricity meters, by schedule (SEC DP162).

    A user in the role of Meter Data Retrieval has the DCC read the profile log of each meter every
    day (SRV 5.1, 4.8.1). A row is a settlement period, with when it was asked for and answered.
    Exit status 1 when a period is missing or late.

    Examples:
      hanlab settle half-hours.csv
      hanlab settle half-hours.parquet --load year.csv --days 7
      hanlab settle days.csv --opt-out 1200012345688=daily --json
    """
    from emulator.lab.settlement.settle_command import (  # noqa: PLC0415 - help must not wait
        SettleChoice,
        settle_command,
    )

    choice = SettleChoice(
        devices=devices,
        loads=tuple(loads or ("household",)),
        zone=time_zone,
        fill=fill,
        days=days,
        opt_outs=tuple(opt_outs or ()),
        out=out,
        assignments=tuple(assignments or ()),
        seed=seed,
        force=force,
    )
    raise typer.Exit(settle_command(choice, as_json=as_json))
