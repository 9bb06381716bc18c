from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.lab.captures.packet import CaptureError, Packet
from emulator.lab.captures.pcap import MAGICS, packets

FRAME = bytes.fromhex("020005")


def document(magic: bytes, order: str, fraction: int, link_type: int = 230) -> bytes:
    head = magic + pack(f"{order}HHiIII", 2, 4, 0, 0, 65_535, link_type)
    return head + pack(f"{order}IIII", 10, fraction, len(FRAME), len(FRAME)) + FRAME


@pytest.mark.parametrize("magic", MAGICS)
def test_both_byte_orders_and_both_resolutions_are_read(magic: bytes) -> None:
    order, units = MAGICS[magic]

    (packet,) = packets(document(magic, order, 250_000 * units))

    assert packet == Packet(24, 230, 10_250_000, FRAME)


def test_what_is_said_of_the_fcs_beside_the_link_type_is_passed_over() -> None:
    magic = b"\xd4\xc3\xb2\xa1"

    (packet,) = packets(document(magic, "<", 0, link_type=0x24000000 | 195))

    assert packet.link_type == 195


@pytest.mark.parametrize(
    ("kept", "offset"), [(20, 0), (30, 24), (41, 24)], ids=["header", "record", "packet"]
)
def test_a_file_that_ends_early_is_refused_where_it_ends(kept: int, offset: int) -> None:
    cut = document(b"\xd4\xc3\xb2\xa1", "<", 0)[:kept]

    with pytest.raises(CaptureError) as caught:
        list(packets(cut))

    assert caught.value.offset == offset


@given(st.binary(max_size=200))
def test_any_octets_after_the_magic_are_packets_or_refused(rest: bytes) -> None:
    try:
        found = list(packets(b"\xd4\xc3\xb2\xa1" + rest))
    except CaptureError:
        return
    assert all(isinstance(each, Packet) for each in found)
