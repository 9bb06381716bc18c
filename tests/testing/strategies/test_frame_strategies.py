"""Frames that strategies give are what the layers read."""

from hypothesis import given

from emulator.testing.strategies.frame_strategies import (
    DrawnFrame,
    aps_commands,
    aps_frames,
    mac_commands,
    mac_frames,
    nwk_commands,
    nwk_frames,
)
from emulator.zigbee.aps.commands import decode_command as decode_aps
from emulator.zigbee.aps.frames import ApsHeader
from emulator.zigbee.mac.commands import decode_command as decode_mac
from emulator.zigbee.mac.frames import MacFrame
from emulator.zigbee.nwk.commands import decode_command as decode_nwk
from emulator.zigbee.nwk.frames import FrameType, NwkHeader


@given(mac_frames())
def test_a_mac_frame_comes_back(frame: MacFrame) -> None:
    assert MacFrame.decode(frame.encode()) == frame


@given(nwk_frames())
def test_a_nwk_frame_comes_back_and_a_command_is_one(frame: DrawnFrame) -> None:
    header, end = NwkHeader.take(frame.octets)

    assert (header, frame.octets[end:]) == (frame.header, frame.payload)
    if header.frame_type is FrameType.COMMAND:
        decode_nwk(frame.payload)


@given(aps_frames(security=False))
def test_an_aps_frame_comes_back(frame: DrawnFrame) -> None:
    header, end = ApsHeader.take(frame.octets)

    assert not header.security
    assert (header, frame.octets[end:]) == (frame.header, frame.payload)


@given(mac_commands(), nwk_commands(), aps_commands())
def test_commands_are_those_of_their_layer(mac: bytes, nwk: bytes, aps: bytes) -> None:
    decode_mac(mac)
    decode_nwk(nwk)
    decode_aps(aps)
