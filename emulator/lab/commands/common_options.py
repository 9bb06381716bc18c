"""Options that mean the same in every command that has them."""

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="What every random draw is keyed by.")]
Devices = Annotated[
    Path | None,
    typer.Option(
        "--devices", metavar="FILE", help="Shipment file (CSV) [default: a dual-fuel home]."
    ),
]
State = Annotated[
    Path | None,
    typer.Option(
        "--state", metavar="DIR", help="Where keys, counters and network stay between runs."
    ),
]
Assignments = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="ROOM.SETTING=VALUE", help='As display.every="10 s".'),
]
UseCases = Annotated[
    Path | None,
    typer.Option(
        "--use-cases",
        "--usecases",
        help="Folder of your own records of use cases, *.jsonl.",
        envvar="HANLAB_USE_CASES",
        show_default=False,
    ),
]
Radios = Annotated[
    list[str] | None,
    typer.Option(
        "--radio", metavar="NAME=URL", help="A real radio, as hub=KIND:PLACE.", show_default=False
    ),
]
Yes = Annotated[
    bool, typer.Option("--yes", help="Do not ask before what real devices may not survive.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Write into a folder that holds something else.")
]
