"""`hanlab send`: one use case to one device, and its decoded reply."""

from typing import Annotated, Final

import typer

from emulator.lab.commands.common_options import AsJson, Devices, Radios, Seed, State, UseCases, Yes

_USE_CASE: Final = typer.Argument(
    metavar="USECASE", help="Its number (ECS17b) or message code (0027).", show_default=False
)
_VALUES: Final = typer.Argument(
    metavar="NAME=VALUE",
    help="What the command says; a list is written as JSON, @FILE stands for a file's octets.",
    show_default=False,
)
_TO: Final = typer.Option(
    "--to", metavar="EUI64|NAME", help="The device: ESME, 'PPMID 2', GPF, an EUI-64."
)
_ROLE: Final = typer.Option(
    "--role",
    metavar="ROLE",
    help="As whom: supplier, network-operator, other-user, broker, change-of-supplier, "
    "wan-provider, load-controller [default: who usually sends it].",
)
_DATE: Final = typer.Option(
    "--date", metavar="MOMENT|never", help="When the device is to do it; UTC [default: at once]."
)
_HELP_VALUES: Final = typer.Option("--help-values", help="Show which values it takes, and leave.")


def send(  # noqa: PLR0913 - typer reads the command line off this signature
    use_case: Annotated[str, _USE_CASE],
    values: Annotated[list[str] | None, _VALUES] = None,
    *,
    to: Annotated[str | None, _TO] = None,
    role: Annotated[str | None, _ROLE] = None,
    date: Annotated[str | None, _DATE] = None,
    help_values: Annotated[bool, _HELP_VALUES] = False,
    devices: Devices = None,
    state: State = None,
    seed: Seed = 1,
    use_cases: UseCases = None,
    radios: Radios = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Send one use case to a device of an emulated home, and print the decoded reply.

    The home is installed as far as the device needs it, or it is that of an earlier run, with
    --state. No right to the command is checked: what a device refuses can be seen so.

    Examples:
      hanlab send ECS17b --to ESME
      hanlab send ECS39a --to ESME import_mpan=1200012345688
      hanlab send ECS22b --to ESME start=2026-01-01T00:00:00Z end=2026-02-01T00:00:00Z --json
      hanlab send GCS13a --to GPF --devices shipment.csv --state home
      hanlab send ECS28a --help-values

    Exit status: 0 carried out, 1 the device answered with an error or not at all, 2 bad input,
    3 the home did not come up.
    """
    from emulator.lab.interactive.order_words import OrderWords  # noqa: PLC0415 - help must not wait
    from emulator.lab.interactive.own_use_cases import own_use_cases  # noqa: PLC0415 - help must not wait
    from emulator.lab.interactive.radio_options import read_radios  # noqa: PLC0415 - help
    from emulator.lab.interactive.send_command import (  # noqa: PLC0415 - help must not wait
        HomeChoice,
        print_values,
        send_command,
    )

    with own_use_cases(use_cases):
        if help_values:
            print_values(use_case, as_json=as_json)
            return
        words = OrderWords(use_case, to or "", tuple(values or ()), role, date)
        choice = HomeChoice(devices, state, seed, read_radios(radios or ()), yes)
        status = send_command(words, choice, as_json=as_json)
    raise typer.Exit(status)
