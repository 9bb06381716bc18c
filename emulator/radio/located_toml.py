"""TOML whose mistakes are told with file and line, all of them at once.

`tomllib` gives values without places; a second, shallow look at the lines says where each key of
each table stands. A value inside an array is told with the line of its key.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from emulator.kernel.errors import UsageError

_ARRAY_TABLE: Final = re.compile(r"\s*\[\[\s*([\w.-]+)\s*\]\]")
_TABLE: Final = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_KEY: Final = re.compile(r"""\s*["']?([\w .-]+?)["']?\s*=(.*)""")
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')

_Where = tuple[str, int, str]
"""Table, its number among tables of that name, key; the key is empty for the table itself."""


@dataclass(slots=True)
class LocatedToml:
    """A TOML document that remembers lines and collects mistakes.

    Args:
        path: of the file, as the user named it.
        data: what `tomllib` read.
        mistakes: one line each, with file and line.
    """

    path: Path
    data: Mapping[str, Any]
    mistakes: list[str] = field(default_factory=list)
    _lines: dict[_Where, int] = field(default_factory=dict)

    def tables(self, name: str, *, wanted: bool = False) -> list["Table"]:
        """The tables `[[name]]`, in order.

        Args:
            name: of the array of tables.
            wanted: whether there must be one at least.
        """
        found = self.data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.refuse((name, 0, ""), f"{name}: expected tables, each begun by [[{name}]]")
            return []
        if wanted and not found:
            self.refuse(("", 0, ""), f"no [[{name}]]: expected one at least")
        return [Table(self, name, number, each) for number, each in enumerate(found)]

    def top(self) -> "Table":
        """The keys before the first table; tables are not among them."""
        plain = {
            key: value
            for key, value in self.data.items()
            if not isinstance(value, dict)
            and not (isinstance(value, list) and any(isinstance(each, dict) for each in value))
        }
        return Table(self, "", 0, plain)

    def refuse(self, where: _Where, reason: str) -> None:
        """Note a mistake."""
        table, number, _ = where
        line = self._lines.get(where) or self._lines.get((table, number, ""), 1)
        self.mistakes.append(f"{self.path}:{line}: {reason}")

    def check(self) -> None:
        """End reading.

        Raises:
            UsageError: with every mistake, in order of lines.
        """
        if self.mistakes:
            raise UsageError(*sorted(self.mistakes, key=_line_of))


@dataclass(slots=True)
class Table:
    """One table while it is read; what is asked for and is not as asked becomes a mistake."""

    document: LocatedToml
    name: str
    number: int
    values: Mapping[str, Any]

    def refuse(self, key: str, reason: str) -> None:
        """Note a mistake about a key of this table, or about the table when the key is empty."""
        what = f"{self.name} {self.number + 1}: " if self.name else ""
        self.document.refuse((self.name, self.number, key), f"{what}{reason}")

    def only(self, *known: str) -> None:
        """Refuse every key that is not known."""
        for key in self.values:
            if key not in known:
                self.refuse(key, f"unknown key {key!r}: there is {', '.join(known)}")

    def text(self, key: str, default: str | None = None) -> str:
        """A text; empty after a mistake."""
        value = self._value(key, default)
        if value is None or key not in self.values:
            return value or ""
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, f"{key} = {value!r}: expected a text in quotes")
            return default or ""
        return value

    def choice(self, key: str, there: Sequence[str], default: str | None = None) -> str:
        """One of the words; the first of them after a mistake."""
        value = self.text(key, default)
        if value and value not in there:
            self.refuse(key, f"{key} = {value!r}: expected one of {', '.join(there)}")
            return there[0] if there else ""
        return value

    def number_of(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number from `low` to `high`; `low` after a mistake."""
        value = self._value(key, default)
        if value is None:
            return low
        if not _is_number(value) or not low <= value <= high:
            self.refuse(key, f"{key} = {value!r}: expected a number from {low:g} to {high:g}")
            return low
        return float(value)

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from `low` to `high`; `low` after a mistake."""
        value = self._value(key, default)
        if value is None:
            return low
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.refuse(key, f"{key} = {value!r}: expected a whole number from {low} to {high}")
            return low
        return value

    def truth(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.refuse(key, f"{key} = {value!r}: expected true or false")
            return default
        return value

    def point(self, key: str) -> tuple[float, float]:
        """Two numbers `[x, y]` in metres; the origin after a mistake."""
        value = self._value(key, None)
        found = as_point(value)
        if found is None and value is not None:
            self.refuse(key, f"{key} = {value!r}: expected [x, y] in metres")
        return found or (0.0, 0.0)

    def _value(self, key: str, default: Any) -> Any:
        if key in self.values:
            return self.values[key]
        if default is None:
            self.refuse("", f"{key} is missing")
        return default


def as_point(value: object) -> tuple[float, float] | None:
    """Two numbers within 10 km of the origin; None of anything else."""
    if not isinstance(value, list) or len(value) != 2 or not all(map(_is_number, value)):
        return None
    x, y = float(value[0]), float(value[1])
    return (x, y) if abs(x) <= 10_000 and abs(y) <= 10_000 else None


def read_toml(path: Path) -> LocatedToml:
    """The document in a file.

    Raises:
        UsageError: when it cannot be read, or is no TOML.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror}") from fault
    except UnicodeDecodeError as fault:
        raise UsageError(f"{path}: no UTF-8 text: {fault.reason}") from fault
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        place = re.search(r"\(at line (\d+), column \d+\)", str(fault))
        line = place[1] if place else str(text.count("\n") + 1)
        raise UsageError(f"{path}:{line}: no TOML: {fault}") from fault
    return LocatedToml(path, data, _lines=_lines(text))


def _lines(text: str) -> dict[_Where, int]:
    """Where each table and key begins."""
    found: dict[_Where, int] = {}
    counts: dict[str, int] = {}
    table, number, depth = "", 0, 0
    for line, row in enumerate(text.splitlines(), 1):
        plain = _QUOTED.sub('""', row).split("#", 1)[0]
        header = _ARRAY_TABLE.match(row) or _TABLE.match(row)
        if depth == 0 and header:
            table = header[1]
            number = counts[table] = counts.get(table, -1) + 1
            found.setdefault((table, number, ""), line)
            continue
        key = _KEY.match(row) if depth == 0 else None
        if key:
            found.setdefault((table, number, key[1]), line)
        depth = max(depth + sum(map(plain.count, "[{")) - sum(map(plain.count, "]}")), 0)
    return found


def _is_number(value: object) -> bool:
    finite = isinstance(value, int | float) and abs(value) < float("inf")
    return finite and not isinstance(value, bool)


def _line_of(mistake: str) -> int:
    place = re.search(r":(\d+): ", mistake)
    return int(place[1]) if place else 0
