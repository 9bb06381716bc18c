"""Values by name: given to fill the holes of a template, or found in a payload that fills one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.commands.kinds import FLAG, Carrier, kind
from emulator.gbcs.commands.template import REQUIRED, Hole
from emulator.kernel.errors import UsageError
from emulator.kernel.json_text import parse_json

LIST: Final = "list"
CERTIFICATE: Final = "certificate"
_ITSELF: Final = ""


def no_certificate() -> bytes:
    """Octets that stand for a certificate where nobody looks into it: an empty sequence."""
    return b"\x30\x00"


def sample(hole: Hole, certificate: Callable[[], bytes] = no_certificate) -> object:
    """A value that a hole takes: the example of its kind, in a list one element.

    Args:
        hole: of a template.
        certificate: what is put where one is asked for.
    """
    if hole.kind == CERTIFICATE:
        return certificate()
    if hole.kind != LIST:
        return kind(hole.kind).example
    if len(hole.of) == 1 and not hole.of[0].name:
        return [sample(hole.of[0], certificate)]
    return [{each.name: sample(each, certificate) for each in hole.of if each.required}]


@dataclass(frozen=True, slots=True)
class GivenValues:
    """What fills the holes of one template, or of one element of a list in it.

    Args:
        holes: by name.
        values: by name.
        heading: of the command.
        place: where the values stand, for messages.
        outer: the values around a list element.
    """

    holes: Mapping[str, Hole]
    values: Mapping[str, object]
    heading: CommandHeading
    place: str
    outer: "GivenValues | None" = None

    def has(self, name: str) -> bool:
        """Whether a value is given, or stands by default."""
        own, inner = _given(self, name)
        hole = own.holes[inner]
        if hole.kind == FLAG:
            return bool(kind(FLAG).write(own.values.get(inner, False)))
        return inner in own.values or hole.default is not REQUIRED

    def carried(self, reference: str) -> Carrier:
        """What a payload holds where a template has this reference.

        Raises:
            UsageError: when the value is missing, or is not of its kind.
        """
        if reference.startswith("#"):
            name = reference.removeprefix("#")
            return len(self.elements(name)) if self.has(name) else 0
        own, name = _given(self, reference.removeprefix("$"))
        hole, written = own.holes[name], own.written(name)
        try:
            return kind(hole.kind).write(written)
        except (ValueError, TypeError, OverflowError) as fault:
            raise UsageError(
                f"{own.place}: value {name or 'of the element'} is {written!r}: {fault}; "
                f"{described(hole)}"
            ) from None

    def elements(self, name: str) -> tuple["GivenValues", ...]:
        """The elements of a list.

        Raises:
            UsageError: when it is missing, or an element is none.
        """
        own, inner = _given(self, name)
        hole, place = own.holes[inner], f"{own.place}: {inner}"
        listed = _sequence(own.written(inner), place, hole)
        return tuple(own.element(hole, each, f"{place}[{at}]") for at, each in enumerate(listed))

    def element(self, hole: Hole, written: object, place: str) -> "GivenValues":
        """What fills the holes of one element of a list.

        Raises:
            UsageError: when it has other values, or misses one.
        """
        holes = {each.name: each for each in hole.of}
        values = checked(holes, _element(written, holes, place), place)
        return GivenValues(holes, values, self.heading, place, self)

    def written(self, name: str) -> object:
        """A value as it was given, or its default.

        Raises:
            UsageError: when it is missing.
        """
        written = self.values.get(name, self.holes[name].default)
        if written is REQUIRED:
            raise UsageError(
                f"{self.place}: value {name} is missing: {described(self.holes[name])}"
            )
        return written


def _given(values: GivenValues, name: str) -> tuple[GivenValues, str]:
    """Where a name belongs, with a dot to the element, without to what is around it; and itself."""
    while values.outer is not None and not name.startswith("."):
        values = values.outer
    return values, name.removeprefix(".")


def checked(
    holes: Mapping[str, Hole], values: Mapping[str, object], place: str
) -> Mapping[str, object]:
    """The values, when every one has a hole and every hole that needs one has a value.

    Raises:
        UsageError: naming each value that is foreign or missing, and what is expected.
    """
    known = ", ".join(holes) or "no value"
    foreign = [
        f"{place}: value {name} is unknown, expected {known}"
        for name in values
        if name not in holes
    ]
    missing = [
        f"{place}: value {hole.name} is missing: {described(hole)}"
        for hole in holes.values()
        if hole.required and hole.name not in values
    ]
    if foreign or missing:
        raise UsageError(*foreign, *missing)
    return values


def described(hole: Hole) -> str:
    """What a value is, in words: `expected an EUI-64, like 00-DB-12-34-56-78-90-A0`."""
    if hole.kind == LIST:
        inner = ", ".join(each.name for each in hole.of if each.name)
        return f"expected a list, each {inner or kind(hole.of[0].kind).expected}"
    known = kind(hole.kind)
    unit = f" of {hole.unit}" if hole.unit else ""
    return f"expected {known.expected}{unit}, like {known.example}"


def _sequence(written: object, place: str, hole: Hole) -> Sequence[object]:
    if isinstance(written, str):
        try:
            written = parse_json(written)
        except ValueError:
            raise UsageError(f"{place} is no JSON: {described(hole)}") from None
    if not isinstance(written, Sequence) or isinstance(written, str | bytes):
        raise UsageError(f"{place} is no list: {described(hole)}")
    return written


def _element(written: object, holes: Mapping[str, Hole], place: str) -> Mapping[str, object]:
    if _ITSELF in holes:
        return {_ITSELF: written}
    if not isinstance(written, Mapping):
        raise UsageError(f"{place} is {written!r}: expected {', '.join(holes)}, each by its name")
    return {str(name): value for name, value in written.items()}


@dataclass(slots=True)
class FoundValues:
    """What a payload says in the places of a template's holes.

    Args:
        holes: by name.
        values: found so far.
        context: what the heading must have said, by its reference.
        outer: the values around a list element.
    """

    holes: Mapping[str, Hole]
    values: dict[str, object] = field(default_factory=dict)
    context: dict[str, Carrier] = field(default_factory=dict)
    outer: "FoundValues | None" = None

    def note(self, reference: str, carried: Carrier) -> None:
        """Keep what stands in the place of a reference."""
        if reference.startswith("@"):
            self.context[reference] = carried
        elif reference.startswith("$"):
            own, name = _found(self, reference.removeprefix("$"))
            own.values[name] = kind(own.holes[name].kind).read(carried)

    def element(self, name: str) -> "FoundValues":
        """The values of one more element of a list."""
        own, inner = _found(self, name)
        holes = {each.name: each for each in own.holes[inner].of}
        found = FoundValues(holes, {}, self.context, own)
        own.listed(inner).append(found)
        return found

    def present(self, name: str) -> None:
        """Keep that an item is there which a value of its own asks for."""
        if self.holes[name].kind == FLAG:
            self.values[name] = True

    def listed(self, name: str) -> list["FoundValues"]:
        """The elements of a list so far; afterwards the list is there even if it has none."""
        own, inner = _found(self, name) if name.startswith(".") else (self, name)
        elements = own.values.setdefault(inner, [])
        if not isinstance(elements, list):
            raise UsageError(f"{inner} is no list")
        return elements

    def told(self) -> dict[str, object]:
        """The values as people write them."""
        return {name: _told(value) for name, value in self.values.items()}


def _found(found: FoundValues, name: str) -> tuple[FoundValues, str]:
    """Where a name belongs, as with given values; and itself."""
    while found.outer is not None and not name.startswith("."):
        found = found.outer
    return found, name.removeprefix(".")


def _told(value: object) -> object:
    if isinstance(value, list):
        return [_told(each) for each in value]
    if isinstance(value, FoundValues):
        told = value.told()
        return told.get(_ITSELF, told)
    return value
