"""Short addresses and the identifiers of a network (R22 3.6.5, Table 3-69)."""

from typing import Annotated, Final, NewType

from emulator.kernel.identity import Eui64
from emulator.wire.codecs import UInt

NwkAddress = NewType("NwkAddress", int)
PanId = NewType("PanId", int)
ExtendedPanId = NewType("ExtendedPanId", int)
Endpoint = NewType("Endpoint", int)
ProfileId = NewType("ProfileId", int)
ClusterId = NewType("ClusterId", int)

NwkField = Annotated[NwkAddress, UInt(2)]
PanIdField = Annotated[PanId, UInt(2)]
ExtendedPanIdField = Annotated[ExtendedPanId, UInt(8)]

COORDINATOR: Final = NwkAddress(0x0000)
BROADCAST_LOW_POWER_ROUTERS: Final = NwkAddress(0xFFFB)
BROADCAST_ROUTERS: Final = NwkAddress(0xFFFC)
BROADCAST_RX_ON: Final = NwkAddress(0xFFFD)
NO_NWK_ADDRESS: Final = NwkAddress(0xFFFE)
BROADCAST_ALL: Final = NwkAddress(0xFFFF)
NO_PAN: Final = PanId(0xFFFF)
NO_EUI64: Final = Eui64(0xFFFFFFFFFFFFFFFF)

ZDO_ENDPOINT: Final = Endpoint(0)
BROADCAST_ENDPOINT: Final = Endpoint(0xFF)
ZDO_PROFILE: Final = ProfileId(0x0000)
SMART_ENERGY_PROFILE: Final = ProfileId(0x0109)


def is_broadcast(address: int) -> bool:
    """Whether a NWK address is one of the broadcast addresses 0xFFF8 to 0xFFFF (R22 3.6.5)."""
    return address >= 0xFFF8
