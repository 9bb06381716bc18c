import pytest

from emulator.lab.dissector.knowledge import Knowledge
from emulator.lab.dissector.mac import READERS, SUFFIXES, Heard, read_mac
from emulator.radio.fcs import with_fcs
from emulator.testing.stack.dissector_scene import (
    HUB,
    METER,
    ROUTER,
    knowledge,
    mac_data,
    nwk_header,
    sealed_nwk,
)
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.mac.commands import AssociationResponse
from emulator.zigbee.mac.frames import FrameType

ASSOCIATED = (
    "63cc 07"  # command, both EUI-64s, ack request, PAN compression; sequence number
    "bf0b a190785634 12db00 a290785634 12db00"  # PAN, gsme, hub
)


def read(octets: str, sender: str = "gsme", known: Knowledge | None = None) -> Heard:
    """What is said of a frame in hexadecimal, without its FCS."""
    return read_mac(with_fcs(bytes.fromhex(octets)), sender, known or knowledge())


def test_an_acknowledgement_names_the_sequence_number() -> None:
    heard = read("0200 07")

    assert heard.part.label == "Ack"
    assert (heard.destination, heard.asks, heard.acknowledges) == ("?", None, 7)


def test_a_beacon_request_is_for_everybody() -> None:
    heard = read("0308 07 ffff ffff 07")

    assert (heard.part.label, heard.destination) == ("Beacon Request", "*")


def test_a_frame_that_asks_for_an_acknowledgement_tells_its_sequence_number() -> None:
    heard = read("6388 07 bf0b 0000 2b1a 04")

    assert (heard.part.label, heard.destination) == ("Data Request", "hub")
    assert (heard.asks, heard.acknowledges) == (7, None)


def test_an_association_response_tells_the_new_address() -> None:
    known = knowledge()

    heard = read(f"{ASSOCIATED} 02 2222 00", "hub", known)

    assert (heard.part.label, heard.destination) == ("Association Response (0x2222)", "gsme")
    assert known.names.eui64_of(NwkAddress(0x2222)) == METER.eui64


def test_an_association_response_that_refuses_tells_why() -> None:
    known = knowledge()

    heard = read(f"{ASSOCIATED} 02 ffff 02", "hub", known)

    assert heard.part.label == "Association Response (PAN access denied)"
    assert known.names.eui64_of(METER.address) == METER.eui64


def test_a_beacon_tells_whether_the_network_is_open() -> None:
    beacon = (
        "0080 07 bf0b 0000"  # beacon with short source; sequence number, PAN, hub
        "{} 00 00"  # superframe specification, no slots, nothing pending
        "00 22 84 a290785634 12db00 ffffff 00"  # Zigbee's payload
    )

    closed = read(beacon.format("ff4f"), "hub")
    opened = read(beacon.format("ffcf"), "hub")

    assert (closed.part.label, closed.destination) == ("Beacon", "*")
    assert opened.part.label == "Beacon (permits joining)"
    assert "  extended PAN id: 00-DB-12-34-56-78-90-A2 (hub)" in opened.part.detail


def test_a_beacon_of_something_else_shows_its_payload() -> None:
    heard = read("0080 07 bf0b 0000 ff4f 00 00 aabb", "hub")

    assert (heard.part.label, heard.part.detail[-1]) == ("Beacon", "payload: aa bb")


ENHANCED_REQUEST = (
    "43ea 07 ffff ffff a1907856 3412db00"  # version 2 with IEs; everybody, from the meter
    "003f 0388 011e 01 0690 1b194a 4100 0a 00f8 07"
)
ENHANCED_BEACON = (
    "00ee 07 bf0b a1907856 3412db00 a2907856 3412db00"  # to the meter, from the hub
    "003f 1b90 1b194a 9300 002284 a290785634 12db00 ffffff 00 ffcf 0000 4100 0a 00f8"
)


def test_enhanced_beacon_request_tells_its_elements() -> None:
    heard = read(ENHANCED_REQUEST)

    assert (heard.part.label, heard.destination) == ("Enhanced beacon request", "*")
    assert "  flags: permit joining on" in heard.part.detail
    assert "  power: 10 (0xa)" in heard.part.detail


def test_enhanced_beacon_tells_the_network_as_a_beacon_does() -> None:
    heard = read(ENHANCED_BEACON, "hub")

    assert heard.part.label == "Enhanced beacon (permits joining)"
    assert heard.destination == "gsme"
    assert "  extended PAN id: 00-DB-12-34-56-78-90-A2 (hub)" in heard.part.detail


def test_data_says_what_nwk_says() -> None:
    octets = sealed_nwk(nwk_header(command=True), bytes.fromhex("08 60"))

    heard = read(mac_data(octets).hex())

    assert (heard.part.label, heard.part.layer) == ("Link Status", "nwk")
    assert heard.part.detail[0] == "MAC data"


def test_data_without_payload_says_so() -> None:
    assert read(mac_data(b"").hex()).part.label == "Data without payload"


def test_whoever_sends_has_the_address_it_sends_from() -> None:
    known = knowledge()
    known.names.learn(ROUTER.eui64, METER.address)

    read(mac_data(b"").hex(), METER.name, known)

    assert known.names.device_at(METER.address) == "gsme"


def test_a_frame_without_destination_is_for_the_coordinator() -> None:
    heard = read("2380 07 bf0b 2b1a 04")

    assert (heard.part.label, heard.destination) == ("Data Request", HUB.name)


@pytest.mark.parametrize(
    ("octets", "label"),
    [
        ("", "undecodable MAC frame"),
        ("0700 07", "undecodable MAC frame"),
        ("0900 07 aabb", "undecodable MAC frame"),
        ("0080 07 bf0b 0000 ff", "undecodable beacon"),
        ("6388 07 bf0b 0000 2b1a", "undecodable MAC command"),
        ("6388 07 bf0b 0000 2b1a 77", "undecodable MAC command"),
    ],
    ids=["empty", "type", "security", "beacon", "no command", "unknown command"],
)
def test_octets_that_are_no_frame_are_undecodable(octets: str, label: str) -> None:
    heard = read(octets)

    assert heard.part.label in (label, f"{label}, FCS wrong")
    assert heard.part.layer == "mac"


def test_a_frame_whose_fcs_is_wrong_is_not_believed() -> None:
    known = knowledge()
    octets = with_fcs(bytes.fromhex(f"{ASSOCIATED} 02 2222 00"))

    heard = read_mac(octets[:-1] + b"\x00", "hub", known)

    assert heard.part.label == "undecodable MAC frame, FCS wrong"
    assert known.names.eui64_of(NwkAddress(0x2222)) is None


def test_every_type_of_frame_has_a_reader_and_every_suffix_a_command() -> None:
    assert set(READERS) == set(FrameType)
    assert set(SUFFIXES) == {AssociationResponse}
