"""Calendars as COSEM tables: seasons, weeks, days, special days (IEC 62056-6-2 4.5.5).

Read as what a meter executes. A table of the wrong shape, or one that contradicts itself, is
refused before it comes into force.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

from emulator.cosem.server.made_values import parts_of
from emulator.dlms.data import Data
from emulator.gbcs_device.cosem.unexecutable import number, octets, parts, refused
from emulator.metering.tariff_calendar import Season, SpecialDay, Switch, TariffCalendar

Name = TypeVar("Name", int, bytes)
_ANY_YEAR: Final = 0xFFFF
_ANY: Final = 0xFF
_HUNDREDTHS: Final = (0, 0xFF)
_DAYS_OF_A_WEEK: Final = 7
_DATE: Final = 5


RegisterOf = Callable[[int], int | None]
"""The register that a script lets count; None where there is no such script."""


class Tables(NamedTuple):
    """What makes a calendar."""

    seasons: Data
    weeks: Data
    days: Data
    special_days: Data


def tariff_calendar(tables: Tables, register_of: RegisterOf) -> TariffCalendar | None:
    """The calendar that tables make together; None where no day is set.

    Raises:
        UnexecutableError: when a table is not of its shape, or names what is not there.
        UsageError: when the calendar cannot be executed.
    """
    profiles = day_profiles(tables.days, register_of)
    if not profiles:
        return None
    places = {name: place for place, name in enumerate(profiles)}
    named = week_profiles(tables.weeks)
    names = {name: place for place, name in enumerate(named)}
    return TariffCalendar(
        tuple(profiles.values()),
        [[_found(places, day, "day") for day in week] for week in named.values()],
        [
            Season(month, day, _found(names, week, "week"), year)
            for year, month, day, week in season_starts(tables.seasons)
        ],
        [
            SpecialDay(month, day, places[profile], year)
            for year, month, day, profile in special_dates(tables.special_days)
            if profile in places
        ],
        carries=True,
    )


def day_profiles(days: Data, register_of: RegisterOf) -> Mapping[int, tuple[Switch, ...]]:
    """The switches of each day, by its id (attribute 5 and 9).

    Raises:
        UnexecutableError: when a day is not of that shape, or begins what is no script.
    """
    found: dict[int, tuple[Switch, ...]] = {}
    for each in parts_of(days):
        name, schedule = parts(each, 2)
        if number(name) in found:
            raise refused(f"day {number(name)}: comes twice")
        found[number(name)] = tuple(_switch(entry, register_of) for entry in parts_of(schedule))
    return found


def week_profiles(weeks: Data) -> Mapping[bytes, Sequence[int]]:
    """The seven days of each week, by its name (attribute 4 and 8).

    Raises:
        UnexecutableError: when a week is not of that shape, or comes twice.
    """
    found: dict[bytes, Sequence[int]] = {}
    for each in parts_of(weeks):
        name, *days = parts(each, 1 + _DAYS_OF_A_WEEK)
        if octets(name) in found:
            raise refused(f"week {octets(name).hex()}: comes twice")
        found[octets(name)] = [number(day) for day in days]
    return found


def season_starts(seasons: Data) -> Sequence[tuple[int | None, int, int, bytes]]:
    """Year, month, day and week of each season (attribute 3 and 7).

    Raises:
        UnexecutableError: when a season is not of that shape, or begins on no one day of a year.
    """
    found = []
    for each in parts_of(seasons):
        _, start, week = parts(each, 3)
        found.append((*date_of(octets(start, 12)[:_DATE]), octets(week)))
    return found


def special_dates(entries: Data) -> Sequence[tuple[int | None, int, int, int]]:
    """Year, month, day and day id of each special day (class 11, attribute 2).

    Raises:
        UnexecutableError: when one is not of that shape, or no one day of a year.
    """
    found = []
    for each in parts_of(entries):
        _, day, profile = parts(each, 3)
        found.append((*date_of(octets(day, _DATE)), number(profile)))
    return found


def date_of(date: bytes) -> tuple[int | None, int, int]:
    """Year, month and day of a date of 5 octets; any year is None.

    Raises:
        UnexecutableError: when it leaves month or day open.
    """
    year, month, day = int.from_bytes(date[:2], "big"), date[2], date[3]
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise refused(f"date {date.hex()}: names no day of a year")
    return None if year == _ANY_YEAR else year, month, day


def minute_of(time: bytes) -> int:
    """Minute of a day of a time of 4 octets.

    Raises:
        UnexecutableError: when it is none.
    """
    hour, minute, second, hundredths = time
    if hour > 23 or minute > 59 or second not in (0, _ANY) or hundredths not in _HUNDREDTHS:
        raise refused(f"time {time.hex()}: no whole minute of a day")
    return 60 * hour + minute


def _switch(entry: Data, register_of: RegisterOf) -> Switch:
    time, _, selector = parts(entry, 3)
    register = register_of(number(selector))
    if register is None:
        raise refused(f"script {number(selector)}: there is none")
    return Switch(minute_of(octets(time, 4)), register)


def _found(places: Mapping[Name, int], name: Name, what: str) -> int:
    place = places.get(name)
    if place is None:
        raise refused(f"{what} {name!r}: there is none")
    return place
