"""HDLC-lite framing: frames found in whatever comes, in whatever pieces."""

from hypothesis import given
from hypothesis import strategies as st

from hardware.spinel.hdlc import FLAG, LONGEST, HdlcReader, check_sequence, hdlc_frame


def test_reset_command_is_framed_as_published() -> None:
    """The reset frame that OpenThread's documents and pyspinel show: 7e 80 01 02 ea f0 7e.

    The FCS of a payload is judged by the residue that RFC 1662 C.2 gives for X-25: 0xF0B8.
    """
    framed = hdlc_frame(bytes.fromhex("8001 02"))

    assert framed[:4] == bytes.fromhex("7e 80 01 02")
    assert rfc_1662(framed[1:-1]) == 0xF0B8


def rfc_1662(octets: bytes) -> int:
    """The FCS register of RFC 1662 C.2, bit by bit."""
    register = 0xFFFF
    for octet in octets:
        register ^= octet
        for _ in range(8):
            register = register >> 1 ^ (0x8408 if register & 1 else 0)
    return register


@given(st.binary(min_size=1, max_size=60))
def test_payload_and_its_check_sequence_leave_the_good_residue(payload: bytes) -> None:
    assert rfc_1662(payload + check_sequence(payload)) == 0xF0B8


@given(st.lists(st.binary(min_size=1, max_size=60), max_size=5), st.integers(1, 7))
def test_frames_come_back_whatever_the_pieces(payloads: list[bytes], size: int) -> None:
    octets = b"".join(map(hdlc_frame, payloads))
    reader = HdlcReader()

    found = [
        payload
        for at in range(0, len(octets), size)
        for payload in reader.feed(octets[at : at + size])
    ]

    assert found == payloads
    assert reader.noise == 0


def test_special_octets_are_escaped() -> None:
    framed = hdlc_frame(bytes((0x7E, 0x7D, 0x11, 0x13, 0xF8)))

    assert framed.startswith(bytes.fromhex("7e 7d5e 7d5d 7d31 7d33 7dd8"))
    assert FLAG not in framed[1:-1]


@given(st.binary(max_size=300))
def test_noise_is_counted_and_the_next_frame_is_found(noise: bytes) -> None:
    reader = HdlcReader()

    list(reader.feed(noise + bytes((FLAG,))))

    assert list(reader.feed(hdlc_frame(b"after"))) == [b"after"]


def test_frame_with_a_wrong_check_sequence_is_noise() -> None:
    reader = HdlcReader()
    broken = bytearray(hdlc_frame(b"hello"))
    broken[3] ^= 1

    assert list(reader.feed(bytes(broken))) == []
    assert reader.noise == 1


def test_frame_that_never_ends_is_given_up() -> None:
    reader = HdlcReader()

    list(reader.feed(bytes((FLAG,)) + bytes(10 * LONGEST) + bytes((FLAG,))))

    assert reader.noise == 1
    assert list(reader.feed(hdlc_frame(b"x"))) == [b"x"]


def test_half_a_frame_is_no_frame_yet() -> None:
    reader = HdlcReader()
    framed = hdlc_frame(b"hello")

    assert list(reader.feed(framed[:4])) == []
    assert list(reader.feed(framed[4:])) == [b"hello"]
