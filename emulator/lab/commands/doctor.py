"""`hanlab doctor`: whether this installation can do its work."""

from typing import Annotated

import typer


def doctor(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document: a list of findings.")
    ] = False,
) -> None:
    """Examine the installation; exit status 3 when something is broken.

    Examples:
      hanlab doctor
      hanlab doctor --json | jq '.[] | select(.state == "broken")'
    """
    from emulator.lab.examination import print_examination  # noqa: PLC0415 - help must not wait

    raise typer.Exit(print_examination(as_json=as_json))
