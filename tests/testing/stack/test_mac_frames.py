from emulator.testing.stack.mac_frames import (
    HUB,
    JOINER,
    PAN,
    association_request,
    association_response,
    beacon,
    beacon_request,
    data,
    joiner_polls,
    polls,
)
from emulator.zigbee.mac.frames import FrameType, decode_frame


def test_frames_are_of_the_small_han() -> None:
    assert decode_frame(beacon()).source_pan == PAN
    for psdu in (association_request(), joiner_polls()):
        assert decode_frame(psdu).source_extended == JOINER
        assert decode_frame(psdu).destination_short == HUB
    assert decode_frame(association_response(7)).destination_extended == JOINER
    assert decode_frame(polls(7)).source_short == 7


def test_a_broadcast_asks_for_no_acknowledgement() -> None:
    assert not decode_frame(data(1, 0xFFFF)).ack_request
    assert decode_frame(data(1, 2)).ack_request
    assert decode_frame(beacon_request()).frame_type is FrameType.COMMAND
