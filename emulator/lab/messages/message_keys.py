"""The keys that messages are checked and made with, as the command line names them."""

from datetime import UTC, datetime
from pathlib import Path

import typer

from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_files import load_keys
from emulator.gbcs.protection.message_protection import Protection
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import parse_eui64


def message_protection(
    keystore: Path, broker: str | None = None, at: str | None = None
) -> Protection:
    """The keys of a folder, ready to verify with; its notes are told on stderr.

    Args:
        keystore: folder of certificates and keys.
        broker: EUI-64 of the access control broker; the only one of the folder unless given.
        at: day or moment, ISO 8601, at which certificates must be valid; None leaves it aside.

    Raises:
        UsageError: when there are no keys, or broker or moment are none.
    """
    moment = None if at is None else _moment(at)
    acting = None if broker is None else parse_eui64(broker)
    folder = load_keys(keystore)
    for note in folder.notes:
        typer.echo(f"note: {note}", err=True)
    return Protection(
        keys=folder.keys,
        agreement=StoredKeyAgreement(folder.keys),
        broker=acting,
        moment=moment,
        trusted_paths=moment is not None and bool(folder.keys.authorities),
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"moment {text!r}: expected a date such as 2026-01-05") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
