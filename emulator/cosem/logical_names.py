"""Logical names as people write them: `0-0:94.44.1.7` for 00 00 5E 2C 01 07 (IEC 62056-6-1)."""

import re
from typing import Final

from emulator.kernel.errors import UsageError

_FORM: Final = re.compile(r"(\d{1,3})-(\d{1,3}):(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?")
LENGTH: Final = 6


def format_obis(octets: bytes) -> str:
    """The logical name of six octets; anything else as hexadecimal."""
    if len(octets) != LENGTH:
        return octets.hex().upper()
    a, b, c, d, e, f = octets
    return f"{a}-{b}:{c}.{d}.{e}.{f}"


def parse_obis(text: str) -> bytes:
    """The six octets of a logical name; value group F is 255 where it is left out.

    Raises:
        UsageError: when the text is no logical name.
    """
    match = _FORM.fullmatch(text.strip())
    groups = [int(group or 255) for group in match.groups()] if match else [256]
    if max(groups) > 255:
        raise UsageError(f"{text!r} is no logical name: expected A-B:C.D.E.F, each 0 to 255")
    return bytes(groups)
