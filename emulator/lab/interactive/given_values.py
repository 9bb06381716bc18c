"""The values of a command as a person gives them: `name=value`, `name=@FILE`, and what is wrong."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from shlex import quote

from emulator.gbcs.commands.build import command_payload, value_names
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.commands.kinds import kind
from emulator.gbcs.commands.template import Hole
from emulator.gbcs.commands.values import LIST, GivenValues, checked
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError
from emulator.kernel.units import DEFAULT_START
from emulator.lab.interactive.use_case_choice import called
from emulator.lab.world.parties import SUPPLIER


def read_values(words: Iterable[str]) -> dict[str, object]:
    """Values by name; `@FILE` stands for the octets of a file, as of a certificate.

    Raises:
        UsageError: with every word that gives none.
    """
    values: dict[str, object] = {}
    problems: list[str] = []
    for word in words:
        name, mark, text = word.partition("=")
        if not name or not mark:
            problems.append(f"{word!r}: expected name=value")
        elif name in values:
            problems.append(f"{word!r}: expected each name once")
        elif text.startswith("@"):
            values[name] = _octets(Path(text[1:]), problems)
        else:
            values[name] = text
    if problems:
        raise UsageError(*problems)
    return values


def check_values(use_case: UseCase, values: Mapping[str, object], target: str = "") -> None:
    """Let values pass that make a command.

    Args:
        use_case: which.
        values: by name.
        target: the device, for the example.

    Raises:
        UsageError: with everything that is unknown, missing or of another kind, and an example.
    """
    holes = {hole.name: hole for hole in value_names(use_case)}
    problems = list(dict.fromkeys(_mistakes(use_case, holes, values)))
    if not problems:
        try:
            command_payload(use_case, values, _heading())
        except UsageError as refusal:
            problems += refusal.problems
    if problems:
        raise UsageError(*problems, f"for example: {example(use_case, target)}")


def example(use_case: UseCase, target: str = "") -> str:
    """A command line that sends a use case with every value that it needs.

    Raises:
        UsageError: when no command can be made of the use case.
    """
    device = target or next(iter(use_case.devices), "EUI64")
    needed = [hole for hole in value_names(use_case) if hole.required]
    words = [f"{hole.name}={_text(example_value(hole))}" for hole in needed]
    return " ".join(("hanlab send", called(use_case), "--to", quote(device), *map(quote, words)))


def example_value(hole: Hole) -> object:
    """A value that the hole takes."""
    if hole.kind != LIST:
        return kind(hole.kind).example
    if any(not each.name for each in hole.of):
        return [example_value(hole.of[0])]
    return [{each.name: example_value(each) for each in hole.of if each.required}]


def _mistakes(
    use_case: UseCase, holes: Mapping[str, Hole], values: Mapping[str, object]
) -> Iterator[str]:
    place = f"{use_case.code:04X} {use_case.name or use_case.title}"
    try:
        checked(holes, values, place)
    except UsageError as refusal:
        yield from refusal.problems
    known = {name: value for name, value in values.items() if name in holes}
    yield from _of_another_kind(GivenValues(holes, known, _heading(), place))


def _of_another_kind(given: GivenValues) -> Iterator[str]:
    """What is wrong with values that are there, those of list elements included."""
    mark = "" if given.outer is None else "."
    for name, hole in given.holes.items():
        if name not in given.values:
            continue
        try:
            if hole.kind == LIST:
                for element in given.elements(f"{mark}{name}"):
                    yield from _of_another_kind(element)
            else:
                given.carried(f"${mark}{name}")
        except UsageError as refusal:
            yield from refusal.problems


def _heading() -> CommandHeading:
    """A heading for a command that is only tried out."""
    return CommandHeading(originator=SUPPLIER, recipient=SUPPLIER, counter=1, issued=DEFAULT_START)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _octets(path: Path, problems: list[str]) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        problems.append(f"{path}: cannot be read: {fault.strerror}")
        return b""
