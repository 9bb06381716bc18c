"""Dates and times as commands write them: COSEM, seconds since 2000, ASN.1, ZCL.

What people write is a `datetime` in UTC or its ISO text; a part may be `*` for any where the
format knows that. Octets that are no such date or time stay octets, as hexadecimal text.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Final

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_DATE_TIME: Final = Struct(">HBBBBBBBHB")
_DATE: Final = Struct(">HBBB")
_ANY: Final = 0xFF
_ANY_YEAR: Final = 0xFFFF
_UNSPECIFIED: Final = 0x8000
_FIRST_YEAR: Final = 1900
_MAXIMUM: Final = 0xFFFFFFFF
_ISO_DATE: Final = re.compile(r"(\*|\d{4})-(\*|\d{2})-(\*|\d{2})")
_OPEN_DATE: Final = re.compile(
    r"(?=.*\*)(\*|\d{4})-(\*|0[1-9]|1[0-2])-(\*|0[1-9]|[12]\d|3[01])"
    r"T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)Z"
)
"""A date and time of which year, month or day is any."""
_CLOCK: Final = re.compile(r"(\*|\d{2}):(\*|\d{2}):(\*|\d{2})")
_HEXADECIMAL: Final = re.compile(r"(?:[0-9A-Fa-f]{2})+")


def moment(value: object) -> datetime:
    """A date and time in UTC.

    Raises:
        ValueError: when it is none, or does not say that it is UTC or how far from it.
    """
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("expected a date and time with its zone")
    return value.astimezone(UTC)


def seconds(value: object) -> int:
    """Seconds since 2000-01-01 UTC, the time of ZCL and of logs (ZCL8 2.6.2).

    Raises:
        ValueError: when it is no date and time that has them in 32 bits.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        count = value
    else:
        count = int((moment(value) - _EPOCH).total_seconds())
    if not 0 <= count <= _MAXIMUM:
        raise ValueError("expected a date and time from 2000 to 2136")
    return count


def from_seconds(count: int) -> datetime:
    """The date and time that is so many seconds after 2000-01-01 UTC."""
    return _EPOCH + timedelta(seconds=count)


def cosem_date_time(value: object) -> bytes:
    """A date and time in 12 octets, hundredths 0, deviation unspecified (IEC 62056-6-2 4.1.6.1).

    Year, month and day may be `*` for any, as in `*-01-01T00:00:00Z`: the start of a season.

    Raises:
        ValueError: when it is none.
    """
    kept = _kept(value, _DATE_TIME.size)
    if kept is not None:
        return kept
    if isinstance(value, str) and (found := _OPEN_DATE.fullmatch(value)):
        year, month, day, *time = found.groups()
        date = (_number(year, _ANY_YEAR), _number(month), _number(day), _ANY)
        return _DATE_TIME.pack(*date, *map(int, time), 0, _UNSPECIFIED, _ANY)
    at = moment(value)
    clock = (at.hour, at.minute, at.second, 0)
    return _DATE_TIME.pack(at.year, at.month, at.day, _ANY, *clock, _UNSPECIFIED, _ANY)


def from_cosem_date_time(octets: bytes) -> datetime | str:
    """The date and time in 12 octets; `*` for any year, month or day.

    Hexadecimal where the time of day may be any, or none is there.
    """
    if len(octets) != _DATE_TIME.size:
        return octets.hex()
    year, month, day, _, hour, minute, second, *_ = _DATE_TIME.unpack(octets)
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        text = f"{_word(year, _ANY_YEAR, 4)}-{_word(month)}-{_word(day)}"
        text += f"T{hour:02}:{minute:02}:{second:02}Z"
        return text if _same(cosem_date_time, text, octets) else octets.hex()
    return at if cosem_date_time(at) == octets else octets.hex()


def cosem_date(value: object) -> bytes:
    """A date in 5 octets from `2015-12-25`, with `*` for any year, month or day (6-2 4.1.6.1).

    Raises:
        ValueError: when it is none.
    """
    kept = _kept(value, _DATE.size)
    if kept is not None:
        return kept
    year, month, day = _parts(_ISO_DATE, value)
    return _DATE.pack(_number(year, _ANY_YEAR), _number(month), _number(day), _ANY)


def from_cosem_date(octets: bytes) -> str:
    """The date in 5 octets; hexadecimal where it tells something else than year, month and day."""
    if len(octets) != _DATE.size:
        return octets.hex()
    year, month, day, _ = _DATE.unpack(octets)
    text = "-".join((_word(year, _ANY_YEAR, 4), _word(month), _word(day)))
    return text if _same(cosem_date, text, octets) else octets.hex()


def cosem_time(value: object) -> bytes:
    """A time of day in 4 octets from `16:30:00`, with `*` for any (6-2 4.1.6.1).

    Raises:
        ValueError: when it is none.
    """
    kept = _kept(value, 4)
    if kept is not None:
        return kept
    return bytes((*(_number(part) for part in _parts(_CLOCK, value)), 0))


def from_cosem_time(octets: bytes) -> str:
    """The time in 4 octets; hexadecimal where it tells hundredths."""
    text = ":".join(_word(part) for part in octets[:3])
    return text if _same(cosem_time, text, octets) else octets.hex()


def zcl_date(value: object) -> bytes:
    """A date in 4 octets from `2015-12-25`, with `*` for any; weekday any (ZCL8 2.6.2).

    Raises:
        ValueError: when it is none.
    """
    kept = _kept(value, 4)
    if kept is not None:
        return kept
    year, month, day = _parts(_ISO_DATE, value)
    since = _ANY if year == "*" else int(year) - _FIRST_YEAR
    return bytes((since, _number(month), _number(day), _ANY))


def from_zcl_date(octets: bytes) -> str:
    """The date in 4 octets; hexadecimal where it tells the weekday."""
    year, month, day, _ = octets
    years = "*" if year == _ANY else str(_FIRST_YEAR + year)
    text = "-".join((years, _word(month), _word(day)))
    return text if _same(zcl_date, text, octets) else octets.hex()


def generalized_time(value: object) -> str:
    """A date and time as ASN.1 writes it: `20150131235959Z` (X.690 11.7).

    Raises:
        ValueError: when it is none.
    """
    return moment(value).strftime("%Y%m%d%H%M%SZ")


def from_generalized_time(text: str) -> datetime | str:
    """The date and time that ASN.1 wrote; its text where there is no such day or time."""
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return text


def _kept(value: object, size: int) -> bytes | None:
    """The octets that the value already is, in hexadecimal or plain."""
    if isinstance(value, bytes) and len(value) == size:
        return value
    if isinstance(value, str) and len(value) == 2 * size and _HEXADECIMAL.fullmatch(value):
        return bytes.fromhex(value)
    return None


def _parts(form: re.Pattern[str], value: object) -> tuple[str, ...]:
    match = form.fullmatch(str(value))
    if match is None:
        raise ValueError(f"{value!r} is written otherwise")
    return match.groups()


def _number(part: str, any_value: int = _ANY) -> int:
    return any_value if part == "*" else int(part)


def _word(part: int, any_value: int = _ANY, width: int = 2) -> str:
    return "*" if part == any_value else f"{part:0{width}}"


def _same(write: Callable[[object], bytes], text: str, octets: bytes) -> bool:
    try:
        return write(text) == octets
    except ValueError:
        return False
