from collections.abc import Callable

import pytest
from hypothesis import given

from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import NwkAddress, PanId
from emulator.zigbee.mac.frames import (
    AddressingMode,
    Beacon,
    FrameType,
    FrameVersion,
    GtsDescriptor,
    MacFrame,
    SuperframeSpecification,
    decode_frame,
)


def octets(text: str) -> bytes:
    return bytes.fromhex(text)


def test_data_frame_within_one_pan() -> None:
    frame = decode_frame(
        octets(
            "6188"  # data, acknowledgement asked for, one PAN, short to short
            "2a"  # sequence number
            "175a"  # PAN
            "3412"  # destination
            "0000"  # source
            "48 02"  # payload
        )
    )

    assert frame == MacFrame(
        FrameType.DATA,
        ack_request=True,
        pan_id_compression=True,
        destination_mode=AddressingMode.SHORT,
        source_mode=AddressingMode.SHORT,
        sequence=0x2A,
        destination_pan=PanId(0x5A17),
        destination_short=NwkAddress(0x1234),
        source_short=NwkAddress(0),
        payload=octets("4802"),
    )


def test_frame_between_two_pans_by_eui64() -> None:
    frame = decode_frame(
        octets(
            "21dc"  # data, acknowledgement asked for, extended to extended, version 2006
            "01"  # sequence number
            "175a"  # destination PAN
            "a190785634 12db00"  # destination
            "ffff"  # source PAN
            "a290785634 12db00"  # source
        )
    )

    assert frame.frame_version is FrameVersion.V2006
    assert frame.destination_pan == 0x5A17
    assert frame.destination_extended == 0x00DB1234567890A1
    assert frame.source_pan == 0xFFFF
    assert frame.source_extended == 0x00DB1234567890A2
    assert frame.payload == b""


def test_acknowledgement_is_a_header_alone() -> None:
    frame = decode_frame(octets("1200 5c"))

    assert frame == MacFrame(FrameType.ACKNOWLEDGMENT, frame_pending=True, sequence=0x5C)


REFUSED = {
    "no octets": ("", r"MacFrame\.\w+ at byte 0"),
    "frame type 5": ("0500 01", "FrameType"),
    "addressing mode 1": ("0104 01", "AddressingMode"),
    "frame version of 2015": ("0320 01 07", "frame_version"),
    "MAC security": ("0980 01 175a 0000", "MAC security"),
    "source cut off": ("4188 01 175a 3412 00", "MacFrame.source_short at byte 7"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_frame_this_mac_does_not_read_is_refused(text: str, message: str) -> None:
    with pytest.raises(WireError, match=message):
        decode_frame(octets(text))


def test_beacon_of_a_router_in_a_zigbee_pan() -> None:
    beacon = Beacon.decode(
        octets(
            "ff8f"  # orders 15, final slot 15, association permitted
            "00"  # no guaranteed time slots
            "00"  # nobody pending
            "00 22 84"  # payload
        )
    )

    assert beacon == Beacon(
        SuperframeSpecification(association_permit=True), payload=octets("002284")
    )


def test_beacon_with_time_slots_and_pending_addresses() -> None:
    beacon = Beacon.decode(
        octets(
            "86cf"  # orders 6 and 8, final slot 15, coordinator, association permitted
            "81"  # one time slot, permitted
            "01"  # it receives
            "3412 52"  # device, slot 2, length 5
            "11"  # one short, one extended address
            "7856"
            "a190785634 12db00"
        )
    )

    assert beacon.superframe.beacon_order == 6
    assert beacon.superframe.superframe_order == 8
    assert beacon.gts_permit
    assert beacon.gts_list == (GtsDescriptor(NwkAddress(0x1234), 2, 5),)
    assert beacon.short_pending == (0x5678,)
    assert beacon.extended_pending == (0x00DB1234567890A1,)


@given(structs(MacFrame))
def test_every_frame_comes_back_from_its_octets(frame: MacFrame) -> None:
    assert MacFrame.decode(frame.encode()) == frame


@given(structs(Beacon))
def test_every_beacon_comes_back_from_its_octets(beacon: Beacon) -> None:
    assert Beacon.decode(beacon.encode()) == beacon


@pytest.mark.parametrize("decode", [decode_frame, Beacon.decode])
@given(data=any_octets())
def test_any_octets_are_a_value_or_a_wire_error(
    decode: Callable[[bytes], Struct], data: bytes
) -> None:
    try:
        value = decode(data)
    except WireError:
        return
    assert value.encode() == data
