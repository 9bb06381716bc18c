from emulator.kernel.identity import Eui64
from emulator.lab.dissector.key_ring import KeyRing
from emulator.radio.capture import KeyKind
from emulator.zigbee.addresses import PanId
from emulator.zigbee.aps.primitives import KeyOrigin

METER = Eui64(0x00DB1234567890A1)
DISPLAY = Eui64(0x00DB1234567890B0)
FIRST = bytes(range(16))
SECOND = bytes(range(16, 32))
THIRD = bytes(range(32, 48))


def test_a_key_known_already_is_kept_once() -> None:
    keys = KeyRing()

    keys.add_network_key(FIRST, 0)
    keys.add_network_key(FIRST, 0)
    keys.add_link_key(SECOND, METER, "meter", KeyOrigin.PRECONFIGURED)
    keys.add_link_key(SECOND, METER, "meter again", KeyOrigin.PRECONFIGURED)

    assert [key.octets for key in keys.capture_keys()] == [FIRST, SECOND]


def test_network_keys_of_the_sequence_number_come_first_then_the_newest() -> None:
    keys = KeyRing()
    keys.add_network_key(FIRST, 0)
    keys.add_network_key(SECOND, 1)
    keys.add_network_key(THIRD, 2)

    order = [key.octets for key in keys.network_keys(0)]

    assert order == [FIRST, THIRD, SECOND]


def test_link_keys_of_the_two_ends_come_first_newest_before_oldest() -> None:
    keys = KeyRing()
    keys.add_link_key(FIRST, METER, "meter", KeyOrigin.PRECONFIGURED)
    keys.add_link_key(SECOND, METER, "meter", KeyOrigin.CBKE)
    keys.add_link_key(THIRD, DISPLAY, "display", KeyOrigin.PRECONFIGURED)

    order = [key.octets for key in keys.link_keys((None, METER))]

    assert order == [SECOND, FIRST, THIRD]


def test_a_link_key_that_comes_again_is_the_newest() -> None:
    keys = KeyRing()
    keys.add_link_key(FIRST, METER, "meter", KeyOrigin.PRECONFIGURED)
    keys.add_link_key(SECOND, METER, "meter", KeyOrigin.CBKE)

    keys.add_link_key(FIRST, METER, "meter", KeyOrigin.PRECONFIGURED)

    assert [key.octets for key in keys.link_keys((METER,))] == [FIRST, SECOND]


def test_every_label_says_that_it_is_a_test_key() -> None:
    keys = KeyRing()
    keys.add_network_key(FIRST, 3)
    keys.add_link_key(SECOND, METER, "test key: meter", KeyOrigin.CBKE)

    labels = [(key.kind, key.label, key.pan_id) for key in keys.capture_keys(PanId(0x0BBF))]

    assert labels == [
        (KeyKind.NETWORK, "test key: network key 3", 0x0BBF),
        (KeyKind.LINK, "test key: meter", 0x0BBF),
    ]


def test_the_key_file_lists_the_keys_as_wireshark_reads_them() -> None:
    keys = KeyRing()
    keys.add_network_key(FIRST, None)

    text = keys.key_file()

    assert text == f'"{FIRST.hex()}","Normal","test key: network key"\n'


def test_octets_that_hold_a_key_are_recognised() -> None:
    keys = KeyRing()
    keys.add_link_key(SECOND, METER, "meter", KeyOrigin.CBKE)

    assert keys.shows_in(b"before" + SECOND + b"after")
    assert not keys.shows_in(SECOND[:15])
    assert not keys.shows_in(FIRST)
