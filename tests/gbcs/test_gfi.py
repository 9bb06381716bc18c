import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.gfi import MAXIMUM_OCTETS, GfiDecoder, GfiFault, GfiFrame, encode_gfi
from emulator.kernel.errors import LocalError

FRAMES = st.builds(GfiFrame, st.binary(max_size=60), st.integers(0, 999_999_999))
LINE = b"GBCS:DATA#0:3:DF0901\r\n"


def test_line_is_as_published() -> None:
    assert encode_gfi(GfiFrame(bytes.fromhex("DF0901"))) == LINE


@given(st.lists(FRAMES, max_size=4), st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_frames_come_out_however_the_stream_is_cut(frames: list[GfiFrame], cuts: list[int]) -> None:
    stream = b"".join(map(encode_gfi, frames))
    decoder = GfiDecoder()
    found: list[GfiFrame | GfiFault] = []

    at = 0
    while at < len(stream):
        size = cuts[at % len(cuts)]
        found.extend(decoder.feed(stream[at : at + size]))
        at += size

    assert found == frames
    assert decoder.pending == 0


@given(st.lists(st.binary(max_size=80), max_size=8))
def test_any_stream_is_bounded_and_leaves_the_decoder_usable(pieces: list[bytes]) -> None:
    decoder = GfiDecoder(maximum=8)

    for piece in pieces:
        decoder.feed(piece)
        assert decoder.pending <= 60

    assert decoder.feed(b"\r\n" + LINE)[-1] == GfiFrame(bytes.fromhex("DF0901"))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"HELLO", "expected GBCS:DATA"),
        (b"GBCS:DATA#0:4:DF0901", "4 octets announced, 6 digits"),
        (b"GBCS:DATA#0:3:DF090", "3 octets announced, 5 digits"),
        (b"GBCS:DATA#0:9:" + b"00" * 9, "9 octets, at most 8"),
        (b"GBCS:DATA#x:0:", "expected GBCS:DATA"),
        (b"x" * 200, "a line of more than"),
    ],
)
def test_fault_tells_where_and_why_and_the_next_line_counts(line: bytes, reason: str) -> None:
    decoder = GfiDecoder(maximum=8)

    fault, frame = decoder.feed(b"\r\n" + line + b"\r\n" + LINE)

    assert isinstance(fault, GfiFault)
    assert fault.offset == 2
    assert reason in fault.reason
    assert frame == GfiFrame(bytes.fromhex("DF0901"))


def test_lower_case_and_bare_line_feeds_are_read() -> None:
    assert GfiDecoder().feed(b"\n\nGBCS:DATA#7:2:dead\n") == (GfiFrame(b"\xde\xad", 7),)


@pytest.mark.parametrize("frame", [GfiFrame(bytes(MAXIMUM_OCTETS + 1)), GfiFrame(b"", -1)])
def test_frame_that_does_not_fit_a_line_is_the_callers_error(frame: GfiFrame) -> None:
    with pytest.raises(LocalError):
        encode_gfi(frame)
