"""A captured frame made new: higher counters under the same keys, and fresh sequence numbers.

What protects against a frame that is sent again is its frame counters (R22 4.3.1.2, 4.4.1.2) and,
for those without protection, sequence numbers. Rewriting them makes a frame that a device cannot
tell from one its sender would send now.
"""

from dataclasses import replace
from typing import Final

from emulator.kernel.errors import SecurityError, WireError
from emulator.kernel.identity import Eui64
from emulator.lab.dissector.key_ring import KeyRing
from emulator.lab.dissector.link_security import DERIVATIONS
from emulator.zigbee.addresses import NO_EUI64
from emulator.zigbee.aps.frames import ApsHeader
from emulator.zigbee.mac.frames import FrameType, MacFrame
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.security.frames import AuxiliaryHeader, open_frame, seal_frame

_HALF: Final = 0x80
"""Sequence numbers are moved by half of what they can be."""
_MOST: Final = 0xFFFFFFFF


class FrameRewriter:
    """Makes frames new.

    Args:
        keys: what they are protected with.
        raise_by: how much is added to frame counters.
    """

    def __init__(self, keys: KeyRing, raise_by: int) -> None:
        self._keys = keys
        self._raise_by = raise_by

    def rewritten(self, psdu: bytes) -> bytes:
        """The frame with higher counters; as it was where no key opens it.

        Args:
            psdu: without FCS.
        """
        try:
            frame = MacFrame.decode(psdu)
        except WireError:
            return psdu
        if frame.frame_type is not FrameType.DATA:
            return psdu
        payload = self._nwk(frame.payload)
        if payload is None:
            return psdu
        return replace(frame, sequence=frame.sequence ^ _HALF, payload=payload).encode()

    def _nwk(self, octets: bytes) -> bytes | None:
        try:
            header, at = NwkHeader.take(octets)
            if not header.security:
                return self._open_nwk(header, octets, at)
            auxiliary, after = AuxiliaryHeader.take(octets, at)
        except WireError:
            return None
        sender = auxiliary.source
        if sender is None or auxiliary.frame_counter + self._raise_by > _MOST:
            return None
        for key in self._keys.network_keys(auxiliary.key_sequence):
            try:
                inside = open_frame(key.octets, octets[:at], auxiliary, octets[after:], sender)
            except SecurityError:
                continue
            new = replace(header, sequence=header.sequence ^ _HALF).encode()
            raised = self._raised(auxiliary)
            inner = self._aps(inside, header.source_eui64 or sender)
            return new + seal_frame(key.octets, new, raised, inner, sender)
        return None

    def _open_nwk(self, header: NwkHeader, octets: bytes, at: int) -> bytes | None:
        """A frame without NWK protection, of which APS may have one: a key on its way."""
        inner = self._aps(octets[at:], header.source_eui64 or NO_EUI64)
        if inner == octets[at:]:
            return None
        return replace(header, sequence=header.sequence ^ _HALF).encode() + inner

    def _aps(self, octets: bytes, sender: Eui64) -> bytes:
        """What is inside, with counters of its own raised where they can be."""
        try:
            header, at = ApsHeader.take(octets)
        except WireError:
            return octets
        new = replace(header, counter=header.counter ^ _HALF).encode()
        if not header.security:
            return new + octets[at:]
        try:
            auxiliary, after = AuxiliaryHeader.take(octets, at)
        except WireError:
            return octets
        return self._sealed_again(octets, (at, after), new, (auxiliary, sender))

    def _sealed_again(
        self,
        octets: bytes,
        places: tuple[int, int],
        new: bytes,
        protection: tuple[AuxiliaryHeader, Eui64],
    ) -> bytes:
        (at, after), (auxiliary, sender) = places, protection
        derive = DERIVATIONS.get(auxiliary.key_identifier)
        speaker = auxiliary.source or sender
        if derive is None or auxiliary.frame_counter + self._raise_by > _MOST:
            return octets
        for key in self._keys.link_keys((speaker,)):
            derived = derive(key.octets)
            try:
                inside = open_frame(derived, octets[:at], auxiliary, octets[after:], speaker)
            except SecurityError:
                continue
            return new + seal_frame(derived, new, self._raised(auxiliary), inside, speaker)
        return octets

    def _raised(self, auxiliary: AuxiliaryHeader) -> AuxiliaryHeader:
        return replace(auxiliary, frame_counter=auxiliary.frame_counter + self._raise_by)
