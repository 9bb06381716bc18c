"""Dates and times in octets, as people read them (IEC 62056-6-2 4.1.6.1).

A date-time has 12 octets: year, month, day, weekday, hour, minute, second, hundredths, deviation
from UTC in minutes, clock status. FF stands for any value.
"""

from struct import Struct
from typing import Final

_DATE_TIME: Final = Struct(">HBBBBBBBhB")
_DATE: Final = Struct(">HBBB")
NOW: Final = bytes.fromhex("0000 00 00 00 00 00 00 00 8000 FF")
"""Activation time of what is to be done at once (use-case annex of GBCS)."""
NEVER: Final = bytes.fromhex("FFFF FF FF FF FF FF FF FF 8000 FF")
"""Activation time that cancels what was future dated (use-case annex of GBCS)."""
_UNSPECIFIED_DEVIATION: Final = -0x8000
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def format_date_time(octets: bytes) -> str:
    """A date-time of 12 octets: `2015-01-01 00:00:00 UTC`, `now`, `never`; else hexadecimal."""
    if octets in (NOW, NEVER):
        return "now" if octets == NOW else "never"
    if len(octets) != _DATE_TIME.size:
        return octets.hex().upper()
    _, _, _, _, hour, minute, second, hundredths, deviation, _ = _DATE_TIME.unpack(octets)
    time = format_time(bytes((hour, minute, second, hundredths)))
    date = format_date(octets[: _DATE.size])
    return f"{date} {time}" if "*" in date + time else f"{date} {time}{_zone(deviation)}"


def format_date(octets: bytes) -> str:
    """A date of 5 octets: `2015-01-01`, with `*` for any; else hexadecimal."""
    if len(octets) != _DATE.size:
        return octets.hex().upper()
    year, month, day, weekday = _DATE.unpack(octets)
    date = f"{_number(year, 0xFFFF, 4)}-{_month(month)}-{_day(day)}"
    return f"{_WEEKDAYS[weekday - 1]} {date}" if _tells(year, weekday) else date


def format_time(octets: bytes) -> str:
    """A time of 4 octets: `16:30:00`, with `*` for any; else hexadecimal."""
    if len(octets) != 4:
        return octets.hex().upper()
    hour, minute, second, hundredths = octets
    fraction = "" if hundredths in (0, 0xFF) else f".{hundredths:02}"
    return ":".join(_number(part, 0xFF, 2) for part in (hour, minute, second)) + fraction


def _number(value: int, any_value: int, width: int) -> str:
    return "*" if value == any_value else f"{value:0{width}}"


def _month(month: int) -> str:
    return {0xFE: "daylight savings begin", 0xFD: "daylight savings end"}.get(
        month, _number(month, 0xFF, 2)
    )


def _day(day: int) -> str:
    return {0xFE: "last", 0xFD: "last but one"}.get(day, _number(day, 0xFF, 2))


def _tells(year: int, weekday: int) -> bool:
    """Whether the weekday says something that the date does not."""
    return year == 0xFFFF and 1 <= weekday <= 7


def _zone(deviation: int) -> str:
    """Deviation is from local time to UTC, so British summer time is -60.

    Devices leave it unspecified, and all their times are in UTC (GBCS).
    """
    return " UTC" if deviation in (0, _UNSPECIFIED_DEVIATION) else f" UTC{-deviation:+d} min"
