"""`hanlab list`: what there is to name on a command line."""

from typing import Annotated, Final, Literal

import typer

from emulator.lab.commands.common_options import UseCases

Kind = Literal["scenarios", "devices", "usecases", "radios"]

_AS_JSON: Final = typer.Option("--json", help="Print one JSON document: a list of rows.")
_RECORDS: Final = typer.Option(
    "--records", help="Print use cases as records, a JSON line each, to copy from."
)
_DEVICE: Final = typer.Option(metavar="TYPE", help="Only use cases for this type of device.")


def list_installed(
    kind: Annotated[Kind, typer.Argument(help="What to list.")],
    as_json: Annotated[bool, _AS_JSON] = False,
    device: Annotated[str | None, _DEVICE] = None,
    records: Annotated[bool, _RECORDS] = False,
    use_cases: UseCases = None,
) -> None:
    """List what is installed.

    Examples:
      hanlab list scenarios
      hanlab list scenarios --json | jq '.[].name'
      hanlab list usecases --device ESME
      hanlab list usecases --records | grep '"ECS17b"' > records/own.jsonl
      hanlab list usecases --use-cases records
      hanlab list radios
    """
    from emulator.lab.interactive.own_use_cases import own_use_cases  # noqa: PLC0415 - help must not wait
    from emulator.lab.listings import print_listing  # noqa: PLC0415 - help must not wait for it

    with own_use_cases(use_cases if kind == "usecases" else None):
        print_listing(kind, as_json=as_json, records=records, device=device)
