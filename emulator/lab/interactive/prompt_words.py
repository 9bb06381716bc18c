"""The words of a line at the prompt: `send ECS17b to ESME as supplier start=...`."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.json_text import parse_json

_MARKS: Final = ("to", "as", "at")


@dataclass(frozen=True, slots=True)
class Addressed:
    """A line that sends something.

    Args:
        what: use case or service request.
        to: device, empty where none is named.
        who: role or user, empty where none is named.
        date: when it is to be done, empty for at once.
        values: each `name=value`.
    """

    what: str
    to: str = ""
    who: str = ""
    date: str = ""
    values: tuple[str, ...] = ()


def split_line(line: str) -> tuple[str, ...]:
    """The words of a line, as a shell splits them; what follows # is left out.

    Raises:
        UsageError: when a quotation has no end.
    """
    try:
        return tuple(shlex.split(line, comments=True))
    except ValueError as fault:
        raise UsageError(f"{line.strip()!r}: {fault}") from None


def addressed(words: tuple[str, ...], usage: str) -> Addressed:
    """What a line says that sends something.

    Raises:
        UsageError: when a word has no place.
    """
    if not words:
        raise UsageError(f"expected {usage}")
    found: dict[str, str] = {}
    values: list[str] = []
    rest = iter(words[1:])
    for word in rest:
        mark = word.removeprefix("--")
        if mark in _MARKS and mark not in found:
            found[mark] = _next(rest, word, usage)
        elif "=" in word:
            values.append(word)
        else:
            raise UsageError(f"{word!r} has no place: expected {usage}")
    return Addressed(
        words[0], found.get("to", ""), found.get("as", ""), found.get("at", ""), tuple(values)
    )


def request_parameters(values: Iterable[str]) -> dict[str, object]:
    """Parameters of a service request by name; objects, lists and truths are written as JSON.

    `name=@FILE` stands for the JSON in a file.

    Raises:
        UsageError: with every word that gives none.
    """
    parameters: dict[str, object] = {}
    problems: list[str] = []
    for word in values:
        name, mark, text = word.partition("=")
        if not name or not mark or name in parameters:
            problems.append(f"{word!r}: expected name=value, each name once")
            continue
        try:
            parameters[name] = _parameter(text)
        except OSError as fault:
            problems.append(f"{word!r}: {fault.strerror}")
        except ValueError as fault:
            problems.append(f"{word!r}: no JSON: {fault}")
    if problems:
        raise UsageError(*problems)
    return parameters


def _parameter(text: str) -> object:
    if text.startswith("@"):
        read: object = parse_json(Path(text[1:]).read_text(encoding="utf-8"))
        return read
    return parse_json(text) if text[:1] in ("{", "[") else _plain(text)


def _plain(text: str) -> object:
    return {"true": True, "false": False}.get(text, text)


def _next(rest: Iterable[str], word: str, usage: str) -> str:
    for following in rest:
        return following
    raise UsageError(f"nothing follows {word!r}: expected {usage}")
