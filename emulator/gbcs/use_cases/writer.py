"""Use cases as the records that `emulator.gbcs.use_cases.reader` reads, to copy from."""

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any, Final

from emulator.gbcs.use_cases.record import CosemRow, UseCase, ZclRow

_ALWAYS: Final = frozenset({"code", "name", "title", "category", "evidence"})
_CODES: Final = frozenset({"code", "alerts", "superseded_by"})
"""What is written as four hexadecimal digits."""


def record_of(use_case: UseCase, command: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The record of a use case; what says nothing is left out.

    Args:
        use_case: which.
        command: how its commands are made, where its own record does not say so.
    """
    said: dict[str, Any] = {}
    for each in fields(use_case):
        value = getattr(use_case, each.name)
        if each.name == "command" and value is None:
            value = command
        if each.name in _ALWAYS or value not in (each.default, {}):
            said[each.name] = _written(value, code=each.name in _CODES)
    return said


def _written(value: Any, *, code: bool = False) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, CosemRow | ZclRow):
        return _row(value)
    if isinstance(value, tuple):
        return [_written(each, code=code) for each in value]
    if isinstance(value, Mapping):
        return {name: _written(each) for name, each in value.items()}
    return f"{value:04X}" if code and value is not None else value


def _row(row: CosemRow | ZclRow) -> list[Any]:
    """The columns of a row of the annex."""
    columns = [getattr(row, each.name) for each in fields(row)]
    if isinstance(row, ZclRow):
        return columns
    name, clause, class_id, obis, method, *rest = columns
    return [name, clause, class_id, obis, "M" if method else "A", *rest]
