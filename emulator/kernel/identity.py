"""EUI-64: the name every device is known by, from the shipment file to the last nonce."""

import re
from typing import NewType

from emulator.kernel.errors import UsageError

Eui64 = NewType("Eui64", int)
"""An IEEE EUI-64 as a number; its text form is most significant octet first."""

_GROUPED = re.compile(r"[0-9A-F]{2}(?P<mark>[-:]?)(?:[0-9A-F]{2}(?P=mark)){6}[0-9A-F]{2}")


def parse_eui64(text: str) -> Eui64:
    """The EUI-64 a person wrote, with `-`, `:` or nothing between its octets.

    Raises:
        UsageError: when the text is not eight octets of hexadecimal.
    """
    cleaned = text.strip().upper()
    if _GROUPED.fullmatch(cleaned) is None:
        raise UsageError(f"EUI-64 {text!r}: expected 16 hexadecimal digits")
    return Eui64(int(cleaned.replace("-", "").replace(":", ""), 16))


def format_eui64(eui64: int) -> str:
    """`00-DB-12-34-56-78-90-A2`: as GB shipment files and device labels print it."""
    return eui64.to_bytes(8, "big").hex("-").upper()
