"""The long invoke id and priority at the start of every service (IEC 62056-5-3 8).

In GBCS bit 29 asks the device to stop at the first item that fails (`break on error`), and
the low 24 bits are those of the message's originator counter.
"""

from typing import Final

from emulator.kernel.errors import LocalError, WireError

BREAK_ON_ERROR: Final = 1 << 29
_COUNTER_BITS: Final = 24
_WIDTH: Final = 4


def invoke_id(counter: int) -> int:
    """The long invoke id of a message with this originator counter."""
    return BREAK_ON_ERROR | (counter & ((1 << _COUNTER_BITS) - 1))


def take_header(octets: bytes, tag: int, path: str) -> tuple[int, bytes, int]:
    """Long invoke id and date-time of the service that starts with `tag`, and the offset after.

    Raises:
        WireError: when the tag is another one or the octets end before the date-time does.
    """
    if octets[:1] != bytes((tag,)):
        raise WireError(f"{path}.tag", 0, f"expected {tag:02X}, found {octets[:1].hex() or 'none'}")
    at = 1 + _WIDTH
    if len(octets) <= at:
        raise WireError(f"{path}.invoke_id", 1, f"expected {_WIDTH} octets and a date-time")
    identifier = int.from_bytes(octets[1:at], "big")
    end = at + 1 + octets[at]
    if octets[at] not in (0, 12) or end > len(octets):
        raise WireError(f"{path}.date_time", at, f"length {octets[at]}, expected 0 or 12")
    return identifier, octets[at + 1 : end], end


def header_octets(tag: int, identifier: int, date_time: bytes) -> bytes:
    """The octets of tag, long invoke id and date-time.

    Raises:
        LocalError: when the id needs more than 32 bits, or the date-time has another length.
    """
    if len(date_time) not in (0, 12) or not 0 <= identifier < 1 << 32:
        raise LocalError(f"invoke id {identifier:#x}, date-time {date_time.hex() or 'empty'}")
    return bytes((tag, *identifier.to_bytes(_WIDTH, "big"), len(date_time))) + date_time
