"""One component of a GBZ payload: a ZCL command behind an extended header (GBCS 7.2.10).

The numbers of the extended header are big-endian; those inside the ZCL command stay little-endian.
Where data is sensitive, everything after the ZCL header is an encrypted block with its length.
"""

from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache
from struct import Struct as Layout
from typing import Final

from emulator.kernel.construction import quick
from emulator.kernel.errors import LocalError, WireError
from emulator.zcl.foundation.header import ZclHeader

_HEAD: Final = Layout(">BHH")
"""Control, cluster, length of what follows."""
_TIME: Final = Layout(">I")
_BLOCK_LENGTH: Final = Layout(">H")


class GbzControl(IntFlag):
    """What the control octet of a component says; the other bits are kept."""

    LAST = 0x01
    ENCRYPTED = 0x02
    FROM_DATE_TIME = 0x10


@dataclass(frozen=True, slots=True)
class AdditionalHeader:
    """Two octets in front of the ZCL header of an encrypted component.

    Args:
        control: 00 in every message seen.
        frame_counter: counts the encrypted components of a message from 0.
    """

    control: int
    frame_counter: int


@quick
@dataclass(frozen=True, slots=True)
class GbzComponent:
    """One ZCL command of a payload.

    Args:
        cluster: identifier of the cluster.
        header: the ZCL header.
        payload: what follows the ZCL header; where `additional_header` is there, the encrypted
            block (security header, ciphertext, tag) without its length.
        last: whether this component says that it is the last one.
        additional_header: there when the payload is encrypted.
        from_date_time: seconds since 2000-01-01 UTC; there when the command asks for entries
            from then on.
        reserved: the other bits of the control octet.
    """

    cluster: int
    header: ZclHeader
    payload: bytes = b""
    last: bool = False
    additional_header: AdditionalHeader | None = None
    from_date_time: int | None = None
    reserved: int = 0

    @property
    def encrypted(self) -> bool:
        """Whether the payload is an encrypted block."""
        return self.additional_header is not None

    @property
    def control(self) -> int:
        """The control octet."""
        return (
            self.reserved
            | (GbzControl.LAST if self.last else 0)
            | (GbzControl.ENCRYPTED if self.additional_header is not None else 0)
            | (GbzControl.FROM_DATE_TIME if self.from_date_time is not None else 0)
        )

    def encode(self) -> bytes:
        """The octets on the wire.

        Raises:
            LocalError: when a number does not fit its field.
        """
        body = self._body()
        if not (0 <= self.cluster <= 0xFFFF and len(body) <= 0xFFFF):
            raise LocalError(f"cluster {self.cluster:#x} with {len(body)} octets: at most FFFF")
        return _HEAD.pack(self.control, self.cluster, len(body)) + body

    def _body(self) -> bytes:
        parts = []
        if self.additional_header is not None:
            additional = self.additional_header
            parts.append(bytes((additional.control, additional.frame_counter)))
        if self.from_date_time is not None:
            if not 0 <= self.from_date_time <= 0xFFFFFFFF:
                raise LocalError(f"from-date-time {self.from_date_time}: expected 32 bits")
            parts.append(_TIME.pack(self.from_date_time))
        parts.append(self.header.encode())
        if self.additional_header is not None:
            if len(self.payload) > 0xFFFF:
                raise LocalError(f"encrypted block of {len(self.payload)} octets, at most 65535")
            parts.append(_BLOCK_LENGTH.pack(len(self.payload)))
        parts.append(self.payload)
        return b"".join(parts)


_LAST: Final = GbzControl.LAST.value
_ENCRYPTED: Final = GbzControl.ENCRYPTED.value
_FROM_DATE_TIME: Final = GbzControl.FROM_DATE_TIME.value
"""Plain numbers: combining flags with an octet takes ten times as long."""
_MANUFACTURER_SPECIFIC: Final = 0x04
"""In the frame control octet (ZCL8 2.4.1.1)."""
_PLAIN_HEADER: Final = 3
"""Octets of a ZCL header without manufacturer code."""
_KNOWN: Final = _LAST | _ENCRYPTED | _FROM_DATE_TIME


def take_component(octets: bytes, at: int, path: str) -> tuple[GbzComponent, int]:
    """The component that starts at `at`, and the offset after it.

    Raises:
        WireError: when the octets end inside it, or its lengths contradict each other.
    """
    start = at + _HEAD.size
    if start > len(octets):
        raise WireError(f"{path}.control", at, "expected control, cluster and length")
    control, cluster, length = _HEAD.unpack_from(octets, at)
    end = start + length
    if end > len(octets):
        raise WireError(f"{path}.length", at + 3, f"{length}, found {len(octets) - start} octets")
    if control & ~_LAST == 0 and length >= _PLAIN_HEADER:
        header = _plain_header(octets[start : start + _PLAIN_HEADER])
        if header is not None:
            payload = octets[start + _PLAIN_HEADER : end]
            return GbzComponent(cluster, header, payload, control == _LAST), end
    try:
        component = _component(control, cluster, octets[start:end])
    except WireError as error:
        raise WireError(f"{path}.{error.path}", start + error.offset, error.reason) from None
    return component, end


@lru_cache(maxsize=4096)
def _plain_header(octets: bytes) -> ZclHeader | None:
    """A ZCL header without manufacturer code; remembered, for there are few of them."""
    return None if octets[0] & _MANUFACTURER_SPECIFIC else ZclHeader.take(octets)[0]


def _component(control: int, cluster: int, body: bytes) -> GbzComponent:
    additional, time, at = None, None, 0
    if control & _ENCRYPTED:
        if len(body) < 2:
            raise WireError("additional_header", 0, "expected 2 octets")
        additional, at = AdditionalHeader(body[0], body[1]), 2
    if control & _FROM_DATE_TIME:
        if len(body) < at + _TIME.size:
            raise WireError("from_date_time", at, "expected 4 octets")
        (time,) = _TIME.unpack_from(body, at)
        at += _TIME.size
    header, at = ZclHeader.take(body, at)
    if additional is not None:
        at = _block_start(body, at)
    return GbzComponent(
        cluster,
        header,
        body[at:],
        bool(control & _LAST),
        additional,
        time,
        control & ~_KNOWN,
    )


def _block_start(body: bytes, at: int) -> int:
    start = at + _BLOCK_LENGTH.size
    if start > len(body):
        raise WireError("encrypted_length", at, "expected 2 octets")
    (length,) = _BLOCK_LENGTH.unpack_from(body, at)
    if start + length != len(body):
        raise WireError("encrypted_length", at, f"{length}, found {len(body) - start} octets")
    return start
