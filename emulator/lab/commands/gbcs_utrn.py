"""`hanlab gbcs utrn`: top-up tokens made and checked."""

import json
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from emulator.lab.commands.common_options import AsJson

_DIGITS: Final = typer.Argument(help="20 digits; spaces and - are allowed.", show_default=False)
_SUPPLIER: Final = typer.Option(help="EUI-64 of the supplier.", show_default=False)
_DEVICE: Final = typer.Option(help="EUI-64 of the meter.", show_default=False)
_KEYSTORE: Final = typer.Option(
    help="Folder with the supplier's prepayment key and the meter's certificate.",
    show_default=False,
)
_COUNTER: Final = typer.Option(
    help="UTRN counter: the high 32 bits of the originator counter.", show_default=False
)
_HIGHEST: Final = typer.Option(help="Highest UTRN counter that the meter met so far.")
_PENCE: Final = typer.Option(help="Value in hundredths of the currency unit.")
_POUNDS: Final = typer.Option(help="Value in whole currency units.")


def build(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command
    supplier: Annotated[str, _SUPPLIER],
    device: Annotated[str, _DEVICE],
    keystore: Annotated[Path, _KEYSTORE],
    counter: Annotated[int, _COUNTER],
    pence: Annotated[int | None, _PENCE] = None,
    pounds: Annotated[int | None, _POUNDS] = None,
    as_json: AsJson = False,
) -> None:
    r"""Make a token of 20 digits.

    Examples:
      hanlab gbcs utrn build --supplier 90B3D51F30010000 --device 00DB1234567890A0 \
        --keystore keys --counter 7 --pounds 20
    """
    from emulator.lab.messages.top_up_tokens import TokenParties, made_token  # noqa: PLC0415 - help

    _print(made_token(TokenParties(supplier, device, keystore), counter, pence, pounds), as_json)


def check(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command
    digits: Annotated[str, _DIGITS],
    supplier: Annotated[str | None, _SUPPLIER] = None,
    device: Annotated[str | None, _DEVICE] = None,
    keystore: Annotated[Path | None, _KEYSTORE] = None,
    highest: Annotated[int, _HIGHEST] = 0,
    as_json: AsJson = False,
) -> None:
    r"""Tell what a token says, and with keys whether it is genuine; exit status 1 when it is not.

    Examples:
      hanlab gbcs utrn check "7394 3333 4571 8904 3313"
      hanlab gbcs utrn check 73943333457189043313 --supplier 90B3D51F30010000 \
        --device 00DB1234567890A0 --keystore keys --highest 0
    """
    from emulator.kernel.errors import UsageError  # noqa: PLC0415 - help must not wait
    from emulator.lab.messages.top_up_tokens import (  # noqa: PLC0415 - help must not wait
        TokenParties,
        read_token,
        verified_token,
    )

    given = [each for each in (supplier, device, keystore) if each is not None]
    if not given:
        _print(read_token(digits), as_json)
        return
    if supplier is None or device is None or keystore is None:
        raise UsageError("give --supplier, --device and --keystore together, or none of them")
    facts = verified_token(digits, TokenParties(supplier, device, keystore), highest)
    _print(facts, as_json)
    if not facts["genuine"]:
        raise typer.Exit(1)


def _print(facts: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(facts, indent=2))
        return
    for name, value in facts.items():
        said = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        typer.echo(f"{name.replace('_', ' ')}: {said}")


app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Make and check top-up tokens of 20 digits (GBCS 14).

    Examples:
      hanlab gbcs utrn check "7394 3333 4571 8904 3313"
    """,
)
app.command("build")(build)
app.command("check")(check)
