from datetime import UTC, datetime
from struct import unpack

from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import Calendar, Duration, Instant
from emulator.radio.air import Transmission
from emulator.radio.capture import Capture, CaptureKey, KeyKind, tap_header
from emulator.radio.port import Channel
from emulator.radio.settings import ReceiverSettings

FRAME = Transmission(
    Instant(1_500_000), Duration(352), Channel(0, 11), "hub", bytes.fromhex("02005c7bdc")
)
RECEIVER = ReceiverSettings()
NETWORK_KEY = CaptureKey(bytes(range(16)), "network key", KeyKind.NETWORK, 0x5A17)
LINK_KEY = CaptureKey(bytes(range(1, 17)), "link key", KeyKind.LINK, 0x5A17, (0x1234, 0x0000))


def blocks(document: bytes) -> list[tuple[int, bytes]]:
    """Type and body of every block, read by the pcapng specification."""
    found = []
    at = 0
    while at < len(document):
        kind, length = unpack("<II", document[at : at + 8])
        assert length % 4 == 0
        assert document[at + length - 4 : at + length] == document[at + 4 : at + 8]
        found.append((kind, document[at + 8 : at + length - 4]))
        at += length
    return found


def test_tap_header_says_how_the_frame_was_heard() -> None:
    assert tap_header(Channel(0, 20), -80, RECEIVER) == bytes.fromhex(
        "0000 2400"  # version 0, length 36
        "0000 0100 01 000000"  # FCS of 16 bits
        "0100 0400 0000a0c2"  # -80.0 dBm
        "0300 0300 1400 00 00"  # channel 20, page 0
        "0a00 0100 7f 000000"  # link quality 127
    )


def test_file_starts_with_a_section_and_one_tap_interface() -> None:
    (section, body), (interface, description) = blocks(Capture(Calendar()).document())

    assert section == 0x0A0D0D0A
    assert body.startswith(bytes.fromhex("4d3c2b1a 0100 0000 ffffffffffffffff"))
    assert b"test key" in body
    assert interface == 1
    assert description.startswith(bytes.fromhex("1b01 0000 00000000"))


def test_packet_carries_the_octets_at_their_calendar_time() -> None:
    capture = Capture(Calendar(datetime(2026, 1, 5, tzinfo=UTC)), lambda _frame: -75)

    capture.observe(FRAME)

    kind, body = blocks(capture.document())[2]
    interface, high, low, captured, original = unpack("<IIIII", body[:20])
    moment = datetime(2026, 1, 5, 0, 0, 1, 500_000, tzinfo=UTC)
    assert (kind, interface) == (6, 0)
    assert (high << 32 | low) == moment.timestamp() * 1_000_000
    assert captured == original == 36 + 5
    assert body[20:] == tap_header(Channel(0, 11), -75, RECEIVER) + FRAME.psdu_with_fcs + bytes(3)
    assert capture.frames == 1


def test_link_quality_is_what_the_receiver_makes_of_the_strength() -> None:
    deaf = ReceiverSettings(sensitivity=-80)
    capture = Capture(Calendar(), lambda _frame: -80, deaf)

    capture.observe(FRAME)

    _, body = blocks(capture.document())[2]
    assert body[20:].startswith(tap_header(Channel(0, 11), -80, deaf))
    assert bytes.fromhex("0a00 0100 00 000000") in body


def test_keys_stand_before_the_frames_and_are_named_test_keys() -> None:
    capture = Capture(Calendar())
    capture.observe(FRAME)

    found = blocks(capture.document((NETWORK_KEY, LINK_KEY)))

    assert [kind for kind, _ in found] == [0x0A0D0D0A, 1, 10, 10, 6]
    network, link = found[2][1], found[3][1]
    assert network.startswith(
        bytes.fromhex("4b574e5a 12000000") + NETWORK_KEY.octets + bytes.fromhex("175a 0000")
    )
    assert link.startswith(
        bytes.fromhex("5350415a 16000000") + LINK_KEY.octets + bytes.fromhex("175a 0000 3412 0000")
    )
    assert b"network key: test key" in network
    assert b"link key: test key" in link


@given(st.lists(st.binary(min_size=1, max_size=127), max_size=5))
def test_equal_transmissions_give_equal_files(frames: list[bytes]) -> None:
    documents = []
    for _ in range(2):
        capture = Capture(Calendar())
        for number, psdu in enumerate(frames):
            at = Instant(number * 10_000)
            capture.observe(Transmission(at, Duration(1), Channel(0, 11), "hub", psdu))
        documents.append(capture.document((NETWORK_KEY,)))

    assert documents[0] == documents[1]
    assert len(blocks(documents[0])) == 3 + len(frames)
