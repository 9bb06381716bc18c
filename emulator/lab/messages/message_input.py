"""GBCS messages as people have them: hexadecimal, base64, GFI frames, or octets in a file."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from emulator.gbcs.block_assembly import BLOCK_START
from emulator.gbcs.envelope import GENERAL_CIPHERING, GENERAL_SIGNING, MAXIMUM_LENGTH
from emulator.gbcs.gfi import GfiDecoder, GfiFault
from emulator.kernel.errors import UsageError

SUFFIXES: Final = (".hex", ".txt", ".bin", ".b64", ".gbcs", ".gfi")
"""What the names of message files in a folder end with."""
MAXIMUM_SIZE: Final = 8 * MAXIMUM_LENGTH
"""Octets of the longest file that is read: hexadecimal with room for spaces and line ends."""

_TAGS: Final = (bytes((GENERAL_CIPHERING,)), bytes((GENERAL_SIGNING,)))
"""How a message starts."""
_SEPARATORS: Final = re.compile(r"[\s:,-]+|0[xX]")
_HEXADECIMAL: Final = re.compile(r"(?:[0-9A-Fa-f]{2})+")
_GFI: Final = "GBCS:"
"""What every GFI frame starts with."""


@dataclass(frozen=True, slots=True)
class MessageFile:
    """One file that should hold a message.

    Args:
        name: as shown to people, below the folder they named.
        path: where it is.
    """

    name: str
    path: Path


def read_message(word: str, standard_input: BinaryIO) -> bytes:
    """The octets of the message that a word of the command line stands for.

    Args:
        word: `-` for standard input, the path of a file, or the message itself.
        standard_input: read when the word says so.

    Raises:
        UsageError: when it is none of these.
    """
    if word == "-":
        return parse_message(standard_input.read(MAXIMUM_SIZE + 1), "standard input")
    if _names_a_file(word):
        return parse_message(read_file(Path(word)), word)
    if not word.startswith(_GFI) and not _plain(word):
        raise UsageError(f"{word[:60]!r}: no such file, and no message in hexadecimal or base64")
    return parse_message(word.encode(), "the message on the command line")


def read_file(path: Path) -> bytes:
    """The octets of a file that is not longer than any message.

    Raises:
        UsageError: when it cannot be read or is too long.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAXIMUM_SIZE + 1)
    except OSError as fault:
        raise UsageError(f"{path}: cannot be read: {fault.strerror}") from fault


def message_files(path: Path) -> tuple[MessageFile, ...]:
    """The message files that a path names: itself, or those in a folder and the folders in it.

    Raises:
        UsageError: when there are none.
    """
    if path.is_file():
        return (MessageFile(str(path), path),)
    if not path.is_dir():
        raise UsageError(f"{path}: no such file or folder")
    found = sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES)
    files = tuple(MessageFile(str(each.relative_to(path)), each) for each in found)
    if not files:
        raise UsageError(f"{path}: no messages there, expected files *{', *'.join(SUFFIXES)}")
    return files


def parse_message(content: bytes, name: str) -> bytes:
    """The octets of the message in a file's content.

    Args:
        content: a message, or a text that stands for one.
        name: where it is from, for people.

    Raises:
        UsageError: when it is neither.
    """
    if len(content) > MAXIMUM_SIZE:
        raise UsageError(f"{name}: longer than any message, {MAXIMUM_SIZE} octets")
    if content.startswith(_TAGS):
        return content
    try:
        text = content.decode("ascii").strip()
    except UnicodeDecodeError:
        raise UsageError(
            f"{name}: neither text nor a message, which starts with DD or DF"
        ) from None
    if text.startswith(_GFI):
        return _framed(text, name)
    compact = _SEPARATORS.sub("", text)
    if _HEXADECIMAL.fullmatch(compact) is not None:
        return bytes.fromhex(compact)
    octets = _base64("".join(text.split()))
    if not octets.startswith(_TAGS):
        raise UsageError(f"{name}: expected a message as octets, hexadecimal, base64 or GFI frame")
    return octets


def _base64(text: str) -> bytes:
    """The octets of a base64 text, none when it is no such text."""
    try:
        return b64decode(text, validate=True)
    except (Base64Error, ValueError):
        return b""


def _names_a_file(word: str) -> bool:
    try:
        return Path(word).is_file()
    except (OSError, ValueError):
        return False


def _plain(word: str) -> bool:
    """Whether a word could be a message and not only the name of a file."""
    compact = _SEPARATORS.sub("", word)
    return len(compact) >= 16 and re.fullmatch(r"[0-9A-Za-z+/]+={0,2}", compact) is not None


def _framed(text: str, name: str) -> bytes:
    """The message in the one GFI frame of a text, or the blocks of one in several frames."""
    found: list[bytes] = []
    for frame in GfiDecoder(MAXIMUM_LENGTH).feed(text.encode() + b"\r\n"):
        if isinstance(frame, GfiFault):
            raise UsageError(f"{name}: GFI frame: {frame.reason}")
        found.append(frame.octets)
    if len(found) != 1 and not (found and all(each.startswith(BLOCK_START) for each in found)):
        raise UsageError(f"{name}: {len(found)} GFI frames, expected one")
    return b"".join(found)
