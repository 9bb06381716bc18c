"""`hanlab list`: what there is to name on a command line."""

from typing import Annotated, Final, Literal

import typer

Kind = Literal["scenarios", "devices", "usecases", "radios"]

_AS_JSON: Final = typer.Option("--json", help="Print one JSON document: a list of rows.")


def list_installed(
    kind: Annotated[Kind, typer.Argument(help="What to list.")],
    as_json: Annotated[bool, _AS_JSON] = False,
) -> None:
    """List what is installed.

    Examples:
      hanlab list scenarios
      hanlab list scenarios --json | jq '.[].name'
      hanlab list devices
    """
    from emulator.lab.listings import print_listing  # noqa: PLC0415 - help must not wait for it

    print_listing(kind, as_json=as_json)
