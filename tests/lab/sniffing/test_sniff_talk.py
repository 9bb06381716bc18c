import io
import json

from emulator.lab.captures.key_files import ring_of
from emulator.lab.captures.telling import tell
from emulator.lab.sniffing.own_network import Claim, OwnNetwork
from emulator.lab.sniffing.sniff import Listening, Sniff
from emulator.lab.sniffing.sniff_talk import SniffTalk
from emulator.radio.port import Channel
from emulator.testing.scenes.captured_homes import captured_frames
from tests.lab.sniffing.spinel_line import HeardKind

LISTENING = Listening(port="dongle", channels=(Channel(0, 15),))


def said(*, as_json: bool) -> list[str]:
    stream = io.StringIO()
    talk = SniffTalk(stream, as_json=as_json)
    own = OwnNetwork(Claim(everything=True))
    sniff = Sniff(LISTENING, HeardKind(b""), own, [], 0)
    talk.begun("RCP", LISTENING, own, everybody=True)
    talk.row(next(tell(captured_frames()[:1], ring_of([]))), captured_frames()[0].at)
    sniff.close()
    talk.ended(sniff, 3, [])
    return stream.getvalue().splitlines()


def test_person_is_told_in_lines() -> None:
    begun, frame, ended = said(as_json=False)

    assert begun == "RCP at dongle listens on channel 15; every network"
    assert frame.split() == ["1", "0.000000", "11", "?", ">", "*", "Beacon", "Request"]
    assert ended == "0 frames kept in nothing; 3 not told"


def test_program_is_told_in_objects() -> None:
    begun, frame, ended = map(json.loads, said(as_json=True))

    assert (begun["event"], begun["channels"]) == ("listening", [15])
    assert (frame["event"], frame["label"]) == ("frame", "Beacon Request")
    assert (ended["event"], ended["kept"], ended["untold"]) == ("ended", 0, 3)
