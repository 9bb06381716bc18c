from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import Calendar, Duration, Instant
from emulator.lab.captures.packet import CaptureError, Packet, StoredKey
from emulator.lab.captures.pcapng import SECTION, packets
from emulator.radio.air import Transmission
from emulator.radio.capture import Capture, CaptureKey, KeyKind
from emulator.radio.port import Channel

FRAME = bytes.fromhex("020005")


def block(order: str, kind: int, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    return pack(f"{order}II", kind, len(body) + 12) + body + pack(f"{order}I", len(body) + 12)


def section(order: str) -> bytes:
    return block(order, 0x0A0D0D0A, pack(f"{order}IHHq", 0x1A2B3C4D, 1, 0, -1))


def interface(order: str, options: bytes = b"") -> bytes:
    return block(order, 1, pack(f"{order}HHI", 230, 0, 0) + options)


def enhanced(order: str, units: int, number: int = 0) -> bytes:
    body = pack(f"{order}IIIII", number, units >> 32, units & 0xFFFFFFFF, 3, 3) + FRAME
    return block(order, 6, body)


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders_are_read(order: str) -> None:
    (packet,) = packets(section(order) + interface(order) + enhanced(order, 1 << 33))

    assert isinstance(packet, Packet)
    assert (packet.link_type, packet.at, packet.octets) == (230, 1 << 33, FRAME)


@pytest.mark.parametrize(
    ("resolution", "units"),
    [(6, 5_000_000), (9, 5_000_000_000), (3, 5_000), (0x80 | 10, 5 * 1_024)],
)
def test_times_are_in_the_resolution_of_their_interface(resolution: int, units: int) -> None:
    option = pack("<HHB3x", 9, 1, resolution) + pack("<HH", 0, 0)

    (packet,) = packets(section("<") + interface("<", option) + enhanced("<", units))

    assert isinstance(packet, Packet)
    assert packet.at == 5_000_000


def test_an_interface_may_count_from_another_moment() -> None:
    option = pack("<HHq", 14, 8, 100) + pack("<HH", 0, 0)

    (packet,) = packets(section("<") + interface("<", option) + enhanced("<", 7))

    assert isinstance(packet, Packet)
    assert packet.at == 100_000_007


def test_a_simple_packet_has_no_time() -> None:
    body = pack("<I", 3) + FRAME
    (packet,) = packets(section("<") + interface("<") + block("<", 3, body))

    assert isinstance(packet, Packet)
    assert (packet.at, packet.octets) == (0, FRAME)


def test_a_new_section_begins_with_no_interfaces() -> None:
    octets = section("<") + interface("<") + section(">") + enhanced(">", 1)

    with pytest.raises(CaptureError, match="interface 0"):
        list(packets(octets))


def test_blocks_of_other_types_are_passed_over() -> None:
    octets = section("<") + interface("<") + block("<", 0x0BAD, b"anything") + enhanced("<", 1)

    assert len(list(packets(octets))) == 1


def test_our_own_captures_are_read_with_their_keys() -> None:
    capture = Capture(Calendar())
    psdu = FRAME + b"\x00\x00"
    capture.observe(Transmission(Instant(5), Duration(352), Channel(0, 20), "hub", psdu))
    keys = (
        CaptureKey(bytes(range(16)), "n", KeyKind.NETWORK),
        CaptureKey(bytes(16), "l", KeyKind.LINK),
    )

    network, link, packet = packets(capture.document(keys))

    assert network == StoredKey(bytes(range(16)), network=True)
    assert link == StoredKey(bytes(16), network=False)
    assert isinstance(packet, Packet)
    assert packet.octets.endswith(psdu)


@pytest.mark.parametrize(
    ("octets", "offset", "problem"),
    [
        (section("<")[:10], 0, "12 octets or more"),
        (SECTION + bytes(12), 8, "no byte-order magic"),
        (section("<") + pack("<III", 1, 13, 13), 32, "13 octets"),
        (section("<") + pack("<III", 1, 400, 400), 32, "400 octets"),
        (section("<") + block("<", 6, bytes(8)), 28, "type 6 with 8 octets"),
        (section("<") + enhanced("<", 0), 28, "of which nothing is told"),
        (
            section("<") + interface("<") + block("<", 6, pack("<IIIII", 0, 0, 0, 99, 99)),
            48,
            "99 octets, 0 there",
        ),
        (section("<") + interface("<", pack("<HHI", 9, 50, 0)), 28, "an option of 50"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(octets: bytes, offset: int, problem: str) -> None:
    with pytest.raises(CaptureError, match=problem) as caught:
        list(packets(octets))

    assert caught.value.offset == offset


@given(st.binary(max_size=200), st.sampled_from(["<", ">"]))
def test_any_octets_after_a_section_are_packets_or_refused(rest: bytes, order: str) -> None:
    try:
        found = list(packets(section(order) + interface(order) + rest))
    except CaptureError:
        return
    assert all(isinstance(each, Packet | StoredKey) for each in found)
