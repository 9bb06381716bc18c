"""`hanlab up`: a home that stays up, with a prompt."""

from pathlib import Path
from typing import Annotated, Final

import typer

_DEVICES: Final = typer.Option(
    "--devices", metavar="FILE", help="Shipment file (CSV) [default: a dual-fuel home]."
)
_STATE: Final = typer.Option(
    "--state", metavar="DIR", help="Where keys, counters and network stay between runs."
)
_SEED: Final = typer.Option("--seed", min=0, help="What every random draw is keyed by.")
_USE_CASES: Final = typer.Option(
    "--use-cases",
    "--usecases",
    help="Folder of your own records of use cases, *.jsonl.",
    envvar="HANLAB_USE_CASES",
    show_default=False,
)

_RADIOS: Final = typer.Option(
    "--radio", metavar="NAME=URL", help="A real radio, as hub=KIND:PLACE.", show_default=False
)
_YES: Final = typer.Option("--yes", help="Do not ask before what real devices may not survive.")


def up(  # noqa: PLR0913 - typer reads the command line off this signature
    devices: Annotated[Path | None, _DEVICES] = None,
    state: Annotated[Path | None, _STATE] = None,
    seed: Annotated[int, _SEED] = 1,
    use_cases: Annotated[Path | None, _USE_CASES] = None,
    *,
    radios: Annotated[list[str] | None, _RADIOS] = None,
    yes: Annotated[bool, _YES] = False,
) -> None:
    """Install a home, or go on with that of an earlier run, and wait for commands.

    Time passes only while a command needs it, or is told to: wait 30 min. Lines may also come
    from a file or a pipe; a wrong line then ends everything with exit status 2, and a command
    that was not carried out makes it 1. Ctrl-C ends a wait, Ctrl-D the session.

    Examples:
      hanlab up
      hanlab up --devices shipment.csv --state home
      hanlab up < commands.txt
      echo "send ECS17b to ESME" | hanlab up

    At the prompt:
      devices                    every device, and how it is joined
      inventory                  what the DCC knows of them
      send USECASE to DEVICE     a use case, name=value...; shows the reply
      request SRV to DEVICE      a service request to the DCC, name=value...
      power DEVICE on|off        takes the power of a device, or gives it
      load METER AMOUNT          what the home takes: load ESME 2.5 kW
      display [DEVICE]           what displays show now
      wait DURATION              lets time pass
      messages                   what crossed the wide area network since
      report DIR                 writes report, trace and capture
      help, quit
    """
    import sys  # noqa: PLC0415 - beside what needs it

    from rich.console import Console  # noqa: PLC0415 - help must not wait

    from emulator.lab.interactive.radio_options import read_radios  # noqa: PLC0415 - help
    from emulator.lab.interactive.send_command import HomeChoice  # noqa: PLC0415 - help
    from emulator.lab.interactive.up_command import up_command  # noqa: PLC0415 - help must not wait
    from emulator.lab.own_use_cases import own_use_cases  # noqa: PLC0415 - help must not wait

    choice = HomeChoice(
        devices=devices, state=state, seed=seed, radios=read_radios(radios or ()), yes=yes
    )
    with own_use_cases(use_cases):
        status = up_command(choice, sys.stdin, Console(highlight=False))
    raise typer.Exit(status)
