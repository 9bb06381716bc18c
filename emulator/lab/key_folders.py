"""What `hanlab pki` does once its words are read: key folders made, gathered and shown."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

import typer
from rich.console import Console
from rich.table import Table

from emulator.gbcs.pki import certificate_pem, credential_files, make_pki
from emulator.gbcs.protection.key_files import EXTENSIONS, KeyFolder, load_keys
from emulator.gbcs.protection.key_files import MAXIMUM_SIZE as MAXIMUM_FILE
from emulator.gbcs.protection.key_store import Credential
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.identity import format_eui64, parse_eui64
from emulator.lab.shipments.shipment import read_shipment

MAXIMUM_FILES: Final = 20_000
"""Key files in the largest archive that is read."""


def make_folder(seed: int, devices: Path | None, eui64s: Iterable[str], out: Path) -> None:
    """Write the test PKI of a seed for the devices of a shipment file and others.

    Raises:
        UsageError: when a device is none, or the folder holds something else already.
        EnvironmentFault: when the folder cannot be written.
    """
    wanted = [parse_eui64(each) for each in eui64s]
    if devices is not None:
        wanted += [each.eui64 for each in read_shipment(devices).devices]
    pki = make_pki(seed, dict.fromkeys(wanted))
    write_folder(out, pki.files())
    typer.echo(f"{out}: test keys of {len(pki.keys)} uses, seed {seed}; for tests only", err=True)


def import_folder(source: Path, out: Path) -> None:
    """Gather the keys in a folder, the folders in it, or a zip archive, under our names.

    Raises:
        UsageError: when there are no keys, or the folder holds something else already.
        EnvironmentFault: when the folder cannot be written.
    """
    with TemporaryDirectory() as name:
        flat = Path(name)
        _gather(source, flat)
        folder = load_keys(flat)
    files = credential_files(folder.keys)
    for number, authority in enumerate(folder.keys.authorities, start=1):
        files[f"authority-{number}.pem"] = certificate_pem(authority)
    write_folder(out, files)
    _tell_notes(folder)
    typer.echo(f"{out}: {len(folder.keys)} keys", err=True)


def show_folder(path: Path, *, as_json: bool) -> None:
    """Tell whose keys are in a folder.

    Raises:
        UsageError: when there are none.
    """
    folder = load_keys(path)
    rows = [_row(each) for each in folder.keys]
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
    else:
        table = Table("EUI-64", "role", "use", "private key", "valid until", "issuer")
        for row in rows:
            table.add_row(
                row["eui64"],
                row["role"],
                row["use"],
                "yes" if row["private_key"] else "no",
                row["not_after"] or "-",
                row["issuer"] or "no certificate",
            )
        Console().print(table)
    _tell_notes(folder)


def write_folder(out: Path, files: Mapping[str, bytes]) -> None:
    """Write key files into a folder that is new, empty, or holds these files only.

    Raises:
        UsageError: when the folder holds anything else.
        EnvironmentFault: when it cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        strange = sorted(each.name for each in out.iterdir() if each.name not in files)
        if strange:
            raise UsageError(f"{out}: holds {strange[0]} already; give a new folder with --out")
        for name, octets in files.items():
            path = out / name
            path.write_bytes(octets)
            if name.endswith(".key"):
                path.chmod(0o600)
    except OSError as fault:
        raise EnvironmentFault(f"{out}: cannot be written: {fault.strerror}") from fault


def _gather(source: Path, flat: Path) -> None:
    """Copy every key file below a source into one folder, under names that do not collide."""
    if source.is_dir():
        found: Iterable[tuple[str, bytes]] = (
            (each.name, each.read_bytes())
            for each in sorted(source.rglob("*"))
            if each.suffix.lower() in EXTENSIONS and each.is_file()
        )
    elif source.is_file():
        found = _archived(source)
    else:
        raise UsageError(f"{source}: no such folder or archive")
    for number, (name, octets) in enumerate(found):
        path = flat / name
        if path.exists():
            path = flat / f"{path.stem}.{number}{path.suffix}"
        path.write_bytes(octets)


def _archived(source: Path) -> list[tuple[str, bytes]]:
    try:
        with ZipFile(source) as archive:
            members = [
                each
                for each in archive.infolist()
                if Path(each.filename).suffix.lower() in EXTENSIONS
            ]
            if len(members) > MAXIMUM_FILES:
                raise UsageError(f"{source}: {len(members)} key files, at most {MAXIMUM_FILES}")
            large = next((each for each in members if each.file_size > MAXIMUM_FILE), None)
            if large is not None:
                raise UsageError(f"{source}: {large.filename} is no key: {large.file_size} octets")
            return [(Path(each.filename).name, archive.read(each)) for each in members]
    except (BadZipFile, NotImplementedError, RuntimeError) as fault:
        raise UsageError(f"{source}: is no folder, and no archive that can be read") from fault


def _row(credential: Credential) -> dict[str, Any]:
    certificate = credential.certificate
    return {
        "eui64": format_eui64(credential.eui64),
        "role": _role(credential.role, bare=certificate is None),
        "use": credential.use.value,
        "private_key": credential.private_key is not None,
        "not_before": None if certificate is None else certificate.not_before.isoformat(),
        "not_after": None if certificate is None else certificate.not_after.isoformat(),
        "issuer": None if certificate is None else certificate.issuer,
    }


def _role(role: RemotePartyRole | None, *, bare: bool) -> str:
    if role is not None:
        return role.name.lower().replace("_", " ")
    return "unknown" if bare else "device"


def _tell_notes(folder: KeyFolder) -> None:
    for note in folder.notes:
        typer.echo(f"note: {note}", err=True)
