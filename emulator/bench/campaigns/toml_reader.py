"""One TOML file while it is read: its tables without what they must not have, its mistakes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Any, Final, TypeVar

from emulator.kernel.toml_places import Path as Place
from emulator.kernel.toml_places import line_of, places

_KINDS: Final[Mapping[type, str]] = {
    str: "a text",
    int: "a whole number",
    list: "a list",
    dict: "a table",
}
_FEW: Final = 20
"""Words that a person looks through at a glance."""
_MANY: Final = 80
"""Words that a person still looks through where none is like the wrong one."""
_SHOWN: Final = 60
"""Characters of a wrong value that are shown."""
Choice = TypeVar("Choice", bound=Enum)


@dataclass(slots=True)
class TomlReader:
    """One file while it is read.

    Args:
        path: as the user named it.
        text: of the file.
        what: the file describes.
        mistakes: found so far, with their lines.
    """

    path: Path
    text: str
    what: str = "campaign"
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
        name = ".".join(map(str, place)) or self.what
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
                    (*place, key), f"{name}: {key} = {_shown(value)}, expected {_KINDS[expected]}"
                )
            elif isinstance(value, str) and not value.isprintable():
                self.refuse((*place, key), f"{name}: {key}: expected a text that can be printed")
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

    def texts(self, table: Mapping[str, Any], key: str, place: Place) -> tuple[str, ...]:
        """The texts of a list; what else is in it is a mistake."""
        found = table.get(key, ())
        for each in found:
            if not isinstance(each, str):
                self.refuse(place, f"{key}: {_shown(each)}, expected a text")
        return tuple(each for each in found if isinstance(each, str))

    def known(self, word: str, there: Sequence[str], what: str, place: Place) -> bool:
        """Whether a word is known; it is a mistake otherwise."""
        if word in there:
            return True
        self.refuse(place, f"no {what} {word!r}: {_choice(word, there)}")
        return False


def _choice(word: str, there: Sequence[str]) -> str:
    """What could stand in the place of a word: of many only what is like it, if anything is."""
    known = tuple(dict.fromkeys(there))
    near = get_close_matches(word, known) if len(known) > _FEW else ()
    if near:
        return f"perhaps {', '.join(near)}"
    rest = len(known) - _MANY
    more = f" and {rest} more" if rest > 0 else ""
    return f"there is {', '.join(known[:_MANY]) or 'none'}{more}"


def _shown(value: object) -> str:
    """A value as a person wrote it, or nearly."""
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
