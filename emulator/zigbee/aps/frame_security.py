"""Protection of APS frames by link keys and the keys derived from them (R22 4.4.1)."""

from dataclasses import dataclass
from typing import Final

from emulator.crypto.mmo import mmo
from emulator.crypto.zigbee_keys import key_load_key, key_transport_key
from emulator.kernel.construction import quick
from emulator.kernel.errors import SecurityError
from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import NO_EUI64
from emulator.zigbee.aps.frames import ApsHeader
from emulator.zigbee.aps.key_pairs import DeviceKeyPairSet, KeyPair
from emulator.zigbee.aps.primitives import KeyOrigin
from emulator.zigbee.security.frames import (
    MIC_LENGTH,
    AuxiliaryHeader,
    KeyIdentifier,
    naming,
    open_at,
    open_frame,
    seal_next,
)

_SHORT_AUXILIARY: Final = 5
_EUI64: Final = 8


@quick
@dataclass(frozen=True, slots=True)
class Opened:
    """What a protected frame held, and whose key protected it."""

    payload: bytes
    pair: KeyPair
    identifier: KeyIdentifier


class FrameSecurity:
    """Seals and opens APS frames of one device.

    Args:
        eui64: our own.
        keys: link keys by partner.
        extended_nonce: whether our EUI-64 travels in data and acknowledgements.
    """

    def __init__(self, eui64: Eui64, keys: DeviceKeyPairSet, *, extended_nonce: bool) -> None:
        self._eui64 = eui64
        self.keys = keys
        self._extended_nonce = extended_nonce

    @property
    def overhead(self) -> int:
        """How many octets protection adds to a data frame."""
        return _SHORT_AUXILIARY + MIC_LENGTH + (_EUI64 if self._extended_nonce else 0)

    def seal(
        self,
        header: ApsHeader,
        payload: bytes,
        pair: KeyPair,
        identifier: KeyIdentifier = KeyIdentifier.DATA,
    ) -> bytes:
        """The whole protected frame; takes a counter of the pair.

        Raises:
            SecurityError: when the pair has no counter left.
        """
        extended = self._extended_nonce or identifier is not KeyIdentifier.DATA
        auxiliary = naming(identifier, self._eui64 if extended else None), pair.next_counter()
        encoded = header.encode()
        key = _derived(pair.key, identifier)
        return encoded + seal_next(key, encoded, auxiliary, payload, self._eui64)

    def open(
        self, frame: bytes, at: int, sender: Eui64 | None, trust_centre: Eui64 = NO_EUI64
    ) -> Opened:
        """What the frame holds whose auxiliary header starts at octet `at` (R22 4.4.1.2).

        Args:
            frame: as it came.
            at: where its APS header ends.
            sender: who sent it, as far as NWK knows; the extended nonce prevails.
            trust_centre: whom another may have replaced, with a hash of our key.

        Raises:
            WireError: when the auxiliary header is cut off.
            SecurityError: without a key, with an old counter, or when the MIC does not verify.
        """
        auxiliary, after = AuxiliaryHeader.take(frame, at)
        identifier = auxiliary.key_identifier
        if identifier == KeyIdentifier.NETWORK:
            raise SecurityError("network key named as protection of an APS frame (R22 4.4.1.2)")
        source = sender if auxiliary.source is None else auxiliary.source
        pair = self._pair(source, identifier)
        if source is not None and pair is None and identifier == KeyIdentifier.KEY_TRANSPORT:
            pair = self._successor(source, trust_centre, auxiliary, (frame[:at], frame[after:]))
        if source is None or pair is None:
            raise SecurityError("no link key shared with the sender (R22 4.4.1.2)")
        counter = auxiliary.frame_counter
        pair.check(counter)
        key = _derived(pair.key, identifier)
        payload = open_at(key, frame, (at, after), counter, source)
        pair.incoming = counter + 1
        if pair.eui64 == NO_EUI64:
            self.keys.adopt(source)
        return Opened(payload, pair, identifier)

    def _successor(
        self,
        source: Eui64,
        trust_centre: Eui64,
        auxiliary: AuxiliaryHeader,
        parts: tuple[bytes, bytes],
    ) -> KeyPair | None:
        """The pair shared with a trust centre that took over from ours (ZSE 1.4 5.4).

        It holds the key of the one before it, or the hash of that key; nobody else opens a frame.
        """
        former = self.keys.get(trust_centre)
        if former is None:
            return None
        header, sealed = parts
        for key in (former.key, mmo(former.key)):
            try:
                open_frame(key_transport_key(key), header, auxiliary, sealed, source)
            except SecurityError:
                continue
            return self.keys.set(source, key, KeyOrigin.HASHED)
        return None

    def _pair(self, source: Eui64 | None, identifier: KeyIdentifier) -> KeyPair | None:
        """The sender's key; a trust centre not met before may transport a key to us."""
        if source is None:
            return None
        pair = self.keys.get(source)
        if pair is None and identifier == KeyIdentifier.KEY_TRANSPORT:
            return self.keys.get(NO_EUI64)
        return pair


def _derived(link_key: bytes, identifier: KeyIdentifier) -> bytes:
    """The key that `identifier` names (R22 4.5.3)."""
    if identifier is KeyIdentifier.DATA:
        return link_key
    if identifier == KeyIdentifier.KEY_TRANSPORT:
        return key_transport_key(link_key)
    if identifier == KeyIdentifier.KEY_LOAD:
        return key_load_key(link_key)
    return link_key
