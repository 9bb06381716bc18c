import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.identity import Eui64
from emulator.radio.address_filter import AddressFilter, is_broadcast
from emulator.radio.port import Channel, RadioAliases, RadioConfig

EUI64 = Eui64(0x00DB1234567890A0)


def address_filter(*, pan_id: int = 0x5A17, coordinator: bool = False) -> AddressFilter:
    config = RadioConfig(Channel(0, 11), pan_id, 0x1234, EUI64, coordinator=coordinator)
    return AddressFilter(config)


def psdu(text: str) -> bytes:
    return bytes.fromhex(text) + b"\x00\x00"


FOR_US = {
    "short": "4188 01 175a 3412 0000",
    "broadcast": "4188 01 175a ffff 0000",
    "short in every PAN": "4188 01 ffff 3412 0000",
    "broadcast in every PAN": "0308 01 ffff ffff 07",
    "extended": "418c 01 175a a090785634 12db00 0000",
    "extended in every PAN": "418c 01 ffff a090785634 12db00 0000",
    "acknowledgement": "0200 01",
    "beacon of our PAN": "0080 01 175a 0000 ff4f 0000",
}
FOR_OTHERS = {
    "other short address": "4188 01 175a 3512 0000",
    "other PAN": "4188 01 185a 3412 0000",
    "other extended address": "418c 01 175a a190785634 12db00 0000",
    "beacon of another PAN": "0080 01 185a 0000 ff4f 0000",
    "source only, and we are no coordinator": "0180 01 175a 0000",
    "reserved addressing mode": "4184 01 175a 3412 0000",
    "destination cut off": "4188 01 17",
}


@pytest.mark.parametrize("text", FOR_US.values(), ids=FOR_US)
def test_frame_for_us_is_accepted(text: str) -> None:
    assert address_filter().accepts(psdu(text))


@pytest.mark.parametrize("text", FOR_OTHERS.values(), ids=FOR_OTHERS)
def test_frame_for_others_is_not(text: str) -> None:
    assert not address_filter().accepts(psdu(text))


def test_coordinator_accepts_frames_that_name_only_its_pan_as_source() -> None:
    coordinator = address_filter(coordinator=True)

    assert coordinator.accepts(psdu("0180 01 175a 0000"))
    assert not coordinator.accepts(psdu("0180 01 185a 0000"))


def test_radio_without_a_pan_accepts_every_beacon() -> None:
    assert address_filter(pan_id=0xFFFF).accepts(psdu("0080 01 185a 0000 ff4f 0000"))


@given(st.binary(max_size=127))
def test_any_octets_are_accepted_or_not(octets: bytes) -> None:
    assert address_filter().accepts(octets) in (True, False)


def test_only_the_short_address_ffff_is_broadcast() -> None:
    assert is_broadcast(psdu("4188 01 175a ffff 0000"))
    assert not is_broadcast(psdu("4188 01 175a fcff 0000"))
    assert not is_broadcast(psdu("418c 01 175a ffffffffffffffff 0000"))


def test_frames_for_those_it_answers_for_are_accepted_in_its_own_pan() -> None:
    aliases = RadioAliases(frozenset({0x0000}), frozenset({Eui64(0x00DB1234567890A1)}))
    config = RadioConfig(Channel(0, 11), 0x5A17, 0x1234, EUI64)
    bridge = AddressFilter(config, aliases)

    assert bridge.accepts(psdu("4188 01 175a 0000 3412"))
    assert bridge.accepts(psdu("418c 01 175a a190785634 12db00 0000"))
    assert bridge.accepts(psdu("4188 01 175a 3412 0000"))
    assert not bridge.accepts(psdu("4188 01 185a 0000 3412"))


def test_promiscuous_receiver_takes_whatever_is_long_enough() -> None:
    config = RadioConfig(Channel(0, 11), 0x5A17, 0x1234, EUI64, promiscuous=True)

    accepts = AddressFilter(config).accepts

    assert accepts(psdu("4188 01 1111 2222 0000"))
    assert not accepts(b"\x02\x00\x01")
