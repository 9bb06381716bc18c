"""Spinel frames against octets as zigbee-on-host and OpenThread put them on the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from hardware.spinel.frames import (
    EuiList,
    EuiValue,
    FrameToTransmit,
    PropertyPayload,
    ReceivedFrame,
    ShortList,
    SpinelFrame,
    TransmitDone,
    TransmitSettings,
    TwoPacked,
    command_frame,
    flag,
    property_frame,
)
from hardware.spinel.properties import Command, Property


def test_question_for_the_protocol_version() -> None:
    assert property_frame(1, Command.PROP_VALUE_GET, Property.PROTOCOL_VERSION).hex() == "810201"


def test_property_beyond_127_takes_two_octets() -> None:
    frame = property_frame(3, Command.PROP_VALUE_SET, Property.MAC_SRC_MATCH_ENABLED, flag(True))

    # header, command, property 4867 packed, value
    assert frame.hex() == "8303832601"


def test_reset_names_its_extent() -> None:
    assert command_frame(0, Command.RESET, bytes((2,))).hex() == "800102"


def test_eui64_is_sent_most_significant_octet_first() -> None:
    assert EuiValue(Eui64(0x00124B0011223344)).encode().hex() == "00124b0011223344"
    assert EuiList((Eui64(1),)).encode().hex() == "0000000000000001"
    assert ShortList((0x1234, 2)).encode().hex() == "34120200"


def test_frame_of_zigbee_on_host_is_understood() -> None:
    """STREAM_RAW as zigbee-on-host 0.2.4 writes it: PSDU, channel 15, back-offs, retries."""
    value = bytes.fromhex("0500 0200160fc0 0f 01 04 01 01 00 01 00000000 00000000 0f")

    frame = FrameToTransmit.decode(value)

    assert (frame.psdu.hex(), frame.channel) == ("0200160fc0", 15)
    assert TransmitSettings.decode(frame.settings) == TransmitSettings(1, 4, 1, 1, 0, 1, 0, 0, 15)


def test_received_frame_carries_strength_and_quality() -> None:
    value = bytes.fromhex("0200 aabb c4 80 1000 0a00 0f ff 0100000000000000 0100 00")

    frame = ReceivedFrame.decode(value)

    assert (frame.psdu.hex(), frame.rssi, frame.flags) == ("aabb", -60, 0x10)
    assert frame.phy.hex() == "0fff0100000000000000"


def test_end_of_a_transmission_tells_the_pending_bit() -> None:
    done = TransmitDone.decode(bytes.fromhex("00 01 00"))

    assert (done.status, done.frame_pending) == (0, 1)


@given(st.binary(max_size=40))
@pytest.mark.parametrize(
    "form", [SpinelFrame, PropertyPayload, ReceivedFrame, FrameToTransmit, TransmitDone, TwoPacked]
)
def test_decoding_is_total(form: type[SpinelFrame], octets: bytes) -> None:
    try:
        value = form.decode(octets)
    except WireError:
        return
    assert form.decode(value.encode()) == value
