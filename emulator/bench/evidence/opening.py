"""Opens a bundle that may be anything: every trap of a zip is refused in words, and none is sprung.

Nothing is written anywhere, no more is unpacked than the limits say, and names that lead out of a
folder, links and encrypted or strangely packed entries are refused before anything is unpacked.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any, Final

from emulator.bench.evidence.bundle import MANIFEST, SCHEMA_VERSION, SIGNATURE, Bundle
from emulator.kernel.errors import UsageError
from emulator.kernel.json_text import parse_json

MOST_FILES: Final = 2_000
MOST_OCTETS: Final = 1 << 30
"""A campaign of 5,000 cases with its captures is a small part of this."""
MOST_RATIO: Final = 1_000
"""Deflate reaches 1,032; the reports of a campaign stay below 50."""
_FREE: Final = 10 << 20
"""Octets of one file that are unpacked however well they were packed."""
_PIECE: Final = 1 << 16
NAME: Final = re.compile(r"[A-Za-z0-9_+-][A-Za-z0-9._+-]*(/[A-Za-z0-9_+-][A-Za-z0-9._+-]*)*")
"""Names of files in a bundle: nothing hidden, nothing that leads out of a folder."""
_ENCRYPTED: Final = 0x1
_END: Final = b"PK\x05\x06"
_END_LENGTH: Final = 22
"""Of the record at the end of a zip, without its comment."""
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeError,
    ValueError,
)
"""What `zipfile` raises for octets that are no zip."""


def open_bundle(path: Path) -> Bundle:
    """What is in a file.

    Raises:
        UsageError: when it cannot be read, or is no bundle that can be looked at safely.
    """
    try:
        octets = path.read_bytes()
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror}") from fault
    return read_bundle(octets, str(path))


def read_bundle(octets: bytes, name: str) -> Bundle:
    """What is in the octets of a bundle.

    Args:
        octets: of a zip, or of anything else.
        name: how messages call it.

    Raises:
        UsageError: when they are no bundle that can be looked at safely.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            entries = archive.infolist()
            problems = [*_around(octets, archive), *_problems(entries)]
            if problems:
                raise UsageError(*(f"{name}: {each}" for each in problems))
            files = {each.filename: _unpacked(archive, each) for each in entries}
    except _BROKEN as fault:
        raise UsageError(f"{name}: no whole zip: {fault}") from fault
    manifest, signature = files.pop(MANIFEST, None), files.pop(SIGNATURE, b"")
    if manifest is None:
        raise UsageError(f"{name}: a zip without {MANIFEST}: no bundle of hanlab")
    return Bundle(manifest, files, signature)


def _around(octets: bytes, archive: zipfile.ZipFile) -> list[str]:
    """What stands in the file and in none of its files: no digest tells of it."""
    first = min((each.header_offset for each in archive.infolist()), default=0)
    end = octets.rfind(_END)
    over = len(octets) - end - _END_LENGTH - len(archive.comment)
    problems = [f"{first} octets before its first file"] if first else []
    problems += [f"{over} octets after its end"] if over else []
    return [*problems, *(["a comment"] if archive.comment else [])]


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The octets of one entry, in pieces: a size that lies must not unpack more than it says."""
    whole = bytearray()
    with archive.open(entry) as packed:
        while piece := packed.read(_PIECE):
            whole += piece
    if len(whole) != entry.file_size:
        raise zipfile.BadZipFile(f"{entry.filename} ends early")
    return bytes(whole)


def _problems(entries: list[zipfile.ZipInfo]) -> list[str]:
    """Why the entries of a zip are not unpacked; none where they can be."""
    if len(entries) > MOST_FILES:
        return [f"{len(entries)} files, expected at most {MOST_FILES}"]
    problems = [told for each in entries for told in _entry_problems(each)]
    named = Counter(each.filename for each in entries)
    problems += [f"two files are called {name!r}" for name, times in named.items() if times > 1]
    whole = sum(each.file_size for each in entries)
    if whole > MOST_OCTETS:
        problems.append(f"{whole} octets when unpacked, expected at most {MOST_OCTETS}")
    return problems[:10]


def _entry_problems(entry: zipfile.ZipInfo) -> list[str]:
    shown = repr(entry.orig_filename[:80])
    problems: list[str] = []
    if entry.filename != entry.orig_filename or not NAME.fullmatch(entry.filename):
        problems.append(f"the name {shown} is none of a file in a bundle")
    if stat.S_ISLNK(entry.external_attr >> 16):
        problems.append(f"{shown} is a link")
    if entry.flag_bits & _ENCRYPTED:
        problems.append(f"{shown} is encrypted")
    if entry.compress_type not in _PACKINGS:
        problems.append(f"{shown} is packed by method {entry.compress_type}")
    if entry.file_size > max(_FREE, MOST_RATIO * entry.compress_size):
        problems.append(f"{shown} unpacks to {entry.file_size} octets: more than its packing gives")
    return problems


def manifest_document(bundle: Bundle, name: str) -> dict[str, Any]:
    """The manifest of a bundle, with a list of files that can be gone through.

    Raises:
        UsageError: when it is none of this or an earlier version.
    """
    document = read_json(bundle.manifest, f"{name}: {MANIFEST}")
    version = document.get("schema_version")
    if document.get("bundle") != "hanlab evidence" or not isinstance(version, int):
        raise UsageError(f"{name}: {MANIFEST} is none of hanlab")
    if not 1 <= version <= SCHEMA_VERSION:
        raise UsageError(f"{name}: version {version}, this hanlab reads up to {SCHEMA_VERSION}")
    files = document.get("files")
    if not isinstance(files, list) or not all(map(_is_file, files)):
        raise UsageError(f"{name}: {MANIFEST}: files are no list of path, bytes and sha256")
    return document


def _is_file(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("path"), str)
        and isinstance(entry.get("bytes"), int)
        and isinstance(entry.get("sha256"), str)
    )


def read_json(octets: bytes, name: str) -> dict[str, Any]:
    """A JSON object.

    Raises:
        UsageError: when the octets are none.
    """
    try:
        document = parse_json(octets)
    except ValueError as fault:
        raise UsageError(f"{name}: no JSON: {fault}") from fault
    if not isinstance(document, dict):
        raise UsageError(f"{name}: expected a JSON object")
    return document
