"""The trust centre makes a link key for two devices when one of them asks (R22 4.4.6, 4.6.3.5)."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.smart_energy.facts import PartnerKeyRefused, PartnerKeySent
from emulator.smart_energy.primitives import KeyEstablishmentEnded, Unregister
from emulator.zigbee.address_map import AddressLookup
from emulator.zigbee.aps.primitives import (
    ApsmeRequestKeyIndication,
    ApsmeSetLinkKeyRequest,
    ApsmeTransportKeyRequest,
    KeyOrigin,
    TransportKeyType,
)


class PartnerKeys:
    """Sends a new key to both; each must have agreed its own key with the trust centre.

    Args:
        stream: what keys are drawn from.
        addresses: where devices are.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        ApsmeRequestKeyIndication,
        KeyEstablishmentEnded,
        ApsmeSetLinkKeyRequest,
        Unregister,
    )
    deadline: Instant | None = None

    def __init__(self, stream: Stream, addresses: AddressLookup) -> None:
        self._stream = stream
        self._addresses = addresses
        self._members: set[Eui64] = set()

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape
        """Effects of `event`."""
        if isinstance(event, ApsmeRequestKeyIndication):
            return self._asked(event)
        if isinstance(event, Unregister):
            self._members.discard(event.eui64)
        elif isinstance(event, ApsmeSetLinkKeyRequest):
            if event.origin is KeyOrigin.CBKE:
                self._members.add(event.eui64)
        elif event.failure is None:
            self._members.add(event.partner)
        return ()

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()

    def _asked(self, event: ApsmeRequestKeyIndication) -> Sequence[Any]:
        one, other = event.source, event.partner
        strangers = {one, other} - self._members
        if strangers or one == other:
            reason = "not two devices with agreed keys (ZSE 1.4 5.4.7)"
            return (PartnerKeyRefused(one, other, reason),)
        key = self._stream.octets(16)
        asked = self._transport(one, other, key, initiator=True)
        told = self._transport(other, one, key, initiator=False)
        if asked is None or told is None:
            return (PartnerKeyRefused(one, other, "one of them has no address"),)
        return (asked, told, PartnerKeySent(one, other))

    def _transport(
        self, to: Eui64, partner: Eui64, key: bytes, *, initiator: bool
    ) -> ApsmeTransportKeyRequest | None:
        address = self._addresses.address_of(to)
        if address is None:
            return None
        return ApsmeTransportKeyRequest(
            destination=to,
            nwk_address=address,
            key_type=TransportKeyType.APPLICATION_LINK_KEY,
            key=key,
            nwk_security=True,
            partner=partner,
            initiator=initiator,
        )

    def snapshot(self) -> dict[str, Any]:
        """Who has agreed a key, as JSON knows it."""
        return {"members": sorted(self._members)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._members = set(map(Eui64, state["members"]))
