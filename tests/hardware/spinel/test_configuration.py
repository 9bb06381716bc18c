"""What the configuration of a radio means in Spinel properties."""

from emulator.kernel.identity import Eui64
from emulator.radio.port import Channel, RadioConfig, RadioPending
from hardware.spinel.configuration import configured, pending_tables
from hardware.spinel.properties import Property

CONFIG = RadioConfig(Channel(0, 15), 0x1A62, 0x0000, Eui64(0x00124B0011223344))


def test_configuration_becomes_properties_and_the_stream_comes_last() -> None:
    found = configured(CONFIG)

    assert {name: value.hex() for name, value in found.items()} == {
        Property.PHY_CHAN: "0f",
        Property.MAC_15_4_LADDR: "00124b0011223344",
        Property.MAC_15_4_SADDR: "0000",
        Property.MAC_15_4_PANID: "621a",
        Property.MAC_PROMISCUOUS_MODE: "00",
        Property.MAC_RX_ON_WHEN_IDLE_MODE: "01",
        Property.MAC_RAW_STREAM_ENABLED: "01",
    }
    assert tuple(found)[-1] is Property.MAC_RAW_STREAM_ENABLED


def test_tables_are_sorted_so_that_equal_ones_are_equal_octets() -> None:
    told = RadioPending(frozenset((3, 1)), frozenset((Eui64(2),)))

    found = pending_tables(told)

    assert found[Property.MAC_SRC_MATCH_SHORT_ADDRESSES].hex() == "01000300"
    assert found[Property.MAC_SRC_MATCH_EXTENDED_ADDRESSES].hex() == "0000000000000002"
    assert found[Property.MAC_SRC_MATCH_ENABLED] == b"\x01"


def test_something_for_everyone_turns_source_match_off() -> None:
    found = pending_tables(RadioPending(frozenset(), frozenset(), everyone=True))

    assert found[Property.MAC_SRC_MATCH_ENABLED] == b"\x00"
