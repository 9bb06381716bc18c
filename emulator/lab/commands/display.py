"""`hanlab display`: what people in a home see."""

from pathlib import Path
from typing import Annotated

import typer

from emulator.lab.commands.common_options import Assignments
from emulator.lab.commands.load_options import Filling, Zone
from emulator.metering.demand.profile import Fill

Only = Annotated[str, typer.Argument(metavar="DISPLAY", help="One display, as IHD.")]
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
        "[:electricity=PERCENT,heat=KWH,charger=W,panels=W] [default: household].",
    ),
]
After = Annotated[
    str, typer.Option(metavar="DURATION", help="How long people live there before they look.")
]
Seed = Annotated[int, typer.Option(min=0, help="What every random draw is keyed by.")]
State = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Where keys, counters and network stay between runs."),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one document for programs, as a CAD tells it.")
]


def display(  # noqa: PLR0913 - typer reads the command line off this signature
    only: Only = "",
    *,
    devices: Devices = None,
    loads: Loads = None,
    time_zone: Zone = None,
    fill: Filling = Fill.NONE,
    after: After = "2 h",
    assignments: Assignments = None,
    seed: Seed = 1,
    state: State = None,
    as_json: AsJson = False,
) -> None:
    """Install a home, let people live there, and show what their displays show.

    A PPMID and an in-home display are drawn; a CAD gives a line of JSON for each supply. Energy is
    in watt hours, gas in litres, money in thousandths of a penny.

    Examples:
      hanlab display
      hanlab display IHD --load week.csv --after "1 d"
      hanlab display --load household:panels=3000 --json | jq .displays
    """
    from emulator.lab.interactive.display_command import (  # noqa: PLC0415 - help must not wait
        DisplayChoice,
        display_command,
    )

    choice = DisplayChoice(
        only=only,
        devices=devices,
        loads=tuple(loads or ("household",)),
        zone=time_zone,
        fill=fill,
        after=after,
        assignments=tuple(assignments or ()),
        seed=seed,
        state=state,
    )
    raise typer.Exit(display_command(choice, as_json=as_json))
