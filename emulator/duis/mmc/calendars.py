"""Dates and calendars as elements (MMC 5.4)."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from emulator.duis.mmc.content import Content, moment_text, rows_of, time_text
from emulator.duis.tree import Node
from emulator.zcl.data_types import Date

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ANY_YEAR: Final = 0xFFFF
_ANY: Final = 0xFF
_LAST_DAYS: Final = {0xFE: "LastDayOfMonth", 0xFD: "SecondLastDayOfMonth"}
_FIRST_YEAR: Final = 1900
_GAS: Final = "Gas{}WithWildcards"
_PERIODS_A_YEAR: Final = {1: "Yearly", 2: "SixMonthly", 4: "Quarterly"}
_GAS_PERIODS: Final = {
    (1, 1): "Daily",
    (1, 2): "Weekly",
    (1, 3): "Monthly",
    (3, 3): "Quarterly",
    (6, 3): "SixMonthly",
    (12, 3): "Yearly",
}
"""How often, by duration and by what it counts: days, weeks, months (ZSE 1.4 D.4.2.4.8)."""
_MIDNIGHT: Final = "00:00:00Z"
_START: Final = 32
"""Script that starts non-disablement (ECS08)."""
_FROM_LOAD: Final = 2
"""Direction of power, in the four highest bits of a script of ECS46d."""
_ROW: Final = 10
"""Parts of an entry of a schedule (IEC 62056-6-2, class 10)."""


def _either(name: str, value: int | None, width: int, named: str = "") -> Node:
    if value is None:
        return Node(named or name, parts=(Node(f"NonSpecified{name}"),))
    return Node(named or name, parts=(Node(f"Specified{name}", f"{value:0{width}}"),))


def date(value: object) -> Content | None:
    """A date of DLMS, or the date of a date-time, with what is not specified."""
    if not isinstance(value, bytes) or len(value) not in (5, 12):
        return None
    year, month, day, weekday = int.from_bytes(value[:2], "big"), *value[2:5]
    last = _LAST_DAYS.get(day)
    return Content(
        parts=(
            _either("Year", None if year == _ANY_YEAR else year, 4),
            _either("Month", month if 1 <= month <= 12 else None, 2),
            Node("DayOfMonth", parts=(Node(last),))
            if last
            else _either("DayOfMonth", None if day == _ANY else day, 2),
            _either("DayOfWeek", weekday if 1 <= weekday <= 7 else None, 1),
        )
    )


def gas_date(value: object) -> Content | None:
    """A date of ZCL with what is not specified."""
    if not isinstance(value, Date):
        return None
    day = _GAS.format("DayOfMonth")
    told = None if value.day == _ANY else value.day
    return Content(
        parts=(
            _either(
                "Year",
                None if value.year == _ANY else _FIRST_YEAR + value.year,
                4,
                _GAS.format("Year"),
            ),
            _either(
                "Month", value.month if 1 <= value.month <= 12 else None, 2, _GAS.format("Month")
            ),
            Node(day, parts=(Node("GasNonSpecifiedDayOfMonth"),))
            if told is None
            else Node(day, parts=(Node("SpecifiedDayOfMonth", f"{told:02}"),)),
            _either(
                "DayOfWeek",
                value.day_of_week if 1 <= value.day_of_week <= 7 else None,
                1,
                _GAS.format("DayOfWeek"),
            ),
        )
    )


def billing_calendar(value: object) -> Content | None:
    """When an electricity meter draws up bills: times and dates with wildcards (ECS26l)."""
    rows = [row for row in rows_of(value) if len(row) == 2 and isinstance(row[1], bytes)]
    if not rows:
        return None
    time, dates = time_text(rows[0][0]), [row[1] for row in rows if isinstance(row[1], bytes)]
    period = _billing_period(dates)
    if time is None or period is None:
        return None
    told = Node("ElectricityBillingCalendar", parts=(Node("BillingTime", time), period))
    return Content(parts=(told,))


def _billing_period(dates: Sequence[bytes]) -> Node | None:
    month, day, weekday = dates[0][2:5]
    if len(dates) == 1 and month == _ANY:
        if day != _ANY:
            return Node("Monthly", str(day))
        return Node("Daily") if weekday == _ANY else Node("Weekly", str(weekday))
    name = _PERIODS_A_YEAR.get(len(dates))
    if name is None:
        return None
    first = min(each[2] for each in dates)
    return Node(
        name, parts=(Node("DayOfMonth", str(day)), Node("BillingPeriodStartMonth", str(first)))
    )


def gas_billing_calendar(value: object) -> Content | None:
    """When a gas meter draws up bills: a start, a duration, and what that counts (GCS21k)."""
    if not isinstance(value, tuple) or len(value) != 3:
        return None
    start, duration, kind = value
    begin = moment_text(start)
    period = _GAS_PERIODS.get((duration, kind & 0x0F)) if isinstance(kind, int) else None
    if begin is None or period is None:
        return None
    parts = (Node("BillingPeriodStart", begin), Node("Periodicity", period))
    return Content(parts=(Node("GasBillingCalendar", parts=parts),))


def special_days(value: object, name: str, attribute: str) -> Content | None:
    """Special days of a calendar, each by its number."""
    days = (
        (row[0], date(row[1]))
        for row in rows_of(value)
        if len(row) == 3 and isinstance(row[0], int)
    )
    return Content(
        parts=tuple(
            Node(name, parts=told.parts, attributes=((attribute, str(number)),))
            for number, told in days
            if told is not None
        )
    )


class _Entry(NamedTuple):
    """What an entry of a schedule says (IEC 62056-6-2, class 10).

    Args:
        selector: of the script that it runs.
        time: when it does.
        weekdays, special_days: bits of the days on which it does.
        begin, end: of the period in which it does.
    """

    selector: int
    time: str
    weekdays: object
    special_days: object
    begin: object
    end: object


def _entry(value: object) -> _Entry | None:
    if not isinstance(value, tuple) or len(value) != _ROW or not isinstance(value[3], int):
        return None
    return _Entry(value[3], time_text(value[4]) or _MIDNIGHT, *value[6:])


def switch_entry(value: object) -> Content | None:
    """When a switch is switched (ECS61a)."""
    entry = _entry(value)
    if entry is None:
        return None
    state = "ActivateSwitch" if entry.selector & 0xFF == 1 else "DeactivateSwitch"
    action = Node(
        "ActivateDeactivateSwitch",
        parts=(Node(state),),
        attributes=(("index", str(entry.selector >> 8)),),
    )
    return Content(parts=(action, *_applicability(entry, "index", "ALCSScheduleDatesAndTime")))


def level_entry(value: object) -> Content | None:
    """When a controller gets which level (ECS61d)."""
    entry = _entry(value)
    if entry is None:
        return None
    parts = [Node("CommandedStateLevel", str(entry.selector & 0x7F))]
    if entry.selector >> 12 == _FROM_LOAD:
        parts.append(Node("InputFromControlledLoad"))
    action = Node(
        "AuxiliaryControllerAction",
        parts=tuple(parts),
        attributes=(("auxiliaryControllerN", str(entry.selector >> 8 & 0x0F)),),
    )
    period = "AuxiliaryControllerSchedulePeriodAndTime"
    return Content(parts=(action, *_applicability(entry, "identifier", period)))


def non_disablement_entry(value: object) -> Content | None:
    """When supply is not disabled for want of credit, or is again (ECS26a)."""
    entry = _entry(value)
    if entry is None:
        return None
    parts = [Node("NonDisablementScript", "START" if entry.selector == _START else "STOP")]
    days = tuple(
        Node("SpecialDayApplicability", parts=(Node("SpecialDayID", str(place)),))
        for place in _set_bits(entry.special_days)
    )
    if days:
        parts.append(Node("SpecialDaysApplicability", parts=days))
    parts += _weekdays(entry.weekdays)
    times = [Node("SwitchTime", entry.time)]
    for name, day in (("StartDate", entry.begin), ("EndDate", entry.end)):
        told = _plain_date(day)
        if told is not None:
            times.append(Node(name, told))
    parts.append(Node("ScheduleDatesAndTime", parts=tuple(times)))
    return Content(parts=tuple(parts))


def _applicability(entry: _Entry, attribute: str, period: str) -> Iterator[Node]:
    for place in _set_bits(entry.special_days):
        yield Node("SpecialDaysApplicability", attributes=((attribute, str(place)),))
    yield from _weekdays(entry.weekdays)
    times = [Node("SwitchTime", entry.time)]
    for name, day in (("StartDate", entry.begin), ("EndDate", entry.end)):
        told = date(day)
        if told is not None:
            times.append(Node(name, parts=told.parts))
    yield Node(period, parts=tuple(times))


def _weekdays(bits: object) -> Iterator[Node]:
    days = tuple(
        Node("DayOfWeekApplicability", parts=(Node("DayOfWeekID", _DAYS[place - 1]),))
        for place in _set_bits(bits)
        if place <= len(_DAYS)
    )
    if days:
        yield Node("DaysOfWeekApplicability", parts=days)


def _set_bits(bits: object) -> list[int]:
    text = bits if isinstance(bits, str) else ""
    return [place for place, bit in enumerate(text, 1) if bit == "1"]


def _plain_date(value: object) -> str | None:
    """A date without wildcards."""
    if not isinstance(value, bytes) or len(value) != 5:
        return None
    year, month, day = int.from_bytes(value[:2], "big"), value[2], value[3]
    if year == _ANY_YEAR or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return f"{year:04}-{month:02}-{day:02}"
