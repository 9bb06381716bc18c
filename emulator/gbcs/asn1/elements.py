"""ASN.1 types without parts of their own (X.690 8): how each is read and written.

An element knows the tags it may start with, makes a value from content, and content from a value.
"""

import re
from dataclasses import dataclass
from enum import IntFlag
from functools import cache
from typing import Any, Final, NoReturn, Protocol

from emulator.gbcs.asn1.tlv import Lengths, Reader, Span, tlv
from emulator.kernel.errors import LocalError, WireError
from emulator.wire.codecs import OpenEnum

_TIME: Final = re.compile(rb"[0-9]{14}Z")
_GREATEST_POSITIVE: Final = 0x7F
"""In one octet of two's complement."""
_MAXIMUM_INTEGER: Final = 20
"""Octets of the longest INTEGER: a certificate's serial number, the longest of any that is met."""


class Element(Protocol):
    """An ASN.1 type as it stands in one place."""

    @property
    def tags(self) -> tuple[int, ...]:
        """The identifier octets it may start with."""

    def read(self, reader: Reader, span: Span) -> Any:
        """The value that is there; its tag is one of `tags`.

        Raises:
            WireError: when the content is no such value.
        """

    def write(self, value: Any, lengths: Lengths) -> bytes:
        """The octets of a value, with tag and length.

        Raises:
            LocalError: when the value is none of this type.
        """


def take(element: Element, reader: Reader, at: int, end: int) -> tuple[Any, int]:
    """The value of an element that starts at `at`, and the offset after it.

    Raises:
        WireError: when the octets start with another tag, or are no such value.
    """
    span = reader.span(at, end)
    if reader.octets[at] not in element.tags:
        refuse_tag(reader.octets[at], at, element.tags)
    return element.read(reader, span), span[2]


def refuse_tag(found: int, at: int, tags: tuple[int, ...]) -> NoReturn:
    """Raise for a tag that is none of those that may stand there.

    Raises:
        WireError: always.
    """
    expected = " or ".join(f"{each:02X}" for each in tags)
    raise WireError("", at, f"tag {found:02X}, expected {expected}")


class Integer:
    """INTEGER or ENUMERATED, optionally with names for its numbers (X.690 8.3, 8.4).

    Args:
        names: what the numbers mean.
        tag: identifier octet.
    """

    __slots__ = ("_known", "names", "tag", "tags")

    def __init__(self, names: type[OpenEnum] | None = None, tag: int = 0x02) -> None:
        self.names = names
        self.tag = tag
        self.tags: tuple[int, ...] = (tag,)
        self._known = {} if names is None else {int(each): each for each in names}

    def read(self, reader: Reader, span: Span) -> int:
        """The number, under its name where it has one."""
        _, start, end = span
        if end - start == 1:
            value = reader.octets[start]
            if value > _GREATEST_POSITIVE:
                value -= 0x100
        else:
            value = _long_integer(reader.octets[start:end], start)
        if self.names is None:
            return value
        known = self._known.get(value)
        if known is not None:
            return known
        if value < 0:
            raise WireError("", start, f"{value}, expected 0 or more")
        return self.names(value)

    def write(self, value: int, lengths: Lengths) -> bytes:
        """The number in as few octets as it needs."""
        size = _octets(value)
        if size > _MAXIMUM_INTEGER:
            raise LocalError(f"INTEGER of {size} octets, at most {_MAXIMUM_INTEGER}")
        return tlv(self.tag, int(value).to_bytes(size, "big", signed=True), lengths)


def _long_integer(content: bytes, start: int) -> int:
    """An INTEGER in several octets, which need to be as few as can be (X.690 8.3.2)."""
    size = len(content)
    value = int.from_bytes(content, "big", signed=True)
    if not 1 <= _octets(value) == size <= _MAXIMUM_INTEGER:
        raise WireError(
            "",
            start,
            f"INTEGER in {size} octets, expected 1 to 20 and no more than it needs",
        )
    return value


def _octets(value: int) -> int:
    return (value if value >= 0 else ~value).bit_length() // 8 + 1


