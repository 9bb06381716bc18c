"""`hanlab pki`: certificates and keys for tests, made, imported and shown."""

from pathlib import Path
from typing import Annotated, Final

import typer

_SEED: Final = typer.Option("--seed", help="Equal seeds give equal keys.")
_DEVICES: Final = typer.Option(
    "--devices", help="Shipment file whose devices get certificates.", show_default=False
)
_EUI64: Final = typer.Option("--eui64", help="Another device; may be repeated.", show_default=False)
_OUT: Final = typer.Option("--out", help="Folder to write, new or empty.", show_default=False)
_SOURCE: Final = typer.Argument(help="A folder or zip archive of PEM and DER files.")
_FOLDER: Final = typer.Argument(help="A folder of certificates and keys.")
_AS_JSON: Final = typer.Option("--json", help="Print one JSON document: a list of rows.")


def make(
    out: Annotated[Path, _OUT],
    seed: Annotated[int, _SEED] = 1,
    devices: Annotated[Path | None, _DEVICES] = None,
    eui64: Annotated[list[str] | None, _EUI64] = None,
) -> None:
    """Make a test PKI: authorities, an organisation for each role, and devices.

    For tests only: whoever knows the seed knows the private keys.

    Examples:
      hanlab pki make --devices shipment.csv --out keys
      hanlab pki make --seed 7 --eui64 00-DB-12-34-56-78-90-A0 --out keys
    """
    from emulator.lab.key_folders import make_folder  # noqa: PLC0415 - help must not wait

    make_folder(seed, devices, eui64 or (), out)


def import_keys(source: Annotated[Path, _SOURCE], out: Annotated[Path, _OUT]) -> None:
    """Gather a lab's certificates and keys, such as an SMKI test set, into one folder.

    Examples:
      hanlab pki import smki-test-set.zip --out keys
    """
    from emulator.lab.key_folders import import_folder  # noqa: PLC0415 - help must not wait

    import_folder(source, out)


def show(folder: Annotated[Path, _FOLDER], as_json: Annotated[bool, _AS_JSON] = False) -> None:
    """Tell whose keys a folder holds, for what, and how long they are valid.

    Examples:
      hanlab pki show keys
      hanlab pki show keys --json | jq '.[].eui64'
    """
    from emulator.lab.key_folders import show_folder  # noqa: PLC0415 - help must not wait

    show_folder(folder, as_json=as_json)


app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Make, import and show certificates and keys.

    Examples:
      hanlab pki make --devices shipment.csv --out keys
      hanlab pki show keys
    """,
)
app.command("make")(make)
app.command("import")(import_keys)
app.command("show")(show)
