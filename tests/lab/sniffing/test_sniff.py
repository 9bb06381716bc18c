from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.units import milliseconds
from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.captures.reading import read_capture
from emulator.lab.sniffing.outlets import FileOutlet, Outlet
from emulator.lab.sniffing.own_network import Claim, OwnNetwork
from emulator.lab.sniffing.sniff import Listening, Sniff
from emulator.radio.port import Channel
from emulator.testing.scenes.captured_homes import captured_frames
from tests.lab.sniffing.spinel_line import HeardKind, heard_octets

EVERYBODY = Claim(everything=True)
ON_15 = Listening(port="dongle", channels=(Channel(0, 15),))


def sniff(claim: Claim, outlets: list[Outlet], listening: Listening = ON_15) -> Sniff:
    octets = b"".join(heard_octets(frame.psdu) for frame in captured_frames()[:60])
    return Sniff(listening, HeardKind(octets), OwnNetwork(claim), outlets, 0)


def test_capture_is_whole_when_the_dongle_is_pulled_out(tmp_path: Path) -> None:
    path = tmp_path / "a.pcapng"
    listening = sniff(EVERYBODY, [FileOutlet(path)])
    listening.begin()

    with pytest.raises(EnvironmentFault, match="closed the line"):
        listening.run()
    listening.close()

    frames = read_capture(path).frames
    assert [each.psdu for each in frames] == [each.psdu for each in captured_frames()[:60]]
    assert {each.channel for each in frames} == {Channel(0, 15)}
    assert {each.rss for each in frames} == {-50.0}


def test_it_ends_after_so_many_frames_and_tells_each(tmp_path: Path) -> None:
    told = list[CapturedFrame]()
    listening = Listening(port="dongle", channels=(Channel(0, 15),), frames=7)
    some = sniff(EVERYBODY, [FileOutlet(tmp_path / "a.pcapng")], listening)
    some.tell(told.append)
    some.begin()

    some.run()
    some.close()

    assert some.kept == 7
    assert [each.number for each in told] == list(range(1, 8))


def test_frames_of_others_are_counted_and_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.pcapng"
    strangers = sniff(Claim(pans=frozenset({0x7FFF})), [FileOutlet(path)])  # type: ignore[arg-type]  # a PAN
    strangers.begin()

    with pytest.raises(EnvironmentFault):
        strangers.run()
    strangers.close()

    assert strangers.passed_over > 30
    assert all(len(each.psdu) == 8 for each in read_capture(path).frames)  # beacon requests


class _Gone:
    name = "gone"

    def write(self, octets: bytes) -> bool:
        return not octets

    def close(self) -> None:
        """It has ended."""


def test_it_ends_when_nobody_takes_the_capture_any_more() -> None:
    alone = sniff(EVERYBODY, [_Gone()])
    alone.begin()

    alone.run()
    alone.close()

    assert alone.kept == 0


def test_several_channels_are_listened_to_in_turn() -> None:
    channels = (Channel(0, 11), Channel(0, 15))
    turning = Listening(port="dongle", channels=channels, dwell=milliseconds(5))
    both = Sniff(turning, HeardKind(b""), OwnNetwork(EVERYBODY), [], 0)

    with pytest.raises(EnvironmentFault):
        both.run()
    both.close()

    assert both.troubles == ""
