"""Reads use cases from JSON lines, one record a line, and says which line and field is wrong.

The first line of a file holds its provenance and no use case. Only `code`, `title`, `category` and
`evidence` must be there.
"""

import json
import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final, TypeVar

from emulator.cosem.logical_names import parse_obis
from emulator.gbcs.use_cases.record import (
    Access,
    Category,
    CosemRow,
    Evidence,
    UseCase,
    ZclRow,
)
from emulator.kernel.errors import UsageError

_MESSAGES: Final = frozenset(("command", "response", "alert"))
_PAYLOADS: Final = frozenset(("DLMS", "GBZ", "ASN.1"))
_PROTECTION: Final = frozenset(("MAC", "signature", "signature+MAC"))
_REQUIRED: Final = ("code", "title", "category", "evidence")
_CODE: Final = re.compile("[0-9A-Fa-f]{4}")
_Word = TypeVar("_Word", bound=Enum)


def read_use_cases(text: str, source: str) -> tuple[UseCase, ...]:
    """Every use case in a text of JSON lines, in order.

    Args:
        text: provenance, then one record a line.
        source: file name, for messages.

    Raises:
        UsageError: when any line is no use case; it tells all that are wrong.
    """
    return tuple(each for _, each in read_numbered(text, source))


def read_numbered(text: str, source: str) -> tuple[tuple[int, UseCase], ...]:
    """Every use case in a text of JSON lines with the line it is in, from 1.

    Args:
        text: provenance, then one record a line; empty lines are left aside.
        source: file name, for messages.

    Raises:
        UsageError: when any line is no use case; it tells all that is wrong.
    """
    found: list[tuple[int, UseCase]] = []
    problems: list[str] = []
    first_line: dict[int, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = _record(line)
            if number == 1 and "provenance" in record:
                continue
            found.append((number, _new(_use_case(record), first_line)))
        except UsageError as refusal:
            problems += [f"{source}:{number}: {problem}" for problem in refusal.problems]
        except ValueError as problem:
            problems.append(f"{source}:{number}: {problem}")
        else:
            first_line[found[-1][1].code] = number
    if problems:
        raise UsageError(*problems)
    return tuple(found)


def _new(use_case: UseCase, first_line: Mapping[int, int]) -> UseCase:
    if use_case.code in first_line:
        raise ValueError(
            f"field 'code': {use_case.code:04X} is that of line {first_line[use_case.code]}"
        )
    return use_case


def _record(line: str) -> Mapping[str, Any]:
    try:
        record = json.loads(line, object_pairs_hook=_each_once)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"no JSON: {error}") from None
    if not isinstance(record, dict):
        raise ValueError(f"expected an object, found {type(record).__name__}")  # noqa: TRY004 - one kind of error is told by line
    return record


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; JSON itself lets the last of two fields of one name win."""
    named = dict(pairs)
    if len(named) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(each for each in names if names.count(each) > 1)
        raise UsageError(f"field {twice!r}: is there twice")
    return named


def _use_case(record: Mapping[str, Any]) -> UseCase:
    problems = [f"field {name!r}: missing" for name in _REQUIRED if name not in record]
    values = {}
    for name, value in record.items():
        if name not in _FIELDS:
            problems.append(f"field {name!r}: unknown, expected one of {', '.join(_FIELDS)}")
            continue
        try:
            values[name] = _FIELDS[name](value)
        except (ValueError, TypeError, UsageError) as error:
            problems.append(f"field {name!r}: {error}")
    if problems:
        raise UsageError(*problems)
    return UseCase(**{"name": None, **values})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r}, expected text")
    return value


def _optional_text(value: Any) -> str | None:
    return None if value is None else _text(value)


def _code(value: Any) -> int:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise TypeError(f"{value!r}, expected four hexadecimal digits as text")
    return int(value, 16)


def _one_of(words: type[_Word]) -> Callable[[Any], _Word]:
    def read(value: Any) -> _Word:
        for each in words:
            if each.value == value:
                return each
        raise ValueError(f"{value!r}, expected one of {', '.join(each.value for each in words)}")

    return read


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r}, expected true or false")
    return value


def _optional_truth(value: Any) -> bool | None:
    return None if value is None else _truth(value)


def _many(each: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError(f"{value!r}, expected a list")
        return tuple(map(each, value))

    return read


def _by_message(allowed: frozenset[str]) -> Callable[[Any], Mapping[str, tuple[str, ...]]]:
    def read(value: Any) -> Mapping[str, tuple[str, ...]]:
        if not isinstance(value, dict) or not _MESSAGES.issuperset(value):
            raise ValueError(f"{value!r}, expected an object of {', '.join(sorted(_MESSAGES))}")
        kinds = {message: _many(_text)(listed) for message, listed in value.items()}
        strange = {kind for listed in kinds.values() for kind in listed} - allowed
        if strange:
            raise ValueError(f"{sorted(strange)}, expected {', '.join(sorted(allowed))}")
        return kinds

    return read


def _cosem_row(value: Any) -> CosemRow:
    if not isinstance(value, list) or len(value) != 9:
        raise TypeError(f"{value!r}, expected 9 columns")
    name, clause, class_id, obis, member_kind, member, path, data_type, constant = value
    if member_kind not in ("A", "M"):
        raise ValueError(f"{member_kind!r}, expected A or M")
    if obis:
        parse_obis(_text(obis))
    return CosemRow(
        _text(name),
        _text(clause),
        _number(class_id),
        _text(obis),
        member_kind == "M",
        _number(member),
        _text(path),
        _text(data_type),
        _text(constant),
    )


def _zcl_row(value: Any) -> ZclRow:
    if not isinstance(value, list) or len(value) != 7:
        raise TypeError(f"{value!r}, expected 7 columns")
    return ZclRow(*map(_text, value))


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r}, expected an object")
    return value


def _number(value: Any) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise TypeError(f"{value!r}, expected a number or null")
    return value


_FIELDS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "code": _code,
    "name": _optional_text,
    "title": _text,
    "category": _one_of(Category),
    "evidence": _one_of(Evidence),
    "services": _many(_text),
    "critical": _optional_truth,
    "sensitive": _truth,
    "devices": _many(_text),
    "target": _text,
    "roles": _many(_text),
    "users": _many(_text),
    "access": lambda value: None if value is None else _one_of(Access)(value),
    "replay_protected": _optional_truth,
    "future_datable": _optional_truth,
    "recipient_differs": _optional_truth,
    "payloads": _by_message(_PAYLOADS),
    "protection": _by_message(_PROTECTION),
    "alerts": _many(_code),
    "versions": _many(_text),
    "superseded_by": lambda value: None if value is None else _code(value),
    "cosem": _many(_cosem_row),
    "zcl": _many(_zcl_row),
    "command": _object,
}
