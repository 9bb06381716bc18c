"""Where in a TOML file a key stands, so that a mistake can name its row; tables and their keys."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from emulator.kernel.toml_places import places
from emulator.rf_noise.mistakes import Mistakes


class TomlRows:
    """A TOML file while it is checked.

    Args:
        text: of the file.
        mistakes: takes what is wrong.
    """

    def __init__(self, text: str, mistakes: Mistakes) -> None:
        self.mistakes = mistakes
        self._places = places(text)

    def block(self, name: str, index: int) -> int:
        """The row of the header of the `index`-th table of an array; 1 when it has none."""
        return self._places.get((name, index), 1)

    def row(self, key: str, start: int = 1) -> int:
        """The first row from `start` on where a key stands; `start` when none does."""
        rows = (row for path, row in self._places.items() if path and path[-1] == key)
        return min((row for row in rows if row >= start), default=start)

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
