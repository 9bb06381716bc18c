"""NWK frame protection: sealing what we send, opening what we hear (R22 4.3.1)."""

from dataclasses import dataclass
from typing import Final

from emulator.kernel.construction import quick
from emulator.kernel.errors import SecurityError, WireError
from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.nwk.state import NwkState
from emulator.zigbee.security.frames import (
    AuxiliaryHeader,
    KeyIdentifier,
    naming,
    open_at,
    seal_next,
)

_NETWORK: Final = KeyIdentifier.NETWORK


@quick
@dataclass(frozen=True, slots=True)
class Opened:
    """What a secured frame held, and who sent it over the last hop.

    Args:
        switched_to: the number of the key we send under since this frame; None for no change.
    """

    payload: bytes
    sender: Eui64
    switched_to: int | None = None


def seal(state: NwkState, header: NwkHeader, payload: bytes) -> bytes | None:
    """The frame under the active key; None without a key or a counter (R22 4.3.1.1)."""
    counted = state.keys.next_counter()
    if counted is None:
        return None
    key, counter = counted
    eui64 = state.nib.eui64
    encoded = header.encode()
    named = naming(_NETWORK, eui64, key.sequence)
    return encoded + seal_next(key.key, encoded, (named, counter), payload, eui64)


def unseal(
    state: NwkState, msdu: bytes, after_header: int, mac_source: NwkAddress
) -> Opened | FrameDropped | MalformedFrame:
    """What a secured frame protects, or why it is refused (R22 4.3.1.2)."""
    try:
        auxiliary, at = AuxiliaryHeader.take(msdu, after_header)
    except WireError as fault:
        return MalformedFrame("nwk", str(fault), msdu)
    sequence = auxiliary.key_sequence
    sender = auxiliary.source if auxiliary.extended_nonce else state.eui64_of(mac_source)
    if sequence is None or sender is None:
        return _dropped("no network key identifier or no sender (R22 4.3.1.2)", mac_source)
    key = state.keys.by_sequence(sequence)
    if key is None:
        return _dropped(f"unknown key sequence number {sequence} (R22 4.3.1.2)", mac_source)
    counter = auxiliary.frame_counter
    if not state.keys.fresh(key, sender, counter):
        return _dropped(f"frame counter {counter} is not fresh (R22 4.3.1.2)", mac_source)
    try:
        payload = open_at(key.key, msdu, (after_header, at), counter, sender)
    except SecurityError as fault:
        return _dropped(f"{fault} (R22 4.3.1.2)", mac_source)
    state.keys.accept(key, sender, counter)
    return Opened(payload, sender, sequence if state.keys.follow(key) else None)


def _dropped(reason: str, mac_source: NwkAddress) -> FrameDropped:
    return FrameDropped("nwk", reason, mac_source)
