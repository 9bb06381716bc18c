"""ZCL frames that strategies give are what a cluster reads."""

from hypothesis import given

from emulator.testing.strategies.zcl_strategies import ZclFrame, cluster_commands, zcl_frames
from emulator.zcl.foundation.general_commands import GENERAL_COMMANDS, GeneralCommand
from emulator.zcl.foundation.header import FrameType, ZclHeader
from emulator.zcl.payloads.catalogue import PAYLOADS
from emulator.zcl.primitives import Side

METERING = 0x0702


@given(zcl_frames())
def test_a_frame_comes_back(frame: ZclFrame) -> None:
    header, end = ZclHeader.take(frame.octets)

    if header.frame_type is FrameType.GENERAL:
        payload = GENERAL_COMMANDS[GeneralCommand(header.command)]
    else:
        payload = PAYLOADS[frame.cluster, header.to_side, header.command]
    assert header == frame.header
    assert payload.decode(frame.octets[end:]) == frame.payload


@given(cluster_commands(METERING, Side.CLIENT))
def test_cluster_and_side_are_those_asked_for(frame: ZclFrame) -> None:
    assert frame.cluster == METERING
    assert frame.header.to_side is Side.CLIENT
