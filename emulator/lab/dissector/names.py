"""Which device an address belongs to, as the frames themselves tell it."""

from collections.abc import Mapping
from typing import Final

from emulator.kernel.identity import Eui64, format_eui64
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import (
    BROADCAST_ALL,
    BROADCAST_LOW_POWER_ROUTERS,
    BROADCAST_ROUTERS,
    BROADCAST_RX_ON,
    NO_EUI64,
    NO_NWK_ADDRESS,
    NO_PAN,
    NwkAddress,
    PanId,
    is_broadcast,
)

EVERYBODY: Final = "*"
NOBODY: Final = "?"

_BROADCASTS: Final = {
    BROADCAST_ALL: "everybody",
    NO_NWK_ADDRESS: "no address",
    BROADCAST_RX_ON: "everybody whose receiver is on",
    BROADCAST_ROUTERS: "every router",
    BROADCAST_LOW_POWER_ROUTERS: "every low power router",
}


class NameBook:
    """Device names by EUI-64, and by the short addresses that the devices have at the moment.

    Short addresses count within a PAN: every hub of a building has 0x0000.

    Args:
        names: what each device is called.
    """

    def __init__(self, names: Mapping[Eui64, str]) -> None:
        self._names = dict(names)
        self._named = {name: eui64 for eui64, name in names.items()}
        self._anywhere = AddressMap()
        self._addresses = self._anywhere
        self._by_pan: dict[PanId, AddressMap] = {}
        self._met = dict.fromkeys(names)

    @property
    def named(self) -> tuple[Eui64, ...]:
        """Every EUI-64 that has a name."""
        return tuple(self._names)

    @property
    def met(self) -> tuple[Eui64, ...]:
        """Every EUI-64 that was named or heard of."""
        return tuple(self._met)

    def enter(self, pan_id: PanId | None) -> None:
        """What follows is of this PAN; a frame that names none, or all, changes nothing."""
        if pan_id not in (None, NO_PAN):
            self._addresses = self._by_pan.setdefault(pan_id, AddressMap())

    def learn(self, eui64: Eui64 | None, address: NwkAddress | None) -> None:
        """`eui64` has `address` now; what cannot be an address of one device teaches nothing."""
        if eui64 is None or eui64 in (0, NO_EUI64):
            return
        self._met.setdefault(eui64)
        if address is None or is_broadcast(address):
            return
        for addresses in (self._addresses, self._anywhere):
            if addresses.eui64_of(address) != eui64:
                addresses.learn(eui64, address)

    def heard(self, sender: str, address: NwkAddress | None) -> None:
        """The device of that name sent a frame from `address`, unless another has that already.

        A bridge sends in the names of those on its other side.
        """
        if address is not None and self._addresses.eui64_of(address) is None:
            self.learn(self._named.get(sender), address)

    def eui64_of(self, address: NwkAddress | None) -> Eui64 | None:
        """Who has `address` at the moment: in this PAN, or as was last heard anywhere."""
        if address is None:
            return None
        return self._addresses.eui64_of(address) or self._anywhere.eui64_of(address)

    def device(self, eui64: Eui64 | None) -> str:
        """The name of a device; `?` for one that has none."""
        return NOBODY if eui64 is None else self._names.get(eui64, NOBODY)

    def device_at(self, address: NwkAddress | None) -> str:
        """The name of the device that has `address`; `*` for everybody, `?` for nobody."""
        if address is not None and is_broadcast(address) and address != NO_NWK_ADDRESS:
            return EVERYBODY
        return self.device(self.eui64_of(address))

    def eui64_text(self, eui64: Eui64) -> str:
        """An EUI-64 with the name of its device."""
        return _named(format_eui64(eui64), self._names.get(eui64))

    def address_text(self, address: NwkAddress) -> str:
        """A short address with the name of the device that has it."""
        owner = self.eui64_of(address)
        name = _BROADCASTS.get(address) if owner is None else self._names.get(owner)
        return _named(f"0x{address:04X}", name)


def _named(text: str, name: str | None) -> str:
    return text if name is None else f"{text} ({name})"
