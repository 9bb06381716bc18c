from emulator.alt_han.bridge.primitives import Seen
from emulator.alt_han.bridge.reading import (
    asks_for_beacons,
    associates,
    destination_of,
    named_by,
    polls,
    source_of,
)
from emulator.testing.stack import mac_frames as sent
from emulator.zigbee.mac.frames import FrameType, MacFrame, decode_frame


def test_who_speaks_to_whom_is_read() -> None:
    frame = decode_frame(sent.data(7, 0))

    assert source_of(frame) == Seen(short=7)
    assert destination_of(frame) == Seen(short=0)
    assert source_of(decode_frame(sent.joiner_polls())) == Seen(extended=sent.JOINER)


def test_a_broadcast_is_for_nobody_alone() -> None:
    assert destination_of(decode_frame(sent.data(7, 0xFFFF))) is None
    assert destination_of(decode_frame(sent.beacon())) is None
    assert source_of(decode_frame(sent.beacon_request())) is None


def test_commands_are_told_apart() -> None:
    assert polls(decode_frame(sent.polls(7)))
    assert associates(decode_frame(sent.association_request()))
    assert asks_for_beacons(decode_frame(sent.beacon_request()))
    assert named_by(decode_frame(sent.association_response(7))) == Seen(short=7)
    assert not polls(decode_frame(sent.data(7, 0)))


def test_a_refused_joiner_is_given_no_address() -> None:
    assert named_by(decode_frame(sent.association_response(0xFFFF))) is None


def test_a_command_that_nobody_knows_is_none() -> None:
    assert not polls(MacFrame(FrameType.COMMAND, payload=b"\x99"))
    assert named_by(MacFrame(FrameType.COMMAND)) is None
