"""Opening protected APS frames with the link keys of a run (R22 4.4.1.2, 4.5.3)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from emulator.crypto.zigbee_keys import key_load_key, key_transport_key
from emulator.kernel.errors import SecurityError, WireError
from emulator.kernel.identity import Eui64
from emulator.lab.dissector.key_ring import LinkKey
from emulator.lab.dissector.knowledge import Knowledge
from emulator.lab.dissector.part import Part, section
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.primitives import KeyOrigin
from emulator.zigbee.security.frames import AuxiliaryHeader, KeyIdentifier, open_frame

PROTECTIONS: Final = {
    KeyIdentifier.DATA: "link key",
    KeyIdentifier.NETWORK: "network key",
    KeyIdentifier.KEY_TRANSPORT: "key-transport key",
    KeyIdentifier.KEY_LOAD: "key-load key",
}
"""What a key identifier says (R22 Table 4-31)."""

ORIGINS: Final = {
    KeyOrigin.PRECONFIGURED: "preconfigured",
    KeyOrigin.CBKE: "CBKE",
    KeyOrigin.HASHED: "hash of an agreed key",
    KeyOrigin.APPLICATION: "made by the trust centre",
    KeyOrigin.HISTORIC: "agreed before the device was removed",
}

DERIVATIONS: Final[dict[KeyIdentifier, Callable[[bytes], bytes]]] = {
    KeyIdentifier.DATA: lambda key: key,
    KeyIdentifier.KEY_TRANSPORT: key_transport_key,
    KeyIdentifier.KEY_LOAD: key_load_key,
}
"""The key that a frame is protected with, made from a link key (R22 4.5.3)."""

NOT_ON_AIR: Final = frozenset({"level"})
"""The security level travels as zero (R22 4.3.1.1)."""


@dataclass(frozen=True, slots=True)
class Route:
    """Between which devices an APS frame goes."""

    source: NwkAddress
    destination: NwkAddress
    sender: Eui64 | None
    receiver: Eui64 | None


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a protected frame holds, and what is to be said of its protection."""

    payload: bytes
    protection: str
    detail: list[str]


def unlock(octets: bytes, at: int, route: Route, known: Knowledge) -> Unlocked | Part:
    """The payload of the whole frame `octets`, whose auxiliary header starts at octet `at`.

    Gives a part that says so where no key opens it.
    """
    try:
        auxiliary, after = AuxiliaryHeader.take(octets, at)
    except WireError:
        return known.undecodable("aps", "APS security header", AuxiliaryHeader, octets[at:])
    protection = PROTECTIONS[auxiliary.key_identifier]
    lines = known.text.lines(auxiliary, skip=NOT_ON_AIR)
    opened = _open(octets[:at], auxiliary, octets[after:], route, known)
    if opened is None:
        lines.append(f"encrypted: {octets[after:].hex(' ')}")
        detail = tuple(section("APS security", lines))
        return Part("aps", "encrypted APS frame", detail, (protection,))
    payload, key = opened
    lines.append(f"opened with: {key.label} ({ORIGINS[key.origin]})")
    return Unlocked(payload, protection, section("APS security", lines))


def _open(
    header: bytes, auxiliary: AuxiliaryHeader, sealed: bytes, route: Route, known: Knowledge
) -> tuple[bytes, LinkKey] | None:
    """The payload, by the newest key of the two devices that opens it, else by any other."""
    derive = DERIVATIONS.get(auxiliary.key_identifier)
    if derive is None:
        return None
    for sender in _senders(auxiliary, route, known):
        for key in known.keys.link_keys((sender, route.receiver)):
            try:
                return open_frame(derive(key.octets), header, auxiliary, sealed, sender), key
            except SecurityError:
                continue
    return None


def _senders(auxiliary: AuxiliaryHeader, route: Route, known: Knowledge) -> tuple[Eui64, ...]:
    """Whose EUI-64 may be in the nonce: everybody's, where nobody said."""
    if auxiliary.source is not None:
        return (auxiliary.source,)
    others = tuple(each for each in known.names.met if each != route.sender)
    return others if route.sender is None else (route.sender, *others)
