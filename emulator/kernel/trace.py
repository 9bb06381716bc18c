"""Typed facts, in the order they happened: what scenarios assert on and reports are made of."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any, ClassVar, Protocol, TypeVar

from emulator.kernel.construction import quick
from emulator.kernel.units import Instant


class Fact(Protocol):
    """Something that happened, as a frozen dataclass with a `kind` of its own."""

    kind: ClassVar[str]


AnyFact = TypeVar("AnyFact", bound=Fact)


@quick
@dataclass(frozen=True, slots=True)
class Record:
    """A fact with its instant and the node it happened at."""

    at: Instant
    node: str
    fact: Fact


def plain(value: object) -> Any:
    """`value` as JSON knows it: octets as hexadecimal, enumerations by name, records as objects."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Enum):
        return value.name
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def line(record: Record) -> str:
    """One JSON line for a record; key order is fixed, so equal runs give equal bytes."""
    row = {"at_us": record.at, "node": record.node, "kind": record.fact.kind}
    return json.dumps(row | plain(record.fact), separators=(",", ":"))


class Trace:
    """The records of one run, in order.

    Args:
        keep: whether records stay; otherwise they are only told to whoever listens.
    """

    def __init__(self, *, keep: bool = True) -> None:
        self.records: list[Record] = []
        self._by_type: dict[type, list[Record]] = {}
        self._listeners: list[Callable[[Record], None]] = []
        self._kept = keep

    def listen(self, listener: Callable[[Record], None]) -> None:
        """Call `listener` with every record from now on."""
        self._listeners.append(listener)

    @contextmanager
    def listening(self, listener: Callable[[Record], None]) -> Iterator[None]:
        """Call `listener` with every record while inside."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)

    def stop_keeping(self) -> None:
        """Forget every record; from now on facts are told to listeners and then forgotten, too."""
        self.records.clear()
        self._by_type.clear()
        self._kept = False

    def add(self, at: Instant, node: str, fact: Fact) -> None:
        """Append a fact."""
        if not (self._kept or self._listeners):
            return
        record = Record(at, node, fact)
        if self._kept:
            self.records.append(record)
            self._by_type.setdefault(type(fact), []).append(record)
        for listener in self._listeners:
            listener(record)

    def of(self, kind: type[AnyFact], node: str | None = None) -> Iterator[tuple[Record, AnyFact]]:
        """Every record whose fact is a `kind`, at `node` or anywhere."""
        for record in self._by_type.get(kind, ()):
            if isinstance(record.fact, kind) and node in (None, record.node):
                yield record, record.fact

    def lines(self) -> Iterator[str]:
        """The trace as JSON lines, without line ends."""
        return map(line, self.records)

    def digest(self) -> str:
        """SHA-256 of the JSON lines, each ended by a line feed."""
        digest = hashlib.sha256()
        for text in self.lines():
            digest.update(text.encode() + b"\n")
        return digest.hexdigest()
