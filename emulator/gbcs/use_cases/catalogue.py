"""The use cases by message code and by name: those of the package, and a user's own."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from itertools import count
from types import MappingProxyType
from typing import Final, NamedTuple

from emulator.gbcs.use_cases.reader import read_use_cases
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError

_DATA: Final = "records.jsonl"


_Table = Mapping[int, UseCase]


class _Chosen(NamedTuple):
    """Use cases beside those of the package.

    Args:
        edition: tells them from all others of this process.
        table: all of them by message code.
    """

    edition: int
    table: _Table


_CHOSEN: Final[ContextVar[_Chosen | None]] = ContextVar("use cases", default=None)
_EDITIONS: Final = count(1)


@contextmanager
def also_known(own: Iterable[UseCase]) -> Iterator[None]:
    """While inside, these use cases join those of the package, or take the place of their codes."""
    table = {**_shipped(), **{each.code: each for each in own}}
    chosen = _Chosen(next(_EDITIONS), MappingProxyType(dict(sorted(table.items()))))
    token = _CHOSEN.set(chosen)
    try:
        yield
    finally:
        _CHOSEN.reset(token)


def edition() -> int:
    """Which use cases are known: 0 for those of the package, another number for each set of own."""
    chosen = _CHOSEN.get()
    return 0 if chosen is None else chosen.edition


def _by_code() -> _Table:
    chosen = _CHOSEN.get()
    return _shipped() if chosen is None else chosen.table


@cache
def _shipped() -> _Table:
    text = files(__package__).joinpath(_DATA).read_text("utf-8")
    return MappingProxyType({each.code: each for each in read_use_cases(text, _DATA)})


def use_cases() -> tuple[UseCase, ...]:
    """Every use case in order of message code."""
    return tuple(_by_code().values())


def use_case(code: int) -> UseCase:
    """The use case of a message code.

    Raises:
        UsageError: when the code is not known.
    """
    known = _by_code().get(code)
    if known is None:
        raise UsageError(f"message code {code:04X} is not known")
    return known


def known_use_case(code: int) -> UseCase | None:
    """The use case of a message code, None when the code is not known."""
    return _by_code().get(code)


def named_use_cases(name: str) -> tuple[UseCase, ...]:
    """The use cases that GBCS gives this number (`ECS17b`); CS02b has several message codes."""
    return tuple(each for each in _by_code().values() if each.name == name)
