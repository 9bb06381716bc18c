"""The properties of a virtual co-processor, and what it refuses."""

import pytest

from emulator.kernel.scheduler import Scheduler
from emulator.radio.port import Channel
from hardware.spinel.properties import Property, Status
from hardware.virtual.rcp_state import RcpState, RefusedError


def state() -> RcpState:
    return RcpState(0x0248_4C00_0000_0001, Scheduler())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (Property.PHY_ENABLED, "01"),
        (Property.PHY_CHAN, "0f"),
        (Property.PHY_TX_POWER, "f8"),
        (Property.PHY_CCA_THRESHOLD, "b0"),
        (Property.MAC_SCAN_MASK, "0b0c"),
        (Property.MAC_SCAN_PERIOD, "6400"),
        (Property.MAC_15_4_LADDR, "00124b0011223344"),
        (Property.MAC_15_4_SADDR, "3412"),
        (Property.MAC_15_4_PANID, "621a"),
        (Property.MAC_RAW_STREAM_ENABLED, "01"),
        (Property.MAC_PROMISCUOUS_MODE, "02"),
        (Property.MAC_RX_ON_WHEN_IDLE_MODE, "00"),
        (Property.MAC_SRC_MATCH_ENABLED, "01"),
    ],
)
def test_what_was_set_is_what_is_got(name: Property, value: str) -> None:
    told = state()

    told.set(name, bytes.fromhex(value))

    assert told.get(name).hex() == value


def test_every_readable_property_has_a_value() -> None:
    told = state()

    assert all(told.get(name) for name in Property if told.readable(name) and name.value)


def test_configuration_follows_the_properties() -> None:
    told = state()
    for name, value in (
        (Property.PHY_ENABLED, "01"),
        (Property.MAC_RAW_STREAM_ENABLED, "01"),
        (Property.PHY_CHAN, "14"),
        (Property.MAC_15_4_PANID, "621a"),
        (Property.MAC_15_4_SADDR, "0000"),
    ):
        told.set(name, bytes.fromhex(value))

    config = told.config
    assert (config.channel, config.pan_id, config.short_address) == (Channel(0, 20), 0x1A62, 0)
    assert config.receiver_on
    assert told.listening


def test_receiver_is_off_until_the_stream_is_asked_for() -> None:
    told = state()
    told.set(Property.PHY_ENABLED, b"\x01")

    assert not told.config.receiver_on


def test_something_waits_for_everyone_while_source_match_is_off() -> None:
    told = state()

    assert told.pending.everyone
    told.set(Property.MAC_SRC_MATCH_ENABLED, b"\x01")
    assert not told.pending.everyone


def test_source_match_entries_come_and_go() -> None:
    told = state()

    told.set(Property.MAC_SRC_MATCH_SHORT_ADDRESSES, bytes.fromhex("01000200"))
    told.insert(Property.MAC_SRC_MATCH_SHORT_ADDRESSES, b"\x03\x00")
    told.remove(Property.MAC_SRC_MATCH_SHORT_ADDRESSES, b"\x01\x00")
    told.insert(Property.MAC_SRC_MATCH_EXTENDED_ADDRESSES, bytes(7) + b"\x09")
    told.set(Property.MAC_SRC_MATCH_EXTENDED_ADDRESSES, bytes(7) + b"\x08")
    told.remove(Property.MAC_SRC_MATCH_EXTENDED_ADDRESSES, bytes(7) + b"\x08")

    assert told.pending.short_addresses == {2, 3}
    assert told.pending.extended_addresses == frozenset()


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        (Property.PHY_CHAN, b"\x01", Status.INVALID_ARGUMENT),
        (Property.MAC_SCAN_MASK, b"\x01", Status.INVALID_ARGUMENT),
        (Property.MAC_SCAN_MASK, b"", Status.INVALID_ARGUMENT),
        (Property.MAC_PROMISCUOUS_MODE, b"\x03", Status.INVALID_ARGUMENT),
        (Property.CAPS, b"\x01", Status.INVALID_COMMAND_FOR_PROP),
        (Property.STREAM_DEBUG, b"\x01", Status.PROP_NOT_FOUND),
    ],
)
def test_refusals_carry_the_status_of_the_firmware(
    name: Property, value: bytes, status: Status
) -> None:
    with pytest.raises(RefusedError) as refusal:
        state().set(name, value)

    assert refusal.value.status is status


def test_lists_are_the_only_ones_that_take_entries() -> None:
    for change in (state().insert, state().remove):
        with pytest.raises(RefusedError):
            change(Property.PHY_CHAN, b"\x0f")


def test_unknown_property_has_no_value() -> None:
    with pytest.raises(RefusedError):
        state().get(Property.STREAM_DEBUG)


def test_scan_needs_an_enabled_radio_that_does_nothing_else() -> None:
    told = state()
    for wrong in (1, 2):
        with pytest.raises(RefusedError):
            told.scan(wrong, busy=False)
    told.set(Property.PHY_ENABLED, b"\x01")
    with pytest.raises(RefusedError):
        told.scan(2, busy=True)

    assert told.scan(2, busy=False) == list(range(11, 27))
    assert told.scan(0, busy=False) == []