class OctetString:
    """OCTET STRING, optionally of one length only (X.690 8.7).

    Args:
        size: octets it must have; None for any number.
        tag: identifier octet.
    """

    __slots__ = ("size", "tag", "tags")

    def __init__(self, size: int | None = None, tag: int = 0x04) -> None:
        self.size = size
        self.tag = tag
        self.tags: tuple[int, ...] = (tag,)

    def read(self, reader: Reader, span: Span) -> bytes:
        """The octets."""
        _, start, end = span
        content = reader.octets[start:end]
        if self.size is not None and len(content) != self.size:
            raise WireError("", start, f"{len(content)} octets, expected {self.size}")
        return content

    def write(self, value: bytes, lengths: Lengths) -> bytes:
        """The octets, with tag and length."""
        if self.size is not None and len(value) != self.size:
            raise LocalError(f"{len(value)} octets, expected {self.size}")
        return tlv(self.tag, value, lengths)


@dataclass(frozen=True, slots=True)
class NamedBits:
    """BIT STRING of up to eight named bits (X.690 8.6, 11.2); the value has the first bit as 80."""

    names: type[IntFlag]

    @property
    def tags(self) -> tuple[int, ...]:
        """One tag."""
        return (0x03,)

    def read(self, reader: Reader, span: Span) -> int:
        """The bits."""
        _, start, end = span
        content = reader.octets[start:end]
        if content == b"\x00":
            return _flags(self.names, 0)
        if len(content) != 2 or content[0] > 7:
            raise WireError("", start, "expected unused bits, 00 to 07, and one octet of bits")
        return _flags(self.names, content[1] >> content[0] << content[0])

    def write(self, value: int, lengths: Lengths) -> bytes:
        """The bits up to the last one that is set."""
        if not 0 <= value <= 0xFF:
            raise LocalError(f"bits {value:#x}: expected 00 to FF")
        if value == 0:
            return tlv(0x03, b"\x00", lengths)
        unused = (value & -value).bit_length() - 1
        return tlv(0x03, bytes((unused, value)), lengths)


@cache
def _flags(names: type[IntFlag], bits: int) -> IntFlag:
    """The named bits; remembered, for finding out which they are takes long."""
    return names(bits)


@dataclass(frozen=True, slots=True)
class Null:
    """NULL (X.690 8.8)."""

    @property
    def tags(self) -> tuple[int, ...]:
        """One tag."""
        return (0x05,)

    def read(self, reader: Reader, span: Span) -> None:
        """Nothing."""
        _, start, end = span
        if reader.octets[start:end]:
            raise WireError("", start, f"{end - start} octets of NULL")

    def write(self, value: None, lengths: Lengths) -> bytes:
        """Tag and length."""
        if value is not None:
            raise LocalError(f"{value!r} is no NULL")
        return tlv(0x05, b"", lengths)


@dataclass(frozen=True, slots=True)
class GeneralizedTime:
    """GeneralizedTime in UTC with seconds, `20150131235959Z` (X.690 11.7)."""

    @property
    def tags(self) -> tuple[int, ...]:
        """One tag."""
        return (0x18,)

    def read(self, reader: Reader, span: Span) -> str:
        """The time as text."""
        _, start, end = span
        content = reader.octets[start:end]
        if _TIME.fullmatch(content) is None:
            raise WireError("", start, "expected YYYYMMDDhhmmssZ")
        return content.decode("ascii")

    def write(self, value: str, lengths: Lengths) -> bytes:
        """The text, with tag and length."""
        content = value.encode("ascii", "replace")
        if _TIME.fullmatch(content) is None:
            raise LocalError(f"time {value!r}: expected YYYYMMDDhhmmssZ")
        return tlv(0x18, content, lengths)


@dataclass(frozen=True, slots=True)
class Whole:
    """A SEQUENCE that is kept as it is, with tag and length: a certificate or a request for one."""

    @property
    def tags(self) -> tuple[int, ...]:
        """One tag."""
        return (0x30,)

    def read(self, reader: Reader, span: Span) -> bytes:
        """The octets from its tag on."""
        at, _, end = span
        return reader.octets[at:end]

    def write(self, value: bytes, lengths: Lengths) -> bytes:  # noqa: ARG002 - as every element
        """The octets as they are."""
        if value[:1] != b"\x30":
            raise LocalError("expected a SEQUENCE")
        reader = Reader(value)
        try:
            _, _, end = reader.span(0, len(value))
        except WireError as error:
            raise LocalError(f"certificate: {error.reason}") from error
        if end != len(value):
            raise LocalError("expected one SEQUENCE and nothing after it")
        return value
