"""Tag, length and content of ASN.1 values: BER is read, DER is written (X.690 8.1 and 10.1).

Some devices write every length from 128 up in two octets, also where one would do. `Lengths.LONG`
writes as they do, so that their messages come back octet for octet.
"""

from enum import Enum
from typing import Final, TypeAlias

from emulator.kernel.errors import LocalError, WireError

MAXIMUM_CONTENT: Final = 0xFFFF
"""Octets of content that a GBCS message can hold."""
_LONG_FORM: Final = 0x80
_MAXIMUM_LENGTH_OCTETS: Final = 4


class Lengths(Enum):
    """How lengths are written, and whether values that are the default are, too."""

    DER = "der"
    """In as few octets as possible (X.690 10.1), without defaults (X.690 11.5)."""
    LONG = "long"
    """From 128 up always as 82 and two octets: what devices of the reference test data do."""
    DER_WITH_DEFAULTS = "der with defaults"
    """Defaults are written: what a device does whose answer to CS02a has been published."""
    LONG_WITH_DEFAULTS = "long with defaults"

    @property
    def with_defaults(self) -> bool:
        """Whether values that are the default are written."""
        return self in (Lengths.DER_WITH_DEFAULTS, Lengths.LONG_WITH_DEFAULTS)

    @property
    def long(self) -> bool:
        """Whether lengths are longer than they have to be."""
        return self in (Lengths.LONG, Lengths.LONG_WITH_DEFAULTS)


Span: TypeAlias = tuple[int, int, int]
"""Where a value is: its tag, the start of its content, and the octet after it."""


class Reader:
    """Octets of one payload, and how they were written.

    Args:
        octets: the payload.
    """

    __slots__ = ("defaults", "long_lengths", "octets")

    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self.long_lengths = False
        self.defaults = False

    @property
    def lengths(self) -> Lengths:
        """How the octets that were read so far were written."""
        if self.defaults:
            return Lengths.LONG_WITH_DEFAULTS if self.long_lengths else Lengths.DER_WITH_DEFAULTS
        return Lengths.LONG if self.long_lengths else Lengths.DER

    def span(self, at: int, end: int) -> Span:
        """Where the value is that starts at `at`.

        Raises:
            WireError: when it does not end by `end`, or its length is indefinite.
        """
        octets = self.octets
        if at + 2 > end:
            raise WireError("", at, "expected tag and length, found the end")
        first = octets[at + 1]
        start = at + 2
        if first < _LONG_FORM:
            stop = start + first
        else:
            start, stop = self._long(at + 1, end)
        if stop > end:
            raise WireError("", at + 1, f"length {stop - start}, found {end - start} octets")
        return at, start, stop

    def _long(self, at: int, end: int) -> tuple[int, int]:
        """Where content starts and ends whose length is of the long form."""
        size = self.octets[at] - _LONG_FORM
        if not 1 <= size <= _MAXIMUM_LENGTH_OCTETS:
            raise WireError("", at, f"{size} octets of length, expected 1 to 4")
        start = at + 1 + size
        if start > end:
            raise WireError("", at, f"{size} octets of length, found {end - at - 1}")
        count = int.from_bytes(self.octets[at + 1 : start], "big")
        if count < _LONG_FORM or count >> 8 * (size - 1) == 0:
            self.long_lengths = True
        return start, start + count


def tlv(tag: int, content: bytes, lengths: Lengths) -> bytes:
    """A value with its tag and length.

    Raises:
        LocalError: when the content is longer than a message can be.
    """
    count = len(content)
    if count < _LONG_FORM:
        return bytes((tag, count)) + content
    if count > MAXIMUM_CONTENT:
        raise LocalError(f"{count} octets of content, at most {MAXIMUM_CONTENT}")
    if count <= 0xFF and not lengths.long:
        return bytes((tag, 0x81, count)) + content
    return bytes((tag, 0x82, count >> 8, count & 0xFF)) + content
