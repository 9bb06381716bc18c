import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.lab.captures.link_types import LINK_TYPES, TAP, WITH_FCS, WITHOUT_FCS, take_apart
from emulator.radio.capture import tap_header
from emulator.radio.port import Channel
from emulator.radio.settings import ReceiverSettings

ACK = bytes.fromhex("020005")
FCS = bytes.fromhex("1234")


def test_a_packet_without_fcs_is_the_frame() -> None:
    heard = take_apart(WITHOUT_FCS, ACK)

    assert (heard.psdu, heard.fcs, heard.channel, heard.rss) == (ACK, b"", None, None)


def test_a_packet_with_fcs_ends_with_it() -> None:
    assert take_apart(WITH_FCS, ACK + FCS).psdu == ACK
    assert take_apart(WITH_FCS, ACK + FCS).fcs == FCS


def test_a_tap_header_tells_channel_page_and_strength() -> None:
    header = tap_header(Channel(28, 3), -71, ReceiverSettings())

    heard = take_apart(TAP, header + ACK + FCS)

    assert (heard.psdu, heard.fcs) == (ACK, FCS)
    assert heard.channel == Channel(28, 3)
    assert heard.rss == -71.0


@pytest.mark.parametrize(
    ("fcs_type", "octets"), [("00", 0), ("01", 2), ("02", 4)], ids=["none", "16 bits", "32 bits"]
)
def test_the_length_of_the_fcs_is_what_tap_says(fcs_type: str, octets: int) -> None:
    header = bytes.fromhex(f"0000 0c00 0000 0100 {fcs_type} 000000")

    assert len(take_apart(TAP, header + ACK + bytes(4)).fcs) == octets


@pytest.mark.parametrize(
    ("packet", "path"),
    [
        ("0000", "TAP.length"),
        ("0100 0400", "TAP.version"),
        ("0000 0300", "TAP.length"),
        ("0000 1000", "TAP.length"),
        ("0000 0600 0000", "TAP.tlvs"),
        ("0000 0800 0000 ff00", "TAP.tlvs"),
        ("0000 0c00 0000 0100 01 000000 02", "FCS"),
    ],
)
def test_half_a_header_is_refused_with_its_place(packet: str, path: str) -> None:
    with pytest.raises(WireError) as caught:
        take_apart(TAP, bytes.fromhex(packet))

    assert caught.value.path == path


@given(st.sampled_from(LINK_TYPES), st.binary(max_size=60))
def test_any_octets_are_a_frame_or_refused(link_type: int, packet: bytes) -> None:
    try:
        heard = take_apart(link_type, packet)
    except WireError:
        return
    assert packet.endswith(heard.psdu + heard.fcs)
