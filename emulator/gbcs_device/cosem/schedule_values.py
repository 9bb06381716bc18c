"""Schedules, special days and moments that come again, as COSEM tables (IEC 62056-6-2 4.5)."""

from collections.abc import Callable, Sequence
from typing import Final

from emulator.cosem.server.made_values import parts_of
from emulator.dlms.data import BitString, Data
from emulator.gbcs_device.cosem.calendar_values import date_of, minute_of
from emulator.gbcs_device.cosem.unexecutable import number, octets, parts, refused
from emulator.metering.date_patterns import LAST, LAST_BUT_ONE, DatePattern
from emulator.metering.quantities import HOUR
from emulator.metering.schedule import ScheduledDay, ScheduleEntry, YearPart

_ENTRY_PARTS: Final = 10
_DATE: Final = 5
_ANY_YEARS: Final = (0, 0xFFFF)
_ANY: Final = 0xFF
_MINUTE: Final = HOUR // 60
_FROM_THE_END: Final = {0xFE: LAST, 0xFD: LAST_BUT_ONE}


def schedule_entries(
    entries: Data, selector_of: Callable[[int], int] = lambda script: script
) -> Sequence[ScheduleEntry]:
    """The entries of a schedule that are enabled (class 10, attribute 2).

    Args:
        entries: the attribute.
        selector_of: what the script of an entry switches to; raises for one that there is not.

    Raises:
        UnexecutableError: when one is not of that shape, or cannot be executed.
    """
    found = []
    for each in parts_of(entries):
        _, enable, _, script, time, _, weekdays, special, begin, end = parts(each, _ENTRY_PARTS)
        if number(enable):
            entry = ScheduleEntry(
                minute_of(octets(time, 4)),
                selector_of(number(script)),
                _bits(weekdays),
                _bits(special),
                YearPart(_bound(octets(begin, _DATE)), _bound(octets(end, _DATE))),
            )
            found.append(entry)
    return found


def scheduled_days(entries: Data) -> Sequence[ScheduledDay]:
    """The special days of a schedule, numbered as their bits are (class 11, attribute 2).

    Raises:
        UnexecutableError: when one is not of that shape, or no one day of a year.
    """
    found = []
    for place, each in enumerate(parts_of(entries), 1):
        _, day, _ = parts(each, 3)
        year, month, of_month = date_of(octets(day, _DATE))
        found.append(ScheduledDay(place, month, of_month, year))
    return found


def date_patterns(execution_times: Data) -> Sequence[DatePattern]:
    """When a single action schedule is due (class 22, attribute 4).

    Raises:
        UnexecutableError: when one is not of that shape, or no moment that comes.
    """
    found = []
    for each in parts_of(execution_times):
        time, day = parts(each, 2)
        found.append(_pattern(minute_of(octets(time, 4)) * _MINUTE, octets(day, _DATE)))
    return found


def _pattern(time: int, date: bytes) -> DatePattern:
    year, month, day, weekday = int.from_bytes(date[:2], "big"), date[2], date[3], date[4]
    in_range = (month == _ANY or 1 <= month <= 12) and (weekday == _ANY or 1 <= weekday <= 7)
    if not in_range or not (day == _ANY or day in _FROM_THE_END or 1 <= day <= 31):
        raise refused(f"date {date.hex()}: comes never")
    return DatePattern(
        time,
        None if year in _ANY_YEARS else year,
        None if month == _ANY else month,
        None if day == _ANY else _FROM_THE_END.get(day, day),
        None if weekday == _ANY else weekday,
    )


def _bound(date: bytes) -> tuple[int | None, int, int] | None:
    year, open_ended = int.from_bytes(date[:2], "big"), _ANY in date[2:4]
    if open_ended:
        return None
    _, month, day = date_of(date)
    return (None if year in _ANY_YEARS else year), month, day


def _bits(data: Data) -> frozenset[int]:
    """The places of ones in a bit string, from 1."""
    if not isinstance(data.value, BitString):
        raise refused(f"{data.type.words}: no bit string")
    return frozenset(place for place, bit in enumerate(data.value.bits, 1) if bit == "1")
