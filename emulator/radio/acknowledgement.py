"""Acknowledgement frames and the pending bit, as a radio makes them without its host.

IEEE 802.15.4-2006 7.2.2.3 (format), 7.5.6.4 (when), 7.5.6.3 (frame pending for data requests).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Self

from emulator.kernel.construction import quick
from emulator.kernel.identity import Eui64
from emulator.radio.address_filter import is_broadcast
from emulator.radio.fcs import FCS_SIZE, with_fcs

_TYPE: Final = 0x07
_ACK: Final = 0x02
_COMMAND: Final = 0x03
_PENDING: Final = 0x10
_REQUEST: Final = 0x20
_COMPRESSED: Final = 0x40
_DATA_REQUEST: Final = 0x04
_PAN_SIZE: Final = 2
_HEAD_SIZE: Final = 3
_ADDRESS_SIZES: Final = {0x0: 0, 0x2: 2, 0x3: 8}


@quick
@dataclass(frozen=True, slots=True)
class Pending:
    """The source match table: addresses as octets on the air, or everyone's."""

    addresses: frozenset[bytes] = frozenset()
    everyone: bool = False

    @classmethod
    def of(
        cls, shorts: Iterable[int], extendeds: Iterable[Eui64], *, everyone: bool = False
    ) -> Self:
        """The table for these devices."""
        return cls(
            frozenset(
                (
                    *(short.to_bytes(2, "little") for short in shorts),
                    *(extended.to_bytes(8, "little") for extended in extendeds),
                )
            ),
            everyone,
        )


def is_acknowledgement(psdu: bytes) -> bool:
    """Whether the frame type is acknowledgement."""
    return psdu[0] & _TYPE == _ACK


def wants_acknowledgement(psdu: bytes) -> bool:
    """Whether the frame asks for an acknowledgement and may be given one (7.5.6.4)."""
    return bool(psdu[0] & _REQUEST) and not is_broadcast(psdu)


def acknowledges(acknowledgement_psdu: bytes, frame: bytes) -> bool:
    """Whether the acknowledgement carries the sequence number of `frame`."""
    return acknowledgement_psdu[2] == frame[2]


def says_pending(psdu: bytes) -> bool:
    """Whether the frame pending bit is set."""
    return bool(psdu[0] & _PENDING)


def acknowledgement(psdu: bytes, pending: Pending) -> bytes:
    """The acknowledgement of `psdu`, without FCS; pending when it is a data request of one known.

    Args:
        psdu: the frame, with its FCS.
        pending: for whom something is kept.
    """
    return acknowledgement_on_air(psdu, pending)[:-FCS_SIZE]


def acknowledgement_on_air(psdu: bytes, pending: Pending) -> bytes:
    """As `acknowledgement`, with its FCS: there are no more than 512 of them."""
    return _on_air(psdu[2], keeps=_keeps(psdu, pending))


@lru_cache(maxsize=512)
def _on_air(sequence: int, *, keeps: bool) -> bytes:
    return with_fcs(bytes((_ACK | _PENDING * keeps, 0, sequence)))


def _keeps(psdu: bytes, pending: Pending) -> bool:
    """Whether something may be kept for the sender of a data request."""
    if not (pending.everyone or pending.addresses):
        return False
    source = _data_request_source(psdu)
    return source is not None and (pending.everyone or source in pending.addresses)


def _data_request_source(psdu: bytes) -> bytes | None:
    """The source address of a data request command, as on air; None of any other frame."""
    if psdu[0] & _TYPE != _COMMAND:
        return None
    destination = _ADDRESS_SIZES.get(psdu[1] >> 2 & 3)
    source = _ADDRESS_SIZES.get(psdu[1] >> 6)
    if destination is None or not source:
        return None
    at = _HEAD_SIZE + (destination + _PAN_SIZE if destination else 0)
    if not psdu[0] & _COMPRESSED:
        at += _PAN_SIZE
    after = at + source
    return psdu[at:after] if psdu[after : after + 1] == bytes((_DATA_REQUEST,)) else None
