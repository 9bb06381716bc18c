"""`hanlab list`: what there is to name on a command line."""

from typing import Annotated, Final, Literal

import typer

Kind = Literal["scenarios", "devices", "usecases", "radios"]

_AS_JSON: Final = typer.Option("--json", help="Print one JSON document: a list of rows.")
_DEVICE: Final = typer.Option(metavar="TYPE", help="Only use cases for this type of device.")


def list_installed(
    kind: Annotated[Kind, typer.Argument(help="What to list.")],
    as_json: Annotated[bool, _AS_JSON] = False,
    device: Annotated[str | None, _DEVICE] = None,
) -> None:
    """List what is installed.

    Examples:
      hanlab list scenarios
      hanlab list scenarios --json | jq '.[].name'
      hanlab list usecases --device ESME
      hanlab list radios
    """
    from emulator.lab.listings import print_listing  # noqa: PLC0415 - help must not wait for it

    print_listing(kind, as_json=as_json, device=device)
