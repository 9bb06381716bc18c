from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.identity import Eui64
from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.captures.key_files import ring_of
from emulator.lab.captures.reading import parse_capture
from emulator.lab.sniffing.own_network import Claim, OwnNetwork
from emulator.testing.scenes.captured_homes import captured_frames, captured_home
from emulator.zigbee.addresses import PanId
from emulator.zigbee.mac.frames import FrameType, MacFrame

HUB = Eui64(0x00DB1234567890A2)
METER = Eui64(0x00DB1234567890A0)
OTHER_HUB = Eui64(0x00DB1234567890FF)


def pan_of(frames: Sequence[CapturedFrame]) -> PanId:
    pans = [MacFrame.decode(frame.psdu).destination_pan for frame in frames]
    return next(pan for pan in pans if pan not in (None, 0xFFFF))


def kept(claim: Claim) -> tuple[int, set[PanId]]:
    own = OwnNetwork(claim)
    return sum(own.takes(frame.psdu) for frame in captured_frames()), own.pans


@pytest.mark.parametrize(
    "claim",
    [
        Claim(hubs=frozenset({HUB})),
        Claim(devices=frozenset({METER})),
        Claim(pans=frozenset({pan_of(captured_frames())})),
    ],
    ids=["hub", "device", "pan"],
)
def test_own_network_is_kept_from_its_first_frame_that_shows_it(claim: Claim) -> None:
    count, pans = kept(claim)

    assert pans == {pan_of(captured_frames())}
    assert count > len(captured_frames()) * 0.8


def test_network_that_opens_under_a_key_of_ours_is_our_own() -> None:
    capture = parse_capture(captured_home()[0])

    _, pans = kept(Claim(keys=ring_of([], capture.keys)))

    assert pans == {pan_of(capture.frames)}


@pytest.mark.parametrize(
    "claim",
    [
        Claim(hubs=frozenset({OTHER_HUB})),
        Claim(devices=frozenset({OTHER_HUB})),
        Claim(pans=frozenset({PanId(0x7FFF)})),
        Claim(keys=ring_of([(bytes(16), "not theirs")])),
    ],
    ids=["hub", "device", "pan", "key"],
)
def test_of_a_network_of_others_only_beacon_requests_are_kept(claim: Claim) -> None:
    own = OwnNetwork(claim)

    taken = [MacFrame.decode(f.psdu) for f in captured_frames() if own.takes(f.psdu)]

    assert {frame.frame_type for frame in taken} == {FrameType.COMMAND}
    assert {frame.payload for frame in taken} == {b"\x07"}


def test_acknowledgement_is_kept_only_after_a_frame_that_was() -> None:
    frames = captured_frames()
    asking = next(n for n, f in enumerate(frames) if MacFrame.decode(f.psdu).ack_request)
    own = OwnNetwork(Claim(hubs=frozenset({OTHER_HUB})))

    assert not own.takes(frames[asking].psdu)
    assert not own.takes(frames[asking + 1].psdu)


def test_everybody_is_heard_when_that_was_asked_for() -> None:
    count, _ = kept(Claim(everything=True))

    assert count == len(captured_frames())


@given(st.binary(max_size=127))
def test_octets_of_any_kind_are_sorted(octets: bytes) -> None:
    own = OwnNetwork(Claim(hubs=frozenset({HUB}), keys=ring_of([(bytes(16), "a key")])))

    assert own.takes(octets) in (True, False)


def test_claim_that_says_nothing_is_empty() -> None:
    assert Claim().empty
    assert not Claim(everything=True).empty
