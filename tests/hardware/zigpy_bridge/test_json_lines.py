"""Lines of JSON in whatever pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import PeerError
from hardware.zigpy_bridge.json_lines import LONGEST, LineReader, line


@given(st.lists(st.integers(0, 9), max_size=6), st.integers(1, 30))
def test_events_are_found_in_whatever_pieces(handles: list[int], size: int) -> None:
    octets = b"".join(line(event="sent", handle=each) for each in handles)
    reader = LineReader()

    found = [
        event for at in range(0, len(octets), size) for event in reader.feed(octets[at : at + size])
    ]

    assert [each["handle"] for each in found] == handles


@pytest.mark.parametrize("octets", [b"{\n", b"[]\n", b"\xff\n", b'{"event": 1}\n', b"3\n"])
def test_what_is_no_event_is_refused(octets: bytes) -> None:
    with pytest.raises(PeerError):
        list(LineReader().feed(octets))


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(PeerError, match="without end"):
        list(LineReader().feed(b"x" * (LONGEST + 1)))
