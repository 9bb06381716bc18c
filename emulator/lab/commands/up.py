"""`hanlab up`: a home that stays up, with a prompt."""

import typer

from emulator.lab.commands.common_options import (
    Assignments,
    Devices,
    Radios,
    Seed,
    State,
    UseCases,
    Yes,
)


def up(  # noqa: PLR0913 - typer reads the command line off this signature
    devices: Devices = None,
    state: State = None,
    seed: Seed = 1,
    use_cases: UseCases = None,
    *,
    assignments: Assignments = None,
    radios: Radios = None,
    yes: Yes = False,
) -> None:
    """Install a home, or go on with that of an earlier run, and wait for commands.

    Time passes only while a command needs it, or is told to: wait 30 min. Lines may also come
    from a file or a pipe; a wrong line then ends everything with exit status 2, and a command
    that was not carried out makes it 1. Ctrl-C ends a wait, Ctrl-D the session.

    Examples:
      hanlab up
      hanlab up --devices shipment.csv --state home
      hanlab up < commands.txt
      hanlab up --set electricity_meter.variant=twin
      echo "send ECS17b to ESME" | hanlab up

    At the prompt:
      devices                    every device, and how it is joined
      inventory                  what the DCC knows of them
      send USECASE to DEVICE     a use case, name=value...; shows the reply
      request SRV to DEVICE      a service request to the DCC, name=value, name=@FILE...
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

    from emulator.lab.interactive.own_use_cases import own_use_cases  # noqa: PLC0415 - help must not wait
    from emulator.lab.interactive.radio_options import read_radios  # noqa: PLC0415 - help
    from emulator.lab.interactive.send_command import HomeChoice  # noqa: PLC0415 - help
    from emulator.lab.interactive.up_command import up_command  # noqa: PLC0415 - help must not wait

    given = tuple(assignments or ())
    choice = HomeChoice(devices, state, seed, read_radios(radios or ()), yes, given)
    with own_use_cases(use_cases):
        status = up_command(choice, sys.stdin, Console(highlight=False))
    raise typer.Exit(status)
