"""Fields of JSON documents: taken with their type, or refused with their place."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, parse_eui64


def refuse(path: str, found: object, expected: str) -> NoReturn:
    """Raise for a field that is not what it has to be.

    Raises:
        UsageError: always.
    """
    raise UsageError(f"{path}: found {found!r}, expected {expected}")


def object_in(value: Any, path: str) -> Mapping[str, Any]:
    """A JSON object.

    Raises:
        UsageError: when it is none.
    """
    if not isinstance(value, Mapping):
        refuse(path, value, "an object")
    return value


def list_in(value: Any, path: str) -> Sequence[Any]:
    """A JSON array.

    Raises:
        UsageError: when it is none.
    """
    if not isinstance(value, list):
        refuse(path, value, "a list")
    return value


def number_in(value: Any, path: str) -> int:
    """A whole number, 0 or more.

    Raises:
        UsageError: when it is none.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        refuse(path, value, "a whole number")
    return value


def text_in(value: Any, path: str) -> str:
    """A text.

    Raises:
        UsageError: when it is none.
    """
    if not isinstance(value, str):
        refuse(path, value, "text")
    return value


def octets_in(value: Any, path: str) -> bytes:
    """Octets written in hexadecimal.

    Raises:
        UsageError: when they are not.
    """
    try:
        return bytes.fromhex(text_in(value, path))
    except ValueError:
        refuse(path, value, "hexadecimal octets")


def eui64_in(value: Any, path: str) -> Eui64:
    """An EUI-64 as people write it.

    Raises:
        UsageError: when it is none.
    """
    try:
        return parse_eui64(text_in(value, path))
    except UsageError:
        refuse(path, value, "an EUI-64 of 16 hexadecimal digits")
