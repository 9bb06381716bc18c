"""Where in a TOML file a key stands, so that a mistake can name its row; tables and their keys."""

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

from emulator.rf_noise.mistakes import Mistakes

_BLOCK: Final = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?")


class TomlRows:
    """A TOML file while it is checked.

    Args:
        text: of the file.
        mistakes: takes what is wrong.
    """

    def __init__(self, text: str, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self._lines = text.splitlines()

    def block(self, name: str, index: int) -> int:
        """The row of the header of the `index`-th table of an array; 1 when it has none."""
        found = [
            row
            for row, line in enumerate(self._lines, 1)
            if (match := _BLOCK.match(line)) is not None and match[1] == name
        ]
        return found[index] if index < len(found) else 1

    def row(self, key: str, start: int = 1) -> int:
        """The first row from `start` on that begins with a key; `start` when none does."""
        pattern = re.compile(rf"\s*(?:\[+\s*)?\"?{re.escape(key)}\"?\s*[]=]")
        for row, line in enumerate(self._lines[start - 1 :], start):
            if pattern.match(line):
                return row
        return start

    def refuse(self, key: str, reason: str, start: int = 1) -> None:
        """Note a mistake at a key."""
        self.mistakes.refuse(self.row(key, start), reason)

    def checked(
        self, found: Any, known: Mapping[str, Any], needed: tuple[str, ...], start: int
    ) -> dict[str, Any]:
        """The keys of a table that may be there, of their types; all others are mistakes."""
        if not isinstance(found, dict):
            self.mistakes.refuse(start, "expected a table")
            return {}
        kept: dict[str, Any] = {}
        for name, value in found.items():
            expected = known.get(name)
            if expected is None:
                self.refuse(name, f"unknown key {name!r}: there is {', '.join(known)}", start)
            elif not _is(value, expected):
                self.refuse(name, f"{name} = {value!r}: expected {_word(expected)}", start)
            else:
                kept[name] = value
        for name in needed:
            if name not in found:
                self.mistakes.refuse(start, f"{name} is missing")
        return kept


def _is(value: Any, expected: Any) -> bool:
    if isinstance(value, bool):
        return expected is bool
    if isinstance(value, float) and not isfinite(value):
        return False
    return isinstance(value, expected)


def _word(expected: Any) -> str:
    words = {str: "a text", bool: "true or false", int: "a whole number", list: "an array"}
    return words.get(expected, "a number")
