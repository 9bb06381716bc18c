"""One TOML file while it is read: its tables without what they must not have, its mistakes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from emulator.kernel.toml_places import Path as Place
from emulator.kernel.toml_places import line_of, places

Choice = TypeVar("Choice", bound=Enum)


@dataclass(slots=True)
class TomlReader:
    """One file while it is read.

    Args:
        path: as the user named it.
        text: of the file.
        mistakes: found so far, with their lines.
    """

    path: Path
    text: str
    mistakes: list[tuple[int, str]] = field(default_factory=list)
    _places: dict[Place, int] = field(init=False)

    def __post_init__(self) -> None:
        self._places = places(self.text)

    def where(self, place: Place) -> str:
        """File and line of a key."""
        return f"{self.path}:{line_of(self._places, place)}"

    def refuse(self, place: Place, reason: str) -> None:
        """Note a mistake at a key."""
        line = line_of(self._places, place)
        self.mistakes.append((line, f"{self.path}:{line}: {reason}"))

    def in_order(self) -> Sequence[str]:
        """The mistakes, by line."""
        return tuple(text for _, text in sorted(self.mistakes, key=lambda each: each[0]))

    def table(self, found: object, known: Mapping[str, type], place: Place) -> Mapping[str, Any]:
        """A table without what it must not have."""
        name = ".".join(map(str, place)) or "campaign"
        if not isinstance(found, dict):
            self.refuse(place, f"{name}: expected a table")
            return {}
        kept: dict[str, Any] = {}
        for key, value in found.items():
            expected = known.get(key)
            if expected is None:
                told = ", ".join(known)
                self.refuse((*place, key), f"{name}: unknown key {key!r}: there is {told}")
            elif not isinstance(value, expected) or isinstance(value, bool):
                self.refuse(
                    (*place, key), f"{name}: {key} = {value!r}, expected {expected.__name__}"
                )
            else:
                kept[key] = value
        return kept

    def one_of(
        self, table: Mapping[str, Any], key: str, choices: type[Choice], usual: Choice
    ) -> Choice:
        """The choice that a top key names; the usual one where it names none."""
        word = table.get(key, usual.value)
        found = next((each for each in choices if each.value == word), None)
        if found is None:
            there = ", ".join(str(each.value) for each in choices)
            self.refuse((key,), f"no {key} {word!r}: there is {there}")
        return found or usual

    def known(self, word: str, there: Sequence[str], what: str, place: Place) -> bool:
        """Whether a word is known; it is a mistake otherwise."""
        if word in there:
            return True
        self.refuse(place, f"no {what} {word!r}: there is {', '.join(there)}")
        return False
