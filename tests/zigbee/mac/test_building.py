import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.radio.port import Channel
from emulator.zigbee.addresses import NwkAddress, PanId
from emulator.zigbee.mac.building import (
    association_request_frame,
    association_response_frame,
    beacon_frame,
    beacon_request_frame,
    data_frame,
    data_request_frame,
)
from emulator.zigbee.mac.commands import AssociationResponse
from emulator.zigbee.mac.frames import MacFrame
from emulator.zigbee.mac.pib import UNASSOCIATED, MacPib
from emulator.zigbee.mac.primitives import (
    AssociationStatus,
    CapabilityInformation,
    McpsDataRequest,
    MlmeAssociateRequest,
)

PAN = PanId(0x5A17)
PARENT = NwkAddress(0x0000)
CHILD = NwkAddress(0x1234)
JOINER = Eui64(0x00DB1234567890A1)


@pytest.fixture
def pib() -> MacPib:
    made = MacPib(Eui64(0x00DB1234567890A0), Stream("pib"))
    made.pan_id = PAN
    made.short_address = CHILD
    return made


def octets(frame: MacFrame) -> str:
    """The frame with `..` for its sequence number."""
    text = frame.encode().hex()
    return f"{text[:4]} .. {text[6:]}"


def test_data_names_one_pan_and_asks_for_an_acknowledgement(pib: MacPib) -> None:
    frame = data_frame(pib, McpsDataRequest(1, PARENT, b"\x48\x02"))

    assert octets(frame) == "6188 .. 175a000034124802"


def test_broadcast_asks_for_no_acknowledgement(pib: MacPib) -> None:
    frame = data_frame(pib, McpsDataRequest(1, NwkAddress(0xFFFF), b"\x48\x02"))

    assert octets(frame) == "4188 .. 175affff34124802"


def test_data_of_a_device_without_short_address_comes_from_its_eui64(pib: MacPib) -> None:
    pib.short_address = NwkAddress(0xFFFE)

    frame = data_frame(pib, McpsDataRequest(1, PARENT, b"\x48\x02", ack=False))

    assert octets(frame) == "41c8 .. 175a0000a09078563412db004802"


def test_beacon_says_who_coordinates_and_whether_it_permits(pib: MacPib) -> None:
    pib.short_address = PARENT
    pib.coordinator = pib.association_permit = True
    pib.beacon_payload = b"\x00\x22"

    assert octets(beacon_frame(pib)) == "0080 .. 175a0000ffcf00000022"


def test_beacon_request_is_for_everybody_from_nobody(pib: MacPib) -> None:
    assert octets(beacon_request_frame(pib)) == "0308 .. ffffffff07"


def test_association_request_comes_from_pan_ffff_by_eui64(pib: MacPib) -> None:
    request = MlmeAssociateRequest(Channel(0, 11), PAN, PARENT, CapabilityInformation())

    frame = association_request_frame(pib, request)

    assert octets(frame) == "23c8 .. 175a0000ffffa09078563412db00018e"


def test_association_response_goes_from_eui64_to_eui64(pib: MacPib) -> None:
    response = AssociationResponse(CHILD, AssociationStatus.SUCCESS)

    frame = association_response_frame(pib, JOINER, response)

    assert octets(frame) == "63cc .. 175aa19078563412db00a09078563412db0002341200"


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (CHILD, "6388 .. 175a0000341204"),
        (UNASSOCIATED, "63c8 .. 175a0000a09078563412db0004"),
        (NwkAddress(0xFFFE), "63c8 .. 175a0000a09078563412db0004"),
    ],
)
def test_data_request_names_us_as_the_parent_knows_us(
    pib: MacPib, address: NwkAddress, wanted: str
) -> None:
    pib.short_address = address

    assert octets(data_request_frame(pib, PAN, PARENT)) == wanted


def test_sequence_numbers_of_beacons_and_other_frames_count_apart(pib: MacPib) -> None:
    frames = [beacon_frame(pib), beacon_request_frame(pib), beacon_request_frame(pib)]
    last = beacon_frame(pib)

    assert last.sequence == (frames[0].sequence + 1) % 256
    assert frames[2].sequence == (frames[1].sequence + 1) % 256
