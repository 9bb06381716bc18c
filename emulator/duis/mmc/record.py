"""The records of answers and alerts, read from their tables and checked (MMC 5.4)."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from emulator.duis.mmc.content import Content, Conversion
from emulator.duis.mmc.conversions import conversion
from emulator.gbcs.use_cases.catalogue import known_use_case
from emulator.kernel.errors import UsageError
from emulator.zcl.payloads.catalogue import PAYLOADS
from emulator.zcl.primitives import Side
from emulator.zcl.registry import CLUSTERS

_ANSWERS: Final = "answers.toml"
_ALERTS: Final = "alerts.toml"
_KEYS: Final = frozenset(("codes", "fuel", "values", "silent"))


@dataclass(frozen=True, slots=True)
class Line:
    """One element, and where its value comes from.

    Args:
        path: of names; the last is of the element itself, `.` stands for the one around it.
        repeated: whether it is there once for each row of its source.
        index: attribute that has the place of the row, from 1; empty where none has.
        source: of the value or the rows, see `emulator.duis.mmc.source`.
        constant: text that stands for the value, where its source has one.
        convert: what makes the content of the value; None where lines inside do.
        inside: the lines of each row.
    """

    path: tuple[str, ...]
    repeated: bool
    index: str
    source: str
    constant: str
    convert: Conversion | None
    inside: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """How the answers or alerts of some use cases are written.

    Args:
        codes: message codes.
        fuel: group around the values; empty without one.
        lines: the elements in order.
        silent: sources that the catalogue has no place for.
    """

    codes: tuple[int, ...]
    fuel: str
    lines: tuple[Line, ...]
    silent: tuple[str, ...] = ()


@cache
def answer_records() -> Mapping[int, AnswerRecord]:
    """The record of each message code whose answers have values.

    Raises:
        UsageError: when the table is not as it has to be.
    """
    return _table(_ANSWERS)


@cache
def alert_records() -> Mapping[int, AnswerRecord]:
    """The record of each message code whose alerts say more than that they are.

    Raises:
        UsageError: when the table is not as it has to be.
    """
    return _table(_ALERTS)


def _table(name: str) -> Mapping[int, AnswerRecord]:
    text = files(__package__).joinpath(name).read_text("utf-8")
    return MappingProxyType(dict(read_records(text)))


def read_records(text: str) -> Iterator[tuple[int, AnswerRecord]]:
    """The records of a table, by message code.

    Raises:
        UsageError: when a record has what it may not have, is about no use case or twice about one,
            or has a line that cannot be read.
    """
    seen: set[int] = set()
    for each in tomllib.loads(text)["records"]:
        record = _record(each)
        for code in record.codes:
            if known_use_case(code) is None or code in seen:
                raise UsageError(f"{code:04X}: no use case, or a second record of one")
            seen.add(code)
            yield code, record


def _record(written: Mapping[str, Any]) -> AnswerRecord:
    foreign = sorted(set(written).difference(_KEYS))
    said = written.get("values") or written.get("silent")
    if foreign or not written.get("codes") or not said:
        raise UsageError(f"record {written.get('codes')}: expected codes and values, not {foreign}")
    record = AnswerRecord(
        codes=tuple(int(code, 16) for code in written["codes"]),
        fuel=written.get("fuel", ""),
        lines=_lines([_split(line) for line in written.get("values", ())]),
        silent=tuple(written.get("silent", ())),
    )
    undeclared = sorted(set(_names(record.lines)).difference(declared_names()))
    if undeclared:
        raise UsageError(f"record {written['codes']}: no attribute or command {undeclared[0]}")
    return record


@cache
def declared_names() -> frozenset[str]:
    """The attributes and commands of ZCL that readings may hold."""
    attributes = (
        each.name for cluster in CLUSTERS.values() for each in cluster.side(Side.SERVER).attributes
    )
    return frozenset(attributes) | frozenset(kind.__name__ for kind in PAYLOADS.values())


def _names(lines: Sequence[Line]) -> Iterator[str]:
    """The names with which sources begin that only ZCL has: those with a capital."""
    for line in lines:
        for source in line.source.replace(";", ",").split(","):
            name = source.partition(":")[0].partition(".")[0]
            if name[:1].isupper():
                yield name


def _split(line: str) -> tuple[int, str]:
    bare = line.lstrip(">")
    return len(line) - len(bare), bare.strip()


def _lines(written: Sequence[tuple[int, str]]) -> tuple[Line, ...]:
    lines: list[Line] = []
    at = 0
    while at < len(written):
        depth, text = written[at]
        end = at + 1
        while end < len(written) and written[end][0] > depth:
            end += 1
        lines.append(_line(text, _lines(written[at + 1 : end])))
        at = end
    return tuple(lines)


def _line(text: str, inside: tuple[Line, ...]) -> Line:
    element, _, rest = (part.strip() for part in text.partition("|"))
    source, mark, converted = (part.strip() for part in rest.partition("|"))
    constant = ""
    if source.startswith("="):
        constant, _, source = source[1:].partition(" if ")
    if bool(constant) + bool(mark) + bool(inside) != 1:
        raise UsageError(f"{text!r}: expected a conversion, a constant, or lines inside")
    path = tuple(element.split("/"))
    name, _, index = path[-1].rstrip("]").partition("[")
    return Line(
        path=(*path[:-1], name.rstrip("*")),
        repeated=name.endswith("*") or bool(index),
        index=index,
        source=source,
        constant=constant,
        convert=conversion(converted) if mark else (_constant(constant) if constant else None),
        inside=inside,
    )


def _constant(text: str) -> Conversion:
    def stand(_: object) -> Content:
        return Content(text)

    return stand
