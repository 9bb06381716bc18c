"""How files of loads are read, as every command that takes `--load` asks it."""

from typing import Annotated

import typer

from emulator.metering.demand.profile import Fill
from emulator.metering.demand.profile_times import TimeZone

Zone = Annotated[
    TimeZone | None,
    typer.Option("--time-zone", help="Of times in --load files that have no offset."),
]
Filling = Annotated[
    Fill, typer.Option("--fill", help="What is taken for half hours that a --load file leaves out.")
]
