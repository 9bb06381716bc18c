from pathlib import Path

from emulator.kernel.units import Calendar, Duration, Instant
from emulator.radio.air import Transmission
from emulator.radio.capture import Capture
from emulator.radio.fcs import with_fcs
from emulator.radio.port import Channel
from emulator.testing.judges.capture_judge import Judgement, judge_capture

CHANNEL = Channel(0, 15)
# beacon request: frame control, sequence, destination PAN and address, command
BEACON_REQUEST = bytes.fromhex("0308 01 FFFF FFFF 07")


def capture_of(mpdu: bytes) -> bytes:
    capture = Capture(Calendar(), lambda _transmission: -50)
    sent = Transmission(Instant(0), Duration(0), CHANNEL, "ESME", with_fcs(mpdu))
    capture.observe(sent)
    return capture.document(())


def test_frame_without_fault_is_fine(tmp_path: Path) -> None:
    judged = judge_capture(tmp_path, capture_of(BEACON_REQUEST), "")

    assert judged == Judgement(True, 1, (), (), (), ())


def test_frame_that_is_cut_off_is_malformed(tmp_path: Path) -> None:
    judged = judge_capture(tmp_path, capture_of(BEACON_REQUEST[:4]), "")

    assert not judged.ok
    assert judged.malformed == (1,)


def test_too_few_frames_are_not_enough(tmp_path: Path) -> None:
    judged = judge_capture(tmp_path, capture_of(BEACON_REQUEST), "", least=2)

    assert (judged.ok, judged.frames) == (False, 1)
