"""Parts of a log: by time or by entry (IEC 62056-6-2 4.3.6, Profile Generic, selective access).

What is left out stays in the log. Only whole entries can be asked for, and only by the time that
is their first column; GBCS asks for nothing else.
"""

from collections.abc import Callable
from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.moments import moment_of, seconds_of
from emulator.dlms.data import CompactArray, Data
from emulator.dlms.data_types import NUMBERS, DataType
from emulator.dlms.descriptors import Selection

BY_RANGE: Final = 1
BY_ENTRY: Final = 2
_TIMES: Final = (parse_obis("0-0:94.44.100.255"), parse_obis("0-0:1.0.0.255"))
"""What a range may be of: time in seconds since 2000, or the clock."""
_RANGE_PARTS: Final = 4
_ALL_COLUMNS: Final = (0, 1)
"""First and last column where all are meant: the last may be left open with 0."""

TimeRange = tuple[int, int]
"""First and last second since 2000."""
ALL_TIMES: Final[TimeRange] = (0, 2**32)
_Within = Callable[[int, Data], bool]


def select(buffer: Data, selection: Selection) -> Data | None:
    """The entries of a log that a selection means; None when it means nothing that can be given."""
    parts = _parts(selection.parameters)
    if len(parts) != _RANGE_PARTS:
        return None
    if selection.selector == BY_RANGE:
        if _parts(parts[3]) or not _is_time(parts[0]):
            return None
        return select_times(buffer, parts[1], parts[2])
    if selection.selector == BY_ENTRY:
        return _select_entries(buffer, parts)
    return None


def select_times(buffer: Data, first: Data, last: Data) -> Data | None:
    """The entries from one time to another, both included.

    Args:
        buffer: the log, whose first column is seconds since 2000.
        first: seconds since 2000, or a date-time of 12 octets.
        last: in the same way.
    """
    within = times_between(first, last)
    if within is None:
        return None
    start, end = within
    return _filtered(buffer, lambda _, entry: start <= _time_stamp(entry) <= end)


def times_between(first: Data, last: Data) -> TimeRange | None:
    """The range that two bounds mean; None when one is no time."""
    start, end = _seconds(first), _seconds(last)
    return None if start is None or end is None else (start, end)


def time_range(selection: Selection | None) -> TimeRange | None:
    """The range of times that a selection means; None when it means no such thing."""
    parts = _parts(selection.parameters) if selection is not None else ()
    if selection is None or selection.selector != BY_RANGE or len(parts) != _RANGE_PARTS:
        return None
    return times_between(parts[1], parts[2])


def select_entries(buffer: Data, first: int, last: int) -> Data:
    """The entries from one place to another, counted from 1; 0 stands for the last one."""
    return _filtered(buffer, lambda index, _: first <= index and (index <= last or last == 0))


def _select_entries(buffer: Data, parts: tuple[Data, ...]) -> Data | None:
    numbers = [part.value for part in parts if isinstance(part.value, int)]
    if len(numbers) != _RANGE_PARTS or numbers[2] not in _ALL_COLUMNS or numbers[3] != 0:
        return None
    return select_entries(buffer, numbers[0], numbers[1])


def _filtered(buffer: Data, within: _Within) -> Data:
    held = buffer.value
    entries = held.elements if isinstance(held, CompactArray) else _parts(buffer)
    kept = tuple(entry for index, entry in enumerate(entries, 1) if within(index, entry))
    if isinstance(held, CompactArray):
        return Data(buffer.type, held._replace(elements=kept))
    return Data(buffer.type, kept)


def _parts(data: Data) -> tuple[Data, ...]:
    nested = data.type in (DataType.ARRAY, DataType.STRUCTURE)
    if not nested or not isinstance(data.value, tuple):
        return ()
    return tuple(part for part in data.value if isinstance(part, Data))


def _is_time(restricting: Data) -> bool:
    """Whether a capture object definition names the time of an entry."""
    parts = _parts(restricting)
    return len(parts) == _RANGE_PARTS and parts[1].value in _TIMES


def _seconds(bound: Data) -> int | None:
    if bound.type in NUMBERS and isinstance(bound.value, int):
        return bound.value
    moment = moment_of(bound.value) if isinstance(bound.value, bytes) else None
    return None if moment is None else seconds_of(moment)


def _time_stamp(entry: Data) -> int:
    parts = _parts(entry)
    first = parts[0].value if parts else None
    return first if isinstance(first, int) else -1
