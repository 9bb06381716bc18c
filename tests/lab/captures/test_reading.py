from pathlib import Path
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.lab.captures.packet import CaptureError
from emulator.lab.captures.reading import parse_capture, read_capture

HEAD = b"\xd4\xc3\xb2\xa1" + pack("<HHiII", 2, 4, 0, 0, 65_535)


def document(link_type: int, *frames: bytes) -> bytes:
    rows = (pack("<IIII", 0, 7, len(each), len(each)) + each for each in frames)
    return HEAD + pack("<I", link_type) + b"".join(rows)


def test_frames_are_numbered_as_wireshark_does() -> None:
    capture = parse_capture(document(195, bytes.fromhex("0200055b9c"), bytes.fromhex("0200060000")))

    assert [each.number for each in capture.frames] == [1, 2]
    assert [each.fcs.hex() for each in capture.frames] == ["5b9c", "0000"]


def test_a_file_without_packets_is_an_empty_capture() -> None:
    assert parse_capture(document(195)).frames == ()


def test_a_capture_of_something_else_is_refused() -> None:
    with pytest.raises(CaptureError, match="no capture of IEEE"):
        parse_capture(document(1, bytes(60)))


def test_a_broken_packet_is_named_by_its_number() -> None:
    with pytest.raises(CaptureError, match="packet 2") as caught:
        parse_capture(document(283, bytes.fromhex("00000400"), b"\x00"))

    assert caught.value.offset == 24 + 16 + 4


def test_a_file_that_is_no_capture_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello")

    with pytest.raises(UsageError, match=r"notes.txt: at octet 0: neither pcap nor pcapng"):
        read_capture(path)


def test_a_file_that_is_not_there_is_the_surroundings_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_capture(tmp_path / "none.pcap")


@given(st.binary(max_size=100))
def test_octets_without_a_magic_are_refused(octets: bytes) -> None:
    with pytest.raises(CaptureError) as caught:
        parse_capture(octets)

    assert caught.value.offset == 0
