"""`hanlab install-code`: what a printed code says, and what a code without CRC becomes."""

import json
from typing import Annotated, Any, Final

import typer

from emulator.lab.commands.common_options import AsJson

_CODE: Final = typer.Argument(help="Hexadecimal; spaces and - are allowed.", show_default=False)


def check(
    code: Annotated[str, _CODE],
    as_json: AsJson = False,
) -> None:
    """Check a code as printed, with its CRC; exit status 2 when it is wrong.

    Examples:
      hanlab install-code check 83FED3407A932B70
      hanlab install-code check "83FE D340 7A93 2B70" --json
    """
    from emulator.crypto.install_code import InstallCode  # noqa: PLC0415 - help must not wait
    from emulator.kernel.errors import UsageError  # noqa: PLC0415 - help must not wait

    try:
        checked = InstallCode.parse(code)
    except UsageError as refusal:
        if as_json:
            _print({"code": code, "valid": False, "problem": str(refusal)}, as_json=True)
        raise
    _print({"code": code, "valid": True, **_facts(checked)}, as_json=as_json)


def derive(
    code: Annotated[str, _CODE],
    as_json: AsJson = False,
) -> None:
    """Derive CRC, printed form and link key of a code without CRC.

    Examples:
      hanlab install-code derive 83FED3407A93
      hanlab install-code derive 83FED3407A93 --json | jq -r .link_key
    """
    from emulator.crypto.install_code import InstallCode  # noqa: PLC0415 - help must not wait

    octets = _octets(code)
    derived = InstallCode.from_octets(octets)
    _print({"code": code, **_facts(derived)}, as_json=as_json)
    if _ends_in_crc(octets):
        typer.echo("note: the last two octets are a CRC of the others; was it to check?", err=True)


def _octets(text: str) -> bytes:
    from emulator.kernel.errors import UsageError  # noqa: PLC0415 - help must not wait

    try:
        return bytes.fromhex(text.replace("-", ""))
    except ValueError as refusal:
        raise UsageError(
            f"install code {text!r}: expected pairs of hexadecimal digits"
        ) from refusal


def _ends_in_crc(octets: bytes) -> bool:
    from emulator.crypto.install_code import CRC_LENGTH, crc16_x25  # noqa: PLC0415 - help

    body, crc = octets[:-CRC_LENGTH], octets[-CRC_LENGTH:]
    return crc16_x25(body).to_bytes(CRC_LENGTH, "little") == crc


def _facts(code: Any) -> dict[str, Any]:
    return {
        "octets": len(code.octets),
        "crc": code.crc.hex().upper(),
        "printed": code.printed,
        "link_key": code.link_key.hex().upper(),
    }


def _print(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(facts, indent=2))
        return
    for name, value in facts.items():
        typer.echo(f"{name.replace('_', ' ')}: {'yes' if value is True else value}")


app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Check and derive install codes (ZSE 1.4 5.4.8.1).

    Examples:
      hanlab install-code check 83FED3407A932B70
      hanlab install-code derive 83FED3407A93
    """,
)
app.command("check")(check)
app.command("derive")(derive)
