"""What the parts of one APS layer share: keys, counters, and who is who (APS IB, R22 2.2.7.2)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration
from emulator.zigbee.address_map import AddressLookup
from emulator.zigbee.addresses import NO_EUI64, NwkAddress
from emulator.zigbee.aps.binding_table import BindingTable
from emulator.zigbee.aps.frame_security import FrameSecurity
from emulator.zigbee.aps.key_pairs import DeviceKeyPairSet, KeyPair
from emulator.zigbee.aps.settings import ApsSettings

PSDU_LIMIT: Final = 127
"""aMaxPHYPacketSize (IEEE 802.15.4-2006 Table 22)."""
MAC_OVERHEAD: Final = 11
"""Frame control, sequence number, PAN, two short addresses, FCS (IEEE 802.15.4-2006 7.2.2.2)."""
NWK_OVERHEAD: Final = 26
"""Shortest header 8, auxiliary header 14, MIC 4 (R22 3.3.1, 4.5.1)."""


class ApsState:
    """The layer's information base.

    Args:
        eui64: our own.
        settings: timers, counts and policies.
        address_map: who has which short address.
        handles: NLDE handles, one count for the whole node.
        counter: the APS counter to begin with.
    """

    def __init__(
        self,
        eui64: Eui64,
        settings: ApsSettings,
        address_map: AddressLookup,
        handles: Iterator[int],
        counter: int,
    ) -> None:
        self.eui64 = eui64
        self.settings = settings
        self.address_map = address_map
        self.handles = handles
        self.keys = DeviceKeyPairSet()
        self.bindings = BindingTable()
        self.security = FrameSecurity(eui64, self.keys, extended_nonce=settings.extended_nonce)
        self.trust_centre = NO_EUI64
        self.sleepy: set[Eui64] = set()
        self._counter = counter

    @property
    def nsdu_limit(self) -> int:
        """Octets of an APS frame that fit a PSDU under the network key."""
        return PSDU_LIMIT - MAC_OVERHEAD - NWK_OVERHEAD - self.settings.nwk_header_extension

    @property
    def counter(self) -> int:
        """The APS counter of the last message."""
        return self._counter

    def next_counter(self) -> int:
        """The APS counter of the next message (R22 2.2.5.1.7)."""
        self._counter = (self._counter + 1) & 0xFF
        return self._counter

    def pair_at(self, address: NwkAddress) -> KeyPair | None:
        """The link key shared with whoever has that short address."""
        eui64 = self.address_map.eui64_of(address)
        return None if eui64 is None else self.keys.get(eui64)

    def ack_wait(self, address: NwkAddress) -> Duration:
        """How long an acknowledgement from there is waited for."""
        if self.address_map.eui64_of(address) in self.sleepy:
            return self.settings.sleepy_ack_wait
        return self.settings.ack_wait

    def clear(self) -> None:
        """Forget keys, bindings and the trust centre."""
        self.keys.clear()
        self.bindings.clear()
        self.sleepy.clear()
        self.trust_centre = NO_EUI64

    def snapshot(self) -> dict[str, Any]:
        """What survives a power cycle, as JSON knows it."""
        return {
            "trust_centre": f"{self.trust_centre:016x}",
            "counter": self._counter,
            "keys": self.keys.snapshot(),
            "bindings": self.bindings.snapshot(),
            "sleepy": [f"{eui64:016x}" for eui64 in sorted(self.sleepy)],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.trust_centre = Eui64(int(state["trust_centre"], 16))
        self._counter = state["counter"]
        self.keys.restore(state["keys"])
        self.bindings.restore(state["bindings"])
        self.sleepy = {Eui64(int(text, 16)) for text in state["sleepy"]}
