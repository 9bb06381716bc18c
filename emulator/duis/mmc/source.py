"""Where a value of an answer stands in what was read: `p.0.3`, `outcome.changes`, `2:samples`.

Parts are names or places from 0; nothing is the row itself. Several sources with commas between
make a tuple, in which what is not there is None; groups of those with `;` in front of each make a
tuple of tuples. What follows a colon makes rows of what has none of its own: one of `SHAPES`,
or the name of the list that each of several commands has a part of. A path may go on behind it.
"""

from collections.abc import Callable, Iterator, Mapping
from struct import Struct
from types import MappingProxyType
from typing import Final

from emulator.gbcs_device.gbz.own_snapshots import (
    BLOCK_TIER_DELIVERED,
    DEBT_AND_CREDIT,
    BlockTierDelivered,
    DebtAndCredit,
)
from emulator.kernel.errors import WireError
from emulator.zcl.payloads.metering import GetSampledDataResponse, PublishSnapshot
from emulator.zcl.payloads.prepayment import PublishPrepaySnapshot

_DAILY: Final = 0xFFFF
"""A day is too long for the field, and is written as the longest (RTDS 4.5.0, GCS61)."""
_DAY: Final = 86_400
_ONE_ELEMENT: Final = frozenset((7, 13))
"""Parts of a row of a billing or daily log where there is no second element."""
_OF_SECOND_ELEMENT: Final = (2, 4)
"""Where its register and its times of use stand in the rows of meters that have one."""
_OUTCOME: Final = Struct(">2sQ2s6s1s")
_REFUSED: Final = Struct(">2sQ")


def found(said: object, source: str) -> object:
    """What stands at a source; None where nothing does.

    Args:
        said: a reading, or a row of a list in it.
        source: as above.
    """
    if source.startswith(";"):
        return tuple(found(said, each) for each in source[1:].split(";"))
    if "," in source:
        values = tuple(found(said, each) for each in source.split(","))
        return None if all(each is None for each in values) else values
    path, _, shape = source.partition(":")
    value = said
    for step in path.split(".") if path else ():
        value = _step(value, step)
    if value is None or not shape:
        return value
    name, _, further = shape.partition(".")
    rows = SHAPES.get(name)
    made = tuple(_merged(value, name) if rows is None else rows(value))
    return found(made, further) if further else made


def _step(value: object, step: str) -> object:
    if isinstance(value, Mapping):
        return value.get(step)
    if isinstance(value, tuple) and step.isdecimal():
        return value[int(step)] if int(step) < len(value) else None
    return getattr(value, step, None)


def _rows(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _twin(value: object) -> Iterator[object]:
    """Rows of a meter with one element, made as wide as those of a meter with two."""
    for row in _rows(value):
        if isinstance(row, tuple) and len(row) in _ONE_ELEMENT:
            widened = list(row)
            for place in _OF_SECOND_ELEMENT:
                widened.insert(place, None)
            yield tuple(widened)
        else:
            yield row


def _samples(value: object) -> Iterator[object]:
    """Time and value of each sample of a series (ZSE 1.4 D.3)."""
    for series in _rows(value):
        if isinstance(series, GetSampledDataResponse):
            interval = series.sample_request_interval
            step = _DAY if interval == _DAILY else interval
            for place, sample in enumerate(series.samples):
                yield series.sample_start_time + place * step, sample


def _registers(value: object) -> Iterator[object]:
    """Time, summation, tiers and blocks of each snapshot of registers."""
    for snapshot in _rows(value):
        if not isinstance(snapshot, PublishSnapshot):
            continue
        if snapshot.snapshot_payload_type == BLOCK_TIER_DELIVERED:
            try:
                set_ = BlockTierDelivered.decode(snapshot.snapshot_sub_payload)
            except WireError:
                continue
            yield snapshot.snapshot_time, set_.summation, set_.tiers, set_.blocks


def _balances(value: object) -> Iterator[object]:
    """Time, debts and balances of each prepayment snapshot."""
    for snapshot in _rows(value):
        if not isinstance(snapshot, PublishPrepaySnapshot):
            continue
        if snapshot.snapshot_payload_type == DEBT_AND_CREDIT:
            try:
                yield (
                    snapshot.snapshot_time,
                    DebtAndCredit.decode(snapshot.snapshot_sub_payload),
                )
            except WireError:
                continue


def _blocks(value: object) -> Iterator[object]:
    """Registers and counters of each of four blocks, eight times of use each (ECS17e)."""
    cells = _rows(value)
    for start in range(0, len(cells), 16):
        yield cells[start : start + 8], cells[start + 8 : start + 16]


def _cells(value: object) -> Iterator[object]:
    """Each certificate of a remote party with what is told of the party (CS02a)."""
    for details in _rows(value):
        for cell in getattr(details, "cells", None) or (None,):
            yield details, cell


def _outcome(value: object) -> Iterator[object]:
    """Message code, counter, class, logical name and attribute of an item (GBCS 16.2)."""
    if isinstance(value, bytes) and len(value) == _OUTCOME.size:
        yield from _OUTCOME.unpack(value)


def _refused(value: object) -> Iterator[object]:
    """Message code and counter of a command that a device does not support (ECS100)."""
    if isinstance(value, bytes) and len(value) == _REFUSED.size:
        yield from _REFUSED.unpack(value)


def _merged(commands: object, name: str) -> Iterator[object]:
    """What a list in commands of one kind holds, one command after the other."""
    for each in _rows(commands):
        yield from _rows(getattr(each, name, ()))


SHAPES: Final[Mapping[str, Callable[[object], Iterator[object]]]] = MappingProxyType(
    {
        "balances": _balances,
        "blocks": _blocks,
        "cells": _cells,
        "outcome": _outcome,
        "refused": _refused,
        "registers": _registers,
        "samples": _samples,
        "twin": _twin,
    }
)
