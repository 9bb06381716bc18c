"""Which short addresses are no device's (R22 3.6.5)."""

import pytest

from emulator.zigbee import addresses
from emulator.zigbee.addresses import NO_NWK_ADDRESS, is_broadcast


@pytest.mark.parametrize("address", range(0xFFF8, 0x10000))
def test_the_eight_topmost_addresses_are_broadcast_or_reserved(address: int) -> None:
    assert is_broadcast(address)


@pytest.mark.parametrize("address", [0x0000, 0x0001, 0x7FFF, 0x8000, 0xFFF6, 0xFFF7])
def test_every_address_below_is_a_devices(address: int) -> None:
    assert not is_broadcast(address)


@pytest.mark.parametrize(
    ("address", "number"),
    [
        (addresses.COORDINATOR, 0x0000),
        (addresses.BROADCAST_LOW_POWER_ROUTERS, 0xFFFB),
        (addresses.BROADCAST_ROUTERS, 0xFFFC),
        (addresses.BROADCAST_RX_ON, 0xFFFD),
        (addresses.BROADCAST_ALL, 0xFFFF),
    ],
)
def test_well_known_addresses_have_the_numbers_of_table_3_69(address: int, number: int) -> None:
    assert address == number


def test_absent_address_is_none_that_a_frame_could_be_sent_to() -> None:
    assert is_broadcast(NO_NWK_ADDRESS)
