"""What an element of the catalogue holds, made from a value (MMC 5.4).

A conversion gives None for what is no value of its kind: its element is left out then.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Final

from emulator.cosem.date_times import format_date_time
from emulator.duis.tree import Node
from emulator.gbcs.alert_codes import alert_codes, alert_name
from emulator.kernel.identity import format_eui64

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NO_TIME: Final = (0, 0xFFFFFFFF)
_EUI64: Final = 8
_VALUES_OF_GAS: Final = 1_000
"""Registers of gas count litres, and the catalogue has cubic metres (GBCS; RTDS 4.5.0 divisor)."""
_DIGITS: Final = 4
"""Trailing digits stand in the upper half of an octet (ZSE 1.4 D.4)."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an element holds: text, or elements; and attributes."""

    text: str = ""
    parts: tuple[Node, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


Conversion = Callable[[object], Content | None]


def whole(value: object) -> Content | None:
    """A whole number."""
    return Content(str(int(value))) if isinstance(value, int) else None


def words(value: object) -> Content | None:
    """Text; octets as characters, without what fills them up."""
    if isinstance(value, bytes):
        value = value.decode("latin-1").rstrip("\0 ")
    return Content(value) if isinstance(value, str) and value.isprintable() else None


def hexadecimal(value: object) -> Content | None:
    """Octets, or a code of two octets, in hexadecimal."""
    if isinstance(value, int):
        value = value.to_bytes(2, "big") if 0 <= value <= 0xFFFF else None
    return Content(value.hex().upper()) if isinstance(value, bytes) and value else None


def octet(value: object) -> Content | None:
    """A number of one octet in hexadecimal."""
    known = isinstance(value, int) and 0 <= value <= 0xFF
    return Content(f"{value:02X}") if known else None


def encoded(value: object) -> Content | None:
    """Octets in base 64."""
    return Content(base64.b64encode(value).decode()) if isinstance(value, bytes) else None


def eui64(value: object) -> Content | None:
    """An EUI-64."""
    if not isinstance(value, bytes) or len(value) != _EUI64:
        return None
    return Content(format_eui64(int.from_bytes(value, "big")))


def moment(value: object) -> Content | None:
    """A date and time: seconds since 2000, a date-time of DLMS, or a GeneralizedTime."""
    told = moment_text(value)
    return None if told is None else Content(told)


def moment_text(value: object) -> str | None:
    """A date and time as XML writes it; None for marks such as `now`, and for what is none."""
    if isinstance(value, int) and value not in _NO_TIME:
        return (_EPOCH + timedelta(seconds=value)).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        if isinstance(value, bytes):
            return _xml_moment(format_date_time(value).removesuffix(" UTC"), "%Y-%m-%d %H:%M:%S")
        if isinstance(value, str):
            return _xml_moment(value, "%Y%m%d%H%M%SZ")
    except ValueError:
        return None
    return None


def _xml_moment(text: str, form: str) -> str:
    return datetime.strptime(text, form).replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def time_text(value: object) -> str | None:
    """A time of day: four octets of DLMS."""
    if not isinstance(value, bytes) or len(value) != 4 or value[0] > 23 or value[1] > 59:
        return None
    return f"{value[0]:02}:{value[1]:02}:{0 if value[2] > 59 else value[2]:02}Z"


def time_of_day(value: object) -> Content | None:
    """A time of day."""
    told = time_text(value)
    return None if told is None else Content(told)


def minute_text(value: object) -> str | None:
    """A time of day from the minutes since midnight."""
    if not isinstance(value, int) or not 0 <= value < 24 * 60:
        return None
    return f"{value // 60:02}:{value % 60:02}:00Z"


def minute_of_day(value: object) -> Content | None:
    """A time of day from the minutes since midnight."""
    told = minute_text(value)
    return None if told is None else Content(told)


def number(value: object) -> Content | None:
    """A number that is written as octets."""
    return Content(str(int.from_bytes(value, "big"))) if isinstance(value, bytes) else None


def cubic_metres(value: object) -> Content | None:
    """A volume of gas."""
    return Content(str(Decimal(value) / _VALUES_OF_GAS)) if isinstance(value, int) else None


def hundredths(value: object) -> Content | None:
    """A percentage."""
    return Content(str(Decimal(value) / 100)) if isinstance(value, int) else None


def trailing(value: object) -> Content | None:
    """A number, and how many of its digits follow the point."""
    number, digits = _pair(value)
    return None if number is None else Content(str(Decimal(number).scaleb(-(digits >> _DIGITS))))


def scaled(value: object) -> Content | None:
    """A number, with the multiplier and divisor that stand beside it."""
    if not isinstance(value, tuple) or len(value) != 3 or not isinstance(value[0], int):
        return None
    multiplier, divisor = (each if isinstance(each, int) and each else 1 for each in value[1:])
    return Content(str(Decimal(value[0]) * multiplier / divisor))


def _pair(value: object) -> tuple[int | None, int]:
    if not isinstance(value, tuple) or len(value) != 2 or not isinstance(value[0], int):
        return None, 0
    return value[0], value[1] if isinstance(value[1], int) else 0


def truth(value: object) -> Content | None:
    """True or false; DLMS takes any octet but 00 for true."""
    return Content(str(bool(value)).lower()) if isinstance(value, int) else None


def event(value: object) -> Content | None:
    """What an alert or event code means; None where no source tells."""
    known = isinstance(value, int) and value in alert_codes()
    return Content(alert_name(value)) if known and isinstance(value, int) else None


def status(value: object) -> Content | None:
    """A response code of ASN.1, by word and number."""
    if not isinstance(value, Enum) or not isinstance(value.value, int):
        return None
    word = _STATUS_WORDS.get(value.name) or _camel(value.name)
    code = (("ResponseCode", str(value.value)),)
    return Content(parts=(Node("ASN1Status", word),), attributes=code)


def _camel(name: str) -> str:
    first, *others = name.lower().split("_")
    return first + "".join(each.capitalize() for each in others)


_STATUS_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CR_PRODUCTION_FAILED": "cRProductionFailed",
        "NO_CBKE_RESPONSE": "noCBKEResponse",
        "NOT_IN_DEVICE_LOG": "otherDeviceNotInDeviceLog",
    }
)
"""What the catalogue calls otherwise than GBCS."""


def chosen(choices: str) -> Conversion:
    """A word for each number or name: `Disabled=0 Enabled=1`.

    Raises:
        ValueError: when a choice is not written so.
    """
    table: dict[object, str] = {}
    for each in choices.split():
        word, mark, code = each.partition("=")
        if not mark:
            raise ValueError(f"{each!r}: expected word=number")
        table[int(code, 0) if code[:1].isdigit() else code] = word.replace("_", " ")

    def choose(value: object) -> Content | None:
        key = value.name if isinstance(value, Enum) else value
        word = table.get(key)
        return None if word is None else Content(word)

    return choose


def rows_of(value: object) -> list[tuple[object, ...]]:
    """The rows of a list; none where the value is no list."""
    return [row for row in value if isinstance(row, tuple)] if isinstance(value, tuple) else []
