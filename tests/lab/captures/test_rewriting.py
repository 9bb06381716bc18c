import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.captures.key_files import ring_of
from emulator.lab.captures.reading import parse_capture
from emulator.lab.captures.rewriting import FrameRewriter
from emulator.lab.captures.telling import tell
from emulator.lab.dissector.key_ring import KeyRing
from emulator.testing.scenes.captured_homes import captured_frames, captured_home

RAISE_BY = 1_000


@pytest.fixture(scope="module")
def keys() -> KeyRing:
    return ring_of([], parse_capture(captured_home()[0]).keys)


def test_rewritten_frames_open_and_say_the_same(keys: KeyRing) -> None:
    rewriter = FrameRewriter(keys, RAISE_BY)
    frames = captured_frames()
    new = [
        CapturedFrame(each.number, each.at, rewriter.rewritten(each.psdu), b"", each.channel)
        for each in frames
    ]

    before = [row.row for row in tell(frames, keys)]
    after = [row.row for row in tell(new, keys)]

    assert [row.label for row in after] == [row.label for row in before]
    assert [row.security for row in after] == [row.security for row in before]


def test_every_protected_frame_has_higher_counters(keys: KeyRing) -> None:
    rewriter = FrameRewriter(keys, RAISE_BY)
    counted = 0
    for frame in captured_frames():
        new = rewriter.rewritten(frame.psdu)
        rows = list(tell([frame, CapturedFrame(2, 0, new)], keys))
        counters = [[_counter(line) for line in row.row.detail if _is(line)] for row in rows]
        assert [old + RAISE_BY for old in counters[0]] == counters[1]
        counted += len(counters[0])

    assert counted > 60


def _is(line: str) -> bool:
    return line.strip().startswith("frame counter: ")


def _counter(line: str) -> int:
    return int(line.split()[2])


def test_what_no_key_opens_stays_as_it_was() -> None:
    rewriter = FrameRewriter(ring_of([]), RAISE_BY)

    assert all(rewriter.rewritten(each.psdu) == each.psdu for each in captured_frames())


def test_a_counter_that_would_overflow_stays(keys: KeyRing) -> None:
    rewriter = FrameRewriter(keys, 0xFFFFFFFF)

    for frame in captured_frames():
        if rewriter.rewritten(frame.psdu) != frame.psdu:
            (row,) = tell([frame], keys)
            assert 0 in [_counter(line) for line in row.row.detail if _is(line)]


@given(st.binary(max_size=127))
def test_any_octets_stay_or_become_a_frame(octets: bytes) -> None:
    assert FrameRewriter(ring_of([(bytes(16), "k")]), 1).rewritten(octets) == octets
