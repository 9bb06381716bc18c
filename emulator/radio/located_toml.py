"""TOML whose mistakes are told with file and line, all of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from emulator.kernel.errors import UsageError
from emulator.kernel.text_files import read_text
from emulator.kernel.toml_places import Path as Place
from emulator.kernel.toml_places import line_of, places
from emulator.kernel.toml_text import parse_toml


@dataclass(slots=True)
class LocatedToml:
    """A TOML document that remembers lines and collects mistakes.

    Args:
        path: of the file, as the user named it.
        data: what `tomllib` read.
    """

    path: Path
    data: Mapping[str, Any]
    _found: list[tuple[int, str]] = field(default_factory=list)
    _places: dict[Place, int] = field(default_factory=lambda: {(): 1})

    @property
    def mistakes(self) -> list[str]:
        """One line each, with file and line, in order of lines."""
        return [told for _, told in sorted(self._found, key=lambda each: each[0])]

    def tables(self, name: str, *, wanted: bool = False) -> list["Table"]:
        """The tables `[[name]]`, in order.

        Args:
            name: of the array of tables.
            wanted: whether there must be one at least.
        """
        found = self.data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.refuse((name,), f"{name}: expected tables, each begun by [[{name}]]")
            return []
        if wanted and not found:
            self.refuse((), f"no [[{name}]]: expected one at least")
        return [Table(self, name, number, each) for number, each in enumerate(found)]

    def only_tables(self, *known: str) -> None:
        """Refuse every table that is not known."""
        for name, value in self.data.items():
            if name not in known and isinstance(value, dict | list):
                there = ", ".join(known)
                self.refuse((name,), f"unknown table {name!r}: there is {there}")

    def top(self) -> "Table":
        """The keys before the first table; tables are not among them."""
        plain = {
            key: value
            for key, value in self.data.items()
            if not isinstance(value, dict)
            and not (isinstance(value, list) and any(isinstance(each, dict) for each in value))
        }
        return Table(self, "", 0, plain)

    def refuse(self, place: Place, reason: str) -> None:
        """Note a mistake at a key or table."""
        line = line_of(self._places, place)
        self._found.append((line, f"{self.path}:{line}: {reason}"))

    def check(self) -> None:
        """End reading.

        Raises:
            UsageError: with every mistake, in order of lines.
        """
        if self.mistakes:
            raise UsageError(*self.mistakes)


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
        table: Place = (self.name, self.number) if self.name else ()
        self.document.refuse((*table, key) if key else table, f"{what}{reason}")

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
    text = read_text(path)
    return LocatedToml(path, parse_toml(text, str(path)), _places=places(text))


def _is_number(value: object) -> bool:
    finite = isinstance(value, int | float) and abs(value) < float("inf")
    return finite and not isinstance(value, bool)
