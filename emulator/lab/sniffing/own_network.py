"""Which of the frames on the air are the bench's own (ETAD Appendix J 6.8).

A laboratory is no place to overhear others: a frame is kept when its PAN is known to be one's own.
That is told (`--pan`), or found out: the PAN of the bench's hub, one that admits a device of the
shipment or carries its frames, or one whose frames open under a network key that one has.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from emulator.kernel.errors import SecurityError, WireError
from emulator.kernel.identity import Eui64
from emulator.lab.dissector.key_ring import KeyRing
from emulator.zigbee.addresses import PanId
from emulator.zigbee.mac.commands import AssociationResponse, CommandId
from emulator.zigbee.mac.frames import Beacon, FrameType, MacFrame
from emulator.zigbee.mac.primitives import AssociationStatus
from emulator.zigbee.nwk.frames import BeaconPayload, NwkHeader
from emulator.zigbee.security.frames import AuxiliaryHeader, open_frame

EVERYBODY: Final = 0xFFFF
"""The PAN identifier that is nobody's own (IEEE 802.15.4-2006 7.2.1.3)."""
_TRIES: Final = 64
"""Frames of a PAN that are tried with the keys; a network under one of them opens at the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What makes a network one's own.

    Args:
        everything: all networks are kept, whoever they belong to.
        pans: PAN identifiers that were told.
        hubs: coordinators.
        devices: whoever is in the bench's home.
        keys: the network keys among them open one's own frames.
    """

    everything: bool = False
    pans: frozenset[PanId] = frozenset()
    hubs: frozenset[Eui64] = frozenset()
    devices: frozenset[Eui64] = frozenset()
    keys: KeyRing | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing can ever be known to be one's own."""
        known = self.pans or self.hubs or self.devices or self.keys is not None
        return not self.everything and not known


class OwnNetwork:
    """Sorts frames.

    Args:
        claim: what is one's own.
    """

    def __init__(self, claim: Claim) -> None:
        self.pans: set[PanId] = set(claim.pans)
        """PAN identifiers that are known to be one's own by now."""
        self._claim = claim
        self._tries: Counter[int] = Counter()
        self._acknowledged: tuple[int, bool] | None = None

    def takes(self, psdu: bytes) -> bool:
        """Whether a frame is to be kept.

        Args:
            psdu: without FCS.
        """
        if self._claim.everything:
            return True
        try:
            frame = MacFrame.decode(psdu)
        except WireError:
            return False
        if frame.frame_type is FrameType.ACKNOWLEDGMENT:
            return self._acknowledged == (frame.sequence, True)
        pans = {pan for pan in (frame.destination_pan, frame.source_pan) if pan is not None}
        pans.discard(PanId(EVERYBODY))
        if not pans & self.pans and len(pans) == 1 and self._ours(frame, *pans):
            self.pans |= pans
        taken = bool(pans & self.pans) or _asks_everybody(frame)
        self._acknowledged = (frame.sequence, taken) if frame.ack_request else None
        return taken

    def _ours(self, frame: MacFrame, pan: PanId) -> bool:
        """Whether a frame shows that its PAN, which is not known yet, is one's own."""
        claim = self._claim
        if frame.source_extended in claim.hubs and frame.source_extended is not None:
            return True
        match frame.frame_type:
            case FrameType.BEACON:
                return _network_of(frame) in claim.hubs
            case FrameType.COMMAND:
                return _admits(frame, claim.devices)
            case _:
                return self._opens(frame, pan)

    def _opens(self, frame: MacFrame, pan: PanId) -> bool:
        """Whether a data frame is one's own by who protected it, or under which key."""
        octets = frame.payload
        try:
            header, at = NwkHeader.take(octets)
            auxiliary, after = AuxiliaryHeader.take(octets, at)
        except WireError:
            return False
        sender = auxiliary.source
        if not header.security or sender is None:
            return False
        if sender in self._claim.devices | self._claim.hubs:
            return True
        if self._claim.keys is None or self._tries[pan] >= _TRIES:
            return False
        self._tries[pan] += 1
        keys = self._claim.keys.network_keys(auxiliary.key_sequence)
        return any(_opened(key.octets, octets, (at, after), auxiliary) for key in keys)


def _opened(key: bytes, octets: bytes, places: tuple[int, int], auxiliary: AuxiliaryHeader) -> bool:
    """Whether a key opens a NWK frame that says who protected it."""
    at, after = places
    assert auxiliary.source is not None  # noqa: S101 - checked by the caller
    try:
        open_frame(key, octets[:at], auxiliary, octets[after:], auxiliary.source)
    except SecurityError:
        return False
    return True


def _asks_everybody(frame: MacFrame) -> bool:
    """A beacon request: it belongs to no network and says nothing of anybody."""
    is_command = frame.frame_type is FrameType.COMMAND
    return is_command and frame.payload[:1] == bytes((CommandId.BEACON_REQUEST,))


def _network_of(frame: MacFrame) -> Eui64 | None:
    """The extended PAN identifier of a Zigbee beacon, which is the EUI-64 of who formed it."""
    try:
        payload, _ = BeaconPayload.take(Beacon.decode(frame.payload).payload)
    except WireError:
        return None
    return Eui64(payload.extended_pan_id)


def _admits(frame: MacFrame, devices: Collection[Eui64]) -> bool:
    """Whether a coordinator lets one of these devices in."""
    if frame.destination_extended not in devices:
        return False
    if frame.payload[:1] != bytes((CommandId.ASSOCIATION_RESPONSE,)):
        return False
    try:
        response = AssociationResponse.decode(frame.payload[1:])
    except WireError:
        return False
    return response.status is AssociationStatus.SUCCESS
