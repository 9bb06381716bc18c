"""The Reference Test Data Set: official GBCS messages, certificates and remote parties' keys.

Read where it lies, never copied: `rtds/` in the folder that `HANLAB_SHARED` names.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from emulator.gbcs.protection.key_files import load_keys
from emulator.gbcs.protection.key_store import KeyStore
from emulator.testing.judges.judges import require

SHARED_VARIABLE: Final = "HANLAB_SHARED"
"""Environment variable: the folder of shared data."""
_DEFAULT_SHARED: Final = Path(__file__).parents[3].parent / "shared"


@dataclass(frozen=True, slots=True)
class ReferenceMessage:
    """One message of the set.

    Args:
        name: folder and file, which tell use case, outcome and kind.
        octets: the message.
    """

    name: str
    octets: bytes


def shared_folder() -> Path:
    """Where shared data lies, whether or not it is there."""
    named = os.environ.get(SHARED_VARIABLE)
    return Path(named) if named else _DEFAULT_SHARED


def reference_folder() -> Path:
    """The folder of the set; the test that asks is skipped where it is absent."""
    folder = shared_folder() / "rtds"
    how = f"{SHARED_VARIABLE} names a folder with rtds/messages and rtds/keystore"
    require("RTDS", (folder / "messages").is_dir(), how)
    return folder


def reference_messages() -> tuple[ReferenceMessage, ...]:
    """Every message of the set, in the order of their names."""
    return _messages(reference_folder() / "messages")


def reference_keys() -> KeyStore:
    """The certificates and keys of the set."""
    return _keys(reference_folder() / "keystore")


@cache
def _messages(folder: Path) -> tuple[ReferenceMessage, ...]:
    return tuple(
        ReferenceMessage(f"{path.parent.name}/{path.stem}", bytes.fromhex(path.read_text().strip()))
        for path in sorted(folder.glob("*/*.HEX"))
    )


@cache
def _keys(folder: Path) -> KeyStore:
    return load_keys(folder).keys
