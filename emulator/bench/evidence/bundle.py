"""A bundle as one zip: the same files give the same octets; a manifest names each by its digest.

`manifest.json` is the first file. With a key, `signature.json` beside it holds a signature over the
octets of the manifest, and so over everything.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "signature.json"
SCHEMA_VERSION: Final = 1
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can tell; a bundle tells no other."""
_UNIX: Final = 3
_MODE: Final = 0o100644
_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is in a bundle.

    Args:
        manifest: octets of `manifest.json`.
        files: every other file but the signature, by name.
        signature: octets of `signature.json`; empty where nobody signed.
    """

    manifest: bytes
    files: Mapping[str, bytes]
    signature: bytes = b""


def manifest_of(files: Mapping[str, bytes], facts: Mapping[str, Any]) -> bytes:
    """The manifest: what the bundle is, and of each file its size and SHA-256.

    Args:
        files: by name.
        facts: what else it tells: who made it, and with what.
    """
    document = {
        "schema_version": SCHEMA_VERSION,
        "bundle": "hanlab evidence",
        **facts,
        "files": [
            {"path": name, "bytes": len(octets), "sha256": hashlib.sha256(octets).hexdigest()}
            for name, octets in sorted(files.items())
        ],
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def zipped(bundle: Bundle) -> bytes:
    """The bundle as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        _add(archive, MANIFEST, bundle.manifest)
        if bundle.signature:
            _add(archive, SIGNATURE, bundle.signature)
        for name, octets in sorted(bundle.files.items()):
            _add(archive, name, octets)
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, octets: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = _UNIX
    entry.external_attr = _MODE << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, octets, compresslevel=_LEVEL)
