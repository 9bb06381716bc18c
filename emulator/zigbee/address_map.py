"""Which EUI-64 has which short address, as this node knows it (nwkAddressMap, R22 Table 3-58).

The NWK layer writes it; APS and ZDO look things up in it.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import NwkAddress


class AddressLookup(Protocol):
    """The reading side of the map."""

    def eui64_of(self, address: NwkAddress) -> Eui64 | None:
        """Who has `address`, if known."""
        ...

    def address_of(self, eui64: Eui64) -> NwkAddress | None:
        """Where `eui64` is, if known."""
        ...


class AddressMap:
    """One short address for each EUI-64, and one EUI-64 for each short address."""

    def __init__(self) -> None:
        self._addresses: dict[Eui64, NwkAddress] = {}
        self._owners: dict[NwkAddress, Eui64] = {}

    def eui64_of(self, address: NwkAddress) -> Eui64 | None:
        """Who has `address`, if known."""
        return self._owners.get(address)

    def address_of(self, eui64: Eui64) -> NwkAddress | None:
        """Where `eui64` is, if known."""
        return self._addresses.get(eui64)

    def learn(self, eui64: Eui64, address: NwkAddress) -> None:
        """`eui64` has `address` now; whoever had it before is unknown until heard of again."""
        self.forget(eui64)
        former = self._owners.get(address)
        if former is not None:
            del self._addresses[former]
        self._addresses[eui64] = address
        self._owners[address] = eui64

    def forget(self, eui64: Eui64) -> None:
        """Nothing is known of `eui64` any more."""
        address = self._addresses.pop(eui64, None)
        if address is not None:
            del self._owners[address]

    def clear(self) -> None:
        """Nothing is known of anybody."""
        self._addresses.clear()
        self._owners.clear()

    def snapshot(self) -> dict[str, int]:
        """The map as JSON knows it: EUI-64 as hexadecimal, to short address."""
        return {f"{eui64:016x}": address for eui64, address in sorted(self._addresses.items())}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.clear()
        for eui64, address in state.items():
            self.learn(Eui64(int(eui64, 16)), NwkAddress(address))
