"""APS frames sealed and opened by link keys; `cryptography` judges the octets."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESCCM
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.mmo import mmo
from emulator.crypto.zigbee_keys import key_load_key, key_transport_key
from emulator.kernel.errors import SecurityError, WireError
from emulator.kernel.identity import Eui64
from emulator.testing.stack.aps_scene import HUB, KEY, METER
from emulator.zigbee.addresses import NO_EUI64, SMART_ENERGY_PROFILE, ClusterId, Endpoint
from emulator.zigbee.aps.frame_security import FrameSecurity
from emulator.zigbee.aps.frames import ApsHeader, DeliveryMode, FrameType
from emulator.zigbee.aps.key_pairs import LAST_COUNTER, DeviceKeyPairSet, KeyPair
from emulator.zigbee.aps.primitives import KeyOrigin
from emulator.zigbee.security.frames import KeyIdentifier, auxiliary_header

HEADER = ApsHeader(
    FrameType.DATA,
    DeliveryMode.UNICAST,
    ack_format=False,
    security=True,
    ack_request=True,
    extended=False,
    destination_endpoint=Endpoint(1),
    cluster=ClusterId(0x0702),
    profile=SMART_ENERGY_PROFILE,
    source_endpoint=Endpoint(2),
    counter=7,
)
AT = len(HEADER.encode())
CARRIED = (KeyIdentifier.DATA, KeyIdentifier.KEY_TRANSPORT, KeyIdentifier.KEY_LOAD)
STRANGER = Eui64(0x00DB1234567890FF)


def party(own: Eui64, partner: Eui64, *, extended: bool = True) -> tuple[FrameSecurity, KeyPair]:
    keys = DeviceKeyPairSet()
    keys.set(partner, KEY, KeyOrigin.CBKE)
    pair = keys.get(partner)
    assert pair is not None
    return FrameSecurity(own, keys, extended_nonce=extended), pair


def sealed(identifier: KeyIdentifier = KeyIdentifier.DATA, *, extended: bool = True) -> bytes:
    """What the hub sends the meter."""
    hub, pair = party(HUB, METER, extended=extended)
    return hub.seal(HEADER, b"reading", pair, identifier)


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        (KeyIdentifier.DATA, KEY),
        (KeyIdentifier.KEY_TRANSPORT, key_transport_key(KEY)),
        (KeyIdentifier.KEY_LOAD, key_load_key(KEY)),
    ],
)
def test_outside_judge_opens_what_is_sealed(identifier: KeyIdentifier, key: bytes) -> None:
    frame = sealed(identifier)

    source = bytes.fromhex("a290785634 12db00")
    counter = bytes(4)
    control = 0b00_1_00_000 | identifier << 3
    auxiliary = bytes([control]) + counter + source
    nonce = source + counter + bytes([control | 5])
    authenticated = frame[:AT] + nonce[-1:] + auxiliary[1:]
    assert frame[AT : AT + 13] == auxiliary
    opened = AESCCM(key, tag_length=4).decrypt(nonce, frame[AT + 13 :], authenticated)
    assert opened == b"reading"


@pytest.mark.parametrize("identifier", CARRIED)
@pytest.mark.parametrize("extended", [True, False])
def test_partner_opens_what_is_sealed(identifier: KeyIdentifier, extended: bool) -> None:
    meter, pair = party(METER, HUB)

    opened = meter.open(sealed(identifier, extended=extended), AT, HUB)

    assert (opened.payload, opened.pair, opened.identifier) == (b"reading", pair, identifier)


@pytest.mark.parametrize("extended", [True, False])
def test_overhead_is_what_protection_adds_to_data(extended: bool) -> None:
    hub, _ = party(HUB, METER, extended=extended)

    frame = sealed(extended=extended)

    assert len(frame) == AT + len(b"reading") + hub.overhead


def test_transported_key_names_its_sender_though_data_does_not() -> None:
    meter, _ = party(METER, HUB)

    opened = meter.open(sealed(KeyIdentifier.KEY_LOAD, extended=False), AT, None)

    assert opened.payload == b"reading"


def test_sender_in_the_frame_prevails_over_what_nwk_knows() -> None:
    meter, _ = party(METER, HUB)

    assert meter.open(sealed(), AT, STRANGER).pair.eui64 == HUB


@pytest.mark.parametrize("sender", [None, STRANGER])
def test_data_of_somebody_without_a_key_is_refused(sender: Eui64 | None) -> None:
    meter, _ = party(METER, HUB)

    with pytest.raises(SecurityError, match="no link key"):
        meter.open(sealed(extended=False), AT, sender)


def test_frame_is_opened_once() -> None:
    meter, _ = party(METER, HUB)
    frame = sealed()
    meter.open(frame, AT, HUB)

    with pytest.raises(SecurityError, match="frame counter"):
        meter.open(frame, AT, HUB)


def test_forged_frame_moves_no_counter() -> None:
    meter, pair = party(METER, HUB)
    frame = sealed()
    forged = frame[:-1] + bytes([frame[-1] ^ 1])

    with pytest.raises(SecurityError):
        meter.open(forged, AT, HUB)

    assert pair.incoming == 0
    assert meter.open(frame, AT, HUB).payload == b"reading"


def test_network_key_protects_no_aps_frame() -> None:
    meter, _ = party(METER, HUB)
    auxiliary = auxiliary_header(KeyIdentifier.NETWORK, 1, source=HUB, key_sequence=0)

    with pytest.raises(SecurityError, match="network key"):
        meter.open(HEADER.encode() + auxiliary.encode() + bytes(9), AT, HUB)


def test_trust_centre_not_met_before_may_transport_a_key_and_is_known_then() -> None:
    joiner, pair = party(METER, NO_EUI64)

    joiner.open(sealed(KeyIdentifier.KEY_TRANSPORT), AT, None)

    assert pair.eui64 == HUB
    assert joiner.keys.get(HUB) is pair


@pytest.mark.parametrize("identifier", [KeyIdentifier.DATA, KeyIdentifier.KEY_LOAD])
def test_trust_centre_not_met_before_may_send_nothing_else(identifier: KeyIdentifier) -> None:
    joiner, _ = party(METER, NO_EUI64)

    with pytest.raises(SecurityError, match="no link key"):
        joiner.open(sealed(identifier), AT, HUB)


def test_used_up_counter_seals_nothing() -> None:
    hub, pair = party(HUB, METER)
    pair.outgoing = LAST_COUNTER

    with pytest.raises(SecurityError, match="used up"):
        hub.seal(HEADER, b"reading", pair)


@given(st.binary(max_size=60))
def test_any_octets_after_the_header_are_refused_by_type(octets: bytes) -> None:
    meter, _ = party(METER, HUB)

    with pytest.raises((SecurityError, WireError)):
        meter.open(HEADER.encode() + octets, AT, HUB)


@pytest.mark.parametrize("key", [KEY, mmo(KEY)])
def test_successor_of_the_trust_centre_may_transport_a_key(key: bytes) -> None:
    successor, meter = exchanged(key)

    opened = meter.open(successor, AT, STRANGER, trust_centre=HUB)

    assert (opened.payload, opened.pair.eui64) == (b"reading", STRANGER)
    assert (opened.pair.key, opened.pair.origin) == (key, KeyOrigin.HASHED)
    with pytest.raises(SecurityError):
        meter.open(successor, AT, STRANGER, trust_centre=HUB)


def test_whoever_holds_neither_key_nor_hash_succeeds_nobody() -> None:
    frame, meter = exchanged(bytes(16))

    with pytest.raises(SecurityError):
        meter.open(frame, AT, STRANGER, trust_centre=HUB)

    assert meter.keys.get(STRANGER) is None


def test_successor_may_send_nothing_but_a_key() -> None:
    frame, meter = exchanged(mmo(KEY), KeyIdentifier.DATA)

    with pytest.raises(SecurityError):
        meter.open(frame, AT, STRANGER, trust_centre=HUB)


def exchanged(
    key: bytes, identifier: KeyIdentifier = KeyIdentifier.KEY_TRANSPORT
) -> tuple[bytes, FrameSecurity]:
    """A frame of another hub under `key`, and the meter that shares KEY with the hub before."""
    keys = DeviceKeyPairSet()
    pair = keys.set(METER, key, KeyOrigin.HASHED)
    frame = FrameSecurity(STRANGER, keys, extended_nonce=True).seal(
        HEADER, b"reading", pair, identifier
    )
    return frame, party(METER, HUB)[0]
