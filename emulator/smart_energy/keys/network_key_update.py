"""The trust centre gives its network another network key (R22 4.6.3.4).

Every member gets the new key under its own link key, more than once because nothing acknowledges
it; then a broadcast has all of them use it. Who missed both comes back by a rejoin without the
network key, and gets the new one then (ZSE 1.4 5.4).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, later
from emulator.smart_energy.facts import NetworkKeyUpdated
from emulator.smart_energy.keys.network_key import NetworkKey
from emulator.smart_energy.primitives import UpdateNetworkKey
from emulator.smart_energy.settings import TrustCentreSettings
from emulator.zigbee.address_map import AddressLookup
from emulator.zigbee.addresses import BROADCAST_ALL
from emulator.zigbee.aps.primitives import (
    ApsmeSwitchKeyRequest,
    ApsmeTransportKeyRequest,
    TransportKeyType,
)
from emulator.zigbee.nwk.primitives import NlmeSetKeyRequest, NlmeSwitchKeyRequest

SEQUENCES: Final = 0x100
"""Key sequence numbers are one octet (R22 4.5.1.4)."""


class NetworkKeyUpdate:
    """One update at a time.

    Args:
        key: the network key in use, which becomes the new one once all were told to switch.
        members: who is on the network now.
        addresses: where devices are.
        delivery: how long a broadcast takes to reach everybody.
    """

    accepts: ClassVar[tuple[type, ...]] = (UpdateNetworkKey,)

    def __init__(  # noqa: PLR0913 - what an update is made of, by name
        self,
        *,
        settings: TrustCentreSettings,
        key: NetworkKey,
        members: Callable[[], Iterable[Eui64]],
        addresses: AddressLookup,
        stream: Stream,
        delivery: Duration,
    ) -> None:
        self._settings = settings
        self._key = key
        self._members = members
        self._addresses = addresses
        self._stream = stream
        self._delivery = delivery
        self._next: NetworkKey | None = None
        self._rounds = 0
        self._due: Instant | None = None

    @property
    def deadline(self) -> Instant | None:
        """When keys are sent again, or everybody is told to switch, or we do so ourselves."""
        return self._due

    def handle(self, event: UpdateNetworkKey, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        """Begin, unless an update is under way."""
        if self._next is not None or not self._key.octets:
            return ()
        self._next = NetworkKey(self._stream.octets(16), (self._key.sequence + 1) % SEQUENCES)
        self._rounds = 0
        install = NlmeSetKeyRequest(self._next.octets, self._next.sequence, activate=False)
        return (install, *self._transport(self._next, now))

    def wake(self, now: Instant) -> Sequence[Any]:
        """The next step of the update."""
        self._due = None
        successor = self._next
        if successor is None:
            return ()
        if self._rounds < self._settings.key_transports:
            return self._transport(successor, now)
        if self._key.sequence != successor.sequence:
            self._key.replace(successor)
            self._due = later(now, self._delivery)
            switch = ApsmeSwitchKeyRequest(BROADCAST_ALL, successor.sequence)
            return (switch, NetworkKeyUpdated(successor.sequence))
        self._next = None
        return (NlmeSwitchKeyRequest(successor.sequence),)

    def _transport(self, key: NetworkKey, now: Instant) -> Sequence[Any]:
        self._rounds += 1
        self._due = later(now, self._settings.key_transport_gap)
        sent = (self._to_member(eui64, key) for eui64 in self._members())
        return tuple(each for each in sent if each is not None)

    def _to_member(self, eui64: Eui64, key: NetworkKey) -> ApsmeTransportKeyRequest | None:
        address = self._addresses.address_of(eui64)
        if address is None:
            return None
        return ApsmeTransportKeyRequest(
            destination=eui64,
            nwk_address=address,
            key_type=TransportKeyType.STANDARD_NETWORK_KEY,
            key=key.octets,
            sequence=key.sequence,
            nwk_security=True,
        )

    def snapshot(self) -> dict[str, Any]:
        """The key that is to follow, as JSON knows it."""
        successor = self._next
        return {"next": None if successor is None else successor.snapshot()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave; an update that was under way begins its rounds again."""
        if state["next"] is None:
            return
        self._next = NetworkKey()
        self._next.restore(state["next"])
        self._due = Instant(0)
