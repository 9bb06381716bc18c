from dataclasses import replace

import pytest

from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.captures.key_files import ring_of
from emulator.lab.captures.reading import parse_capture
from emulator.lab.captures.replaying import Fate, Replayed, Replayer, pan_of
from emulator.lab.captures.rewriting import FrameRewriter
from emulator.lab.installing.commissioning import commission
from emulator.radio.port import Channel
from emulator.testing.scenes.captured_homes import captured_frames, captured_home, small_home
from emulator.testing.stack.mac_frames import PAN, beacon, data


def replayed(*, raised: bool) -> list[Replayed]:
    lab = small_home()
    commission(lab, lab.home())
    keys = ring_of([], parse_capture(captured_home()[0]).keys)
    rewriter = FrameRewriter(keys, 0x100000) if raised else None
    return list(Replayer(lab, Channel(0, 11), rewriter).replay(captured_frames()))


@pytest.fixture(scope="module")
def as_they_were() -> list[Replayed]:
    return replayed(raised=False)


def test_frames_as_they_were_are_refused_for_their_counters(as_they_were: list[Replayed]) -> None:
    protected = [each for each in as_they_were if each.protected]

    assert not [each for each in protected if each.fate is Fate.TAKEN]
    assert [each for each in protected if "is not fresh" in each.reason]
    assert all(each.sent == each.frame.psdu for each in as_they_were)


def test_acknowledgements_are_for_nobody(as_they_were: list[Replayed]) -> None:
    acknowledgements = [each for each in as_they_were if len(each.sent) == 3]

    assert {each.fate for each in acknowledgements} == {Fate.UNHEARD}


def test_with_raised_counters_devices_take_them() -> None:
    found = replayed(raised=True)

    taken = [each for each in found if each.protected and each.fate is Fate.TAKEN]
    assert len(taken) > 10
    assert not [each for each in found if "is not fresh" in each.reason]


def test_short_octets_are_for_nobody() -> None:
    lab = small_home()
    commission(lab, lab.home())
    short = replace(captured_frames()[0], psdu=b"\x01")

    (one,) = Replayer(lab, Channel(0, 11), None).replay([short])

    assert one.fate is not Fate.TAKEN
    assert not one.protected


def test_the_pan_of_a_frame_is_told() -> None:
    assert pan_of(data(1, 2)) == PAN
    assert pan_of(beacon()) == PAN
    assert pan_of(b"\x02\x00\x01") is None
    assert pan_of(b"") is None
    assert isinstance(captured_frames()[0], CapturedFrame)
