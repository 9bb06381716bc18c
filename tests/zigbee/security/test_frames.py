import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import SecurityError, WireError
from emulator.kernel.identity import Eui64
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.security.frames import (
    MIC_LENGTH,
    AuxiliaryHeader,
    KeyIdentifier,
    auxiliary_header,
    naming,
    open_frame,
    seal_frame,
    seal_next,
)

VECTORS = tomllib.loads(
    (Path(__file__).parents[2] / "vectors" / "nwk.toml").read_text(encoding="utf-8")
)["frames"]
KEY = bytes(range(16))
HEADER = bytes.fromhex("0802426b00000f2e")
SENDER = Eui64(0x00DB1234567890A2)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["source"]))
def test_opens_and_seals_frames_heard_on_real_networks(vector: dict[str, Any]) -> None:
    octets, key = bytes.fromhex(vector["octets"]), bytes.fromhex(vector["key"])
    _, at = NwkHeader.take(octets)
    auxiliary, after = AuxiliaryHeader.take(octets, at)
    sender = Eui64(int(vector["sender"], 16))

    payload = open_frame(key, octets[:at], auxiliary, octets[after:], sender)

    assert payload == bytes.fromhex(vector["payload"])
    assert (auxiliary.frame_counter, auxiliary.source) == (vector["counter"], sender)
    assert octets[:at] + seal_frame(key, octets[:at], auxiliary, payload, sender) == octets


def test_auxiliary_header_of_the_network_key() -> None:
    octets = bytes.fromhex(
        "28"  # level 0 on the air, network key, extended nonce
        "7a0a0000"  # frame counter
        "a290785634 12db00"  # source
        "05"  # key sequence number
    )

    made = auxiliary_header(KeyIdentifier.NETWORK, 2682, source=SENDER, key_sequence=5)

    assert made.encode() == octets
    assert AuxiliaryHeader.decode(octets) == made


def test_auxiliary_header_of_a_link_key_without_the_sender() -> None:
    made = auxiliary_header(KeyIdentifier.DATA, 1)

    assert made.encode() == bytes.fromhex("00 01000000")


def test_level_on_the_air_does_not_matter() -> None:
    auxiliary = auxiliary_header(KeyIdentifier.NETWORK, 7, source=SENDER, key_sequence=0)
    sealed = seal_frame(KEY, HEADER, auxiliary, b"payload", SENDER)
    told = AuxiliaryHeader.decode(bytes((sealed[0] | 7,)) + sealed[1:14])

    assert open_frame(KEY, HEADER, told, sealed[14:], SENDER) == b"payload"


@given(st.binary(max_size=80), st.integers(0, 0xFFFFFFFE))
def test_what_is_sealed_opens(payload: bytes, counter: int) -> None:
    auxiliary = auxiliary_header(KeyIdentifier.NETWORK, counter, source=SENDER, key_sequence=0)

    sealed = seal_frame(KEY, HEADER, auxiliary, payload, SENDER)

    head = len(auxiliary.encode())
    assert len(sealed) == head + len(payload) + MIC_LENGTH
    assert open_frame(KEY, HEADER, auxiliary, sealed[head:], SENDER) == payload


@given(
    st.sampled_from(KeyIdentifier),
    st.none() | st.just(SENDER),
    st.integers(0, 0xFF),
    st.integers(0, 0xFFFFFFFE),
)
def test_frame_after_frame_is_sealed_like_each_alone(
    identifier: KeyIdentifier, source: Eui64 | None, number: int, counter: int
) -> None:
    sequence = number if identifier is KeyIdentifier.NETWORK else None
    auxiliary = auxiliary_header(identifier, counter, source=source, key_sequence=sequence)
    counted = naming(identifier, source, sequence), counter

    sealed = seal_next(KEY, HEADER, counted, b"payload", SENDER)

    assert sealed == seal_frame(KEY, HEADER, auxiliary, b"payload", SENDER)
    assert sealed.startswith(auxiliary.encode())


@given(st.integers(0, 21), st.integers(0, 7))
def test_one_changed_bit_is_a_security_error(place: int, bit: int) -> None:
    auxiliary = auxiliary_header(KeyIdentifier.NETWORK, 7, source=SENDER, key_sequence=0)
    sealed = bytearray(seal_frame(KEY, HEADER, auxiliary, b"ten octets", SENDER))
    frame = bytearray(HEADER) + sealed[14:]
    frame[place] ^= 1 << bit

    with pytest.raises(SecurityError):
        open_frame(KEY, bytes(frame[:8]), auxiliary, bytes(frame[8:]), SENDER)


@pytest.mark.parametrize("sealed", [b"", b"\x00\x00\x00"])
def test_frame_without_room_for_its_mic_is_a_security_error(sealed: bytes) -> None:
    auxiliary = auxiliary_header(KeyIdentifier.NETWORK, 7, source=SENDER, key_sequence=0)

    with pytest.raises(SecurityError):
        open_frame(KEY, HEADER, auxiliary, sealed, SENDER)


@given(structs(AuxiliaryHeader))
def test_what_is_encoded_decodes(auxiliary: AuxiliaryHeader) -> None:
    assert AuxiliaryHeader.decode(auxiliary.encode()) == auxiliary


@given(any_octets(20))
def test_any_octets_are_a_header_or_a_wire_error(octets: bytes) -> None:
    try:
        header, after = AuxiliaryHeader.take(octets)
    except WireError:
        return
    assert header.encode() == octets[:after]
