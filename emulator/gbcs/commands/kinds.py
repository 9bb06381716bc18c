"""Kinds of values: what people write, and the number, text or octets that a payload holds.

Every kind reads text too, as a command line gives it.
"""

import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final, TypeAlias

from emulator.dlms.data import BitString
from emulator.gbcs.commands import moments
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import format_eui64, parse_eui64

Carrier: TypeAlias = int | bytes | str | BitString
"""What a payload holds."""

FLAG: Final = "flag"
"""Kind of a value that says whether an item is there, and fills nothing."""
_TRUE: Final = 0xFF
"""How GBCS messages write true."""
_NUMBER: Final = re.compile(r"[+-]?(?:0[xX][0-9A-Fa-f]+|[1-9]\d*|0)")
_EUI64_LENGTH: Final = 8
_TRUTH: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value.

    Args:
        write: from what people write; raises `ValueError`, `TypeError` or
            `OverflowError` when it is none.
        read: from what a payload holds.
        expected: what people write, in words.
        example: one.
    """

    write: Callable[[object], Carrier]
    read: Callable[[Carrier], object]
    expected: str
    example: str


def kind(name: str) -> Kind:
    """The kind of a name: `number`, `decimal:5`, `enum:OFF=0|ON=1`, `octets:6-16`.

    Raises:
        UsageError: when there is no such kind.
    """
    family, _, detail = name.partition(":")
    if family == "enum":
        return _enumeration(detail)
    if family == "decimal":
        return _decimal(int(detail))
    if family == "octets" and detail:
        return _sized_octets(*map(int, detail.split("-")))
    found = _KINDS.get(name)
    if found is None:
        raise UsageError(f"no kind of value is called {name!r}")
    return found


def _number(value: object) -> int:
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return int(value, 0)
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("no whole number")
    return int(value)


def _as_is(carried: Carrier) -> object:
    return carried


def _boolean(value: object) -> int:
    if isinstance(value, str):
        value = _TRUTH.get(value.lower())
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return _TRUE if value else 0


def _octets(value: object) -> bytes:
    if isinstance(value, str):
        return bytes.fromhex(value)
    if not isinstance(value, bytes):
        raise TypeError("no octets")
    return value


def _text(value: object) -> bytes:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value.encode("latin-1")


def _from_text(carried: Carrier) -> object:
    return carried.decode("latin-1") if isinstance(carried, bytes) else carried


def _label(value: object) -> str:
    return _text(value).decode("latin-1")


def _eui64(value: object) -> bytes:
    if isinstance(value, str):
        try:
            value = parse_eui64(value)
        except UsageError as error:
            raise ValueError(str(error)) from None
    if isinstance(value, bytes) and len(value) == _EUI64_LENGTH:
        return value
    return _number(value).to_bytes(_EUI64_LENGTH, "big")


def _from_eui64(octets: bytes) -> str:
    return format_eui64(int.from_bytes(octets, "big"))


def bits(value: object) -> BitString:
    """Zeros and ones as a bit string.

    Raises:
        TypeError: when they are none.
    """
    if not isinstance(value, str) or set(value) - {"0", "1"}:
        raise TypeError("no zeros and ones")
    octets = int(value.ljust((len(value) + 7) // 8 * 8, "0") or "0", 2)
    return BitString(len(value), octets.to_bytes((len(value) + 7) // 8, "big"))


def _from_bits(carried: Carrier) -> object:
    return carried.bits if isinstance(carried, BitString) else carried


def _flags(value: object) -> BitString:
    octets = _octets(value)
    return BitString(8 * len(octets), octets)


def _from_flags(carried: Carrier) -> object:
    return carried.octets.hex() if isinstance(carried, BitString) else carried


def _certificate(value: object) -> bytes:
    if isinstance(value, str) and not value.startswith("30"):
        try:
            value = binascii.a2b_base64(value, strict_mode=True)
        except binascii.Error:
            raise ValueError("neither hexadecimal nor base 64") from None
    octets = _octets(value)
    if octets[:1] != b"\x30":
        raise ValueError("no DER")
    return octets


def _of_bytes(read: Callable[[bytes], object]) -> Callable[[Carrier], object]:
    return lambda carried: read(carried) if isinstance(carried, bytes) else carried


def _of_int(read: Callable[[int], object]) -> Callable[[Carrier], object]:
    return lambda carried: read(carried) if isinstance(carried, int) else carried


def _of_str(read: Callable[[str], object]) -> Callable[[Carrier], object]:
    return lambda carried: read(carried) if isinstance(carried, str) else carried


def _sized_octets(least: int, most: int) -> Kind:
    def write(value: object) -> bytes:
        octets = _octets(value)
        if not least <= len(octets) <= most:
            raise ValueError(f"{len(octets)} octets")
        return octets

    count = f"{least} to {most}" if least != most else str(most)
    return Kind(write, _of_bytes(bytes.hex), f"{count} octets in hexadecimal", "00" * most)


def _decimal(places: int) -> Kind:
    def write(value: object) -> int:
        try:
            scaled = Decimal(str(value)).scaleb(places)
        except InvalidOperation:
            raise ValueError("no number") from None
        if scaled != scaled.to_integral_value():
            raise ValueError(f"more than {places} decimal places")
        return int(scaled)

    def read(carried: int) -> object:
        return Decimal(carried).scaleb(-places)

    example = str(Decimal(10 ** max(places, 0)).scaleb(-places))
    return Kind(write, _of_int(read), f"a number with up to {places} decimal places", example)


def _enumeration(detail: str) -> Kind:
    pairs = (each.partition("=") for each in detail.split("|"))
    numbers = {name: int(code, 0) for name, _, code in pairs}
    names = {code: name for name, code in numbers.items()}

    def write(value: object) -> int:
        if isinstance(value, str) and value.upper() in numbers:
            return numbers[value.upper()]
        return _number(value)

    def read(carried: int) -> object:
        return names.get(carried, int(carried))

    known = ", ".join(numbers)
    return Kind(write, _of_int(read), f"one of {known}, or a number", next(iter(numbers)))


_KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "number": Kind(_number, _as_is, "a whole number", "90"),
        "switch_script": Kind(
            _number, _as_is, "a whole number, 256 * controller + 1 for on or 2 for off", "257"
        ),
        "boolean": Kind(_boolean, _of_int(bool), "true or false", "true"),
        FLAG: Kind(_boolean, _of_int(bool), "true or false", "true"),
        "octets": Kind(_octets, _of_bytes(bytes.hex), "octets in hexadecimal", "00ff"),
        "text": Kind(_text, _from_text, "text", "Reset"),
        "label": Kind(_label, _as_is, "text", "Heating"),
        "eui64": Kind(_eui64, _of_bytes(_from_eui64), "an EUI-64", "00-DB-12-34-56-78-90-A0"),
        "bits": Kind(bits, _from_bits, "zeros and ones", "1110000"),
        "flags": Kind(_flags, _from_flags, "bits as octets in hexadecimal", "0080"),
        "certificate": Kind(
            _certificate, _as_is, "a certificate: DER, or base 64 of it", "MIIB..."
        ),
        "date_time": Kind(
            moments.cosem_date_time,
            _of_bytes(moments.from_cosem_date_time),
            "a date and time in UTC",
            "2015-01-01T00:00:00Z",
        ),
        "date": Kind(
            moments.cosem_date, _of_bytes(moments.from_cosem_date), "a date, * for any", "*-12-25"
        ),
        "time": Kind(
            moments.cosem_time, _of_bytes(moments.from_cosem_time), "a time of day", "16:30:00"
        ),
        "utc": Kind(
            moments.seconds,
            _of_int(moments.from_seconds),
            "a date and time in UTC",
            "2015-01-01T00:00:00Z",
        ),
        "zcl_date": Kind(
            moments.zcl_date, _of_bytes(moments.from_zcl_date), "a date, * for any", "*-12-25"
        ),
        "generalized_time": Kind(
            moments.generalized_time,
            _of_str(moments.from_generalized_time),
            "a date and time in UTC",
            "2015-01-01T00:00:00Z",
        ),
    }
)
