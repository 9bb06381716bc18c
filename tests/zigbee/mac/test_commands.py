import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.zigbee.addresses import COORDINATOR, NwkAddress, PanId
from emulator.zigbee.mac.commands import (
    AssociationRequest,
    AssociationResponse,
    BeaconRequest,
    Command,
    CoordinatorRealignment,
    DataRequest,
    DisassociationNotification,
    DisassociationReason,
    GtsRequest,
    OrphanNotification,
    PanIdConflictNotification,
    decode_command,
    encode_command,
)
from emulator.zigbee.mac.primitives import AssociationStatus, CapabilityInformation

CHILD = NwkAddress(0x1234)

# IEEE 802.15.4-2006 Table 82 and the figures of 7.3, octet by octet.
VECTORS: dict[str, Command] = {
    "01 8e": AssociationRequest(CapabilityInformation()),
    "01 80": AssociationRequest(
        CapabilityInformation(
            full_function_device=False, mains_powered=False, rx_on_when_idle=False
        )
    ),
    "02 3412 00": AssociationResponse(CHILD, AssociationStatus.SUCCESS),
    "02 ffff 02": AssociationResponse(NwkAddress(0xFFFF), AssociationStatus.PAN_ACCESS_DENIED),
    "03 02": DisassociationNotification(DisassociationReason.DEVICE_WISHES),
    "04": DataRequest(),
    "05": PanIdConflictNotification(),
    "06": OrphanNotification(),
    "07": BeaconRequest(),
    "08 175a 0000 0f 3412": CoordinatorRealignment(PanId(0x5A17), COORDINATOR, 15, CHILD),
    "08 175a 0000 0f 3412 00": CoordinatorRealignment(
        PanId(0x5A17), COORDINATOR, 15, CHILD, b"\x00"
    ),
    "09 35": GtsRequest(length=5, receive=True, allocate=True),
}


@pytest.mark.parametrize(("text", "command"), VECTORS.items(), ids=VECTORS)
def test_command_is_these_octets(text: str, command: Command) -> None:
    assert encode_command(command) == bytes.fromhex(text)
    assert decode_command(bytes.fromhex(text)) == command


def test_unknown_status_is_kept_and_named_unknown() -> None:
    response = decode_command(bytes.fromhex("02 ffff 77"))

    assert isinstance(response, AssociationResponse)
    assert response.status.name == "unknown(0x77)"


REFUSED = {
    "": "1 octet wanted",
    "00": "0x00 is no command",
    "0a": "0x0a is no command",
    "02 3412": "AssociationResponse.status",
    "04 00": "1 octets left over",
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items(), ids=REFUSED)
def test_payload_that_is_no_command_is_refused(text: str, message: str) -> None:
    with pytest.raises(WireError, match=message):
        decode_command(bytes.fromhex(text))


@given(st.sampled_from([type(each) for each in VECTORS.values()]).flatmap(structs))
def test_every_command_comes_back_from_its_octets(command: Command) -> None:
    assert decode_command(encode_command(command)) == command


@given(any_octets())
def test_any_octets_are_a_command_or_a_wire_error(data: bytes) -> None:
    try:
        command = decode_command(data)
    except WireError:
        return
    assert encode_command(command) == data
