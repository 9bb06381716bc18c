"""TOML files of a user: their text and their tables, or what to mend in which line."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from emulator.kernel.errors import UsageError

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_text(path: Path) -> str:
    """The text of a file, without the mark that some editors put before it.

    Raises:
        UsageError: when it cannot be read, or is no UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except (OSError, ValueError) as fault:
        told = "no UTF-8 text" if isinstance(fault, UnicodeDecodeError) else str(fault)
        raise UsageError(f"{path}: {getattr(fault, 'strerror', None) or told}") from fault


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """The tables in a text.

    Args:
        text: of the file.
        name: of the file, as the user named it.

    Raises:
        UsageError: when it is no TOML, with the line, or nests deeper than a reader can follow.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        told = str(fault)
        place = _PLACE.search(told)
        line = place[1] if place and place[1] else str(text.count("\n") + 1)
        raise UsageError(f"{name}:{line}: no TOML: {_PLACE.sub('', told)}") from fault
    except RecursionError as fault:
        raise UsageError(f"{name}: no TOML: it nests too deep") from fault
