"""The frame check sequence of a PSDU (IEEE 802.15.4-2006 7.2.1.9): ITU-T CRC-16, start value 0.

The air sends the least significant bit first, `binascii` counts the most significant bit first;
turning the bits of every octet around makes one out of the other.
"""

from binascii import crc_hqx
from functools import lru_cache
from typing import Final

FCS_SIZE: Final = 2
_MIRRORED: Final = bytes(int(f"{octet:08b}"[::-1], 2) for octet in range(256))


@lru_cache(maxsize=1024)
def fcs(mpdu: bytes) -> bytes:
    """The two octets that follow `mpdu` on the air.

    What was sent is checked a moment later by all who hear it, and acknowledgements recur.
    """
    return crc_hqx(mpdu.translate(_MIRRORED), 0).to_bytes(FCS_SIZE, "big").translate(_MIRRORED)


def with_fcs(mpdu: bytes) -> bytes:
    """`mpdu` followed by its FCS: the octets on the air."""
    return mpdu + fcs(mpdu)


def fcs_right(psdu: bytes) -> bool:
    """Whether the last two octets are the FCS of those before them."""
    return len(psdu) > FCS_SIZE and fcs(psdu[:-FCS_SIZE]) == psdu[-FCS_SIZE:]
