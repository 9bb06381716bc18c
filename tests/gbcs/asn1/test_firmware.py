import pytest

from emulator.gbcs.asn1.codes import (
    ActivateFirmwareResponseCode,
    ActivateImageResult,
    ReadVersionResponseCode,
    TransferResponseCode,
)
from emulator.gbcs.asn1.firmware import (
    ActivateFirmwareAlert,
    ActivateFirmwareCommand,
    ActivateFirmwareResponse,
    ActivateImageAlert,
    ActivationOutcome,
    FirmwareTransferAlert,
    ReadFirmwareVersionCommand,
    ReadFirmwareVersionResponse,
)
from emulator.gbcs.asn1.payload import decode_asn1, encode_asn1
from emulator.gbcs.envelope import Cra
from emulator.kernel.errors import WireError

HASH = bytes(range(32))
VERSION = bytes.fromhex("0123ABCD")
TIME = "20300101000000Z"
TIME_OCTETS = b"\x18\x0f" + TIME.encode()
DONE = ActivationOutcome(ActivateFirmwareResponseCode.SUCCESS, VERSION)
DONE_OCTETS = bytes.fromhex("30 09 02 01 00 04 04 0123ABCD")


def test_activation_names_the_hash_and_may_name_a_time() -> None:
    at_once = ActivateFirmwareCommand(HASH, 1000)
    later = ActivateFirmwareCommand(HASH, 1000, TIME)

    octets = encode_asn1(0x0012, Cra.COMMAND, at_once)

    assert octets == bytes.fromhex("30 26 04 20") + HASH + bytes.fromhex("02 02 03E8")
    assert decode_asn1(0x0012, Cra.COMMAND, encode_asn1(0x0012, Cra.COMMAND, later)) == later


def test_hash_of_another_length_is_refused() -> None:
    with pytest.raises(WireError, match="31 octets, expected 32"):
        decode_asn1(0x0012, Cra.COMMAND, bytes.fromhex("30 24 04 1F") + HASH[:31] + b"\x02\x01\x01")


def test_response_is_null_while_the_command_waits() -> None:
    waiting = decode_asn1(0x0012, Cra.RESPONSE, bytes.fromhex("05 00"))
    done = decode_asn1(0x0012, Cra.RESPONSE, DONE_OCTETS)

    assert waiting == ActivateFirmwareResponse(None)
    assert done == ActivateFirmwareResponse(DONE)


def test_outcome_of_a_command_that_waited_comes_as_an_alert() -> None:
    octets = (
        bytes.fromhex("30 25 02 03 008F66") + TIME_OCTETS + bytes.fromhex("02 02 03E9")
    ) + DONE_OCTETS

    alert = decode_asn1(0x00CA, Cra.ALERT, octets)

    assert alert == ActivateFirmwareAlert(0x8F66, TIME, 1001, DONE)


def test_version_of_a_display_is_read_by_a_null() -> None:
    response = decode_asn1(0x0129, Cra.RESPONSE, bytes.fromhex("30 09 04 04 00000000 02 01 01"))

    assert encode_asn1(0x0129, Cra.COMMAND, ReadFirmwareVersionCommand()) == b"\x05\x00"
    assert response == ReadFirmwareVersionResponse(bytes(4), ReadVersionResponseCode.READ_FAILURE)


def test_alerts_tell_how_an_image_arrived_and_started() -> None:
    moved = FirmwareTransferAlert(
        0x8F8A, TIME, bytes(8), VERSION, TransferResponseCode.IMAGE_DISCARDED
    )
    started = ActivateImageAlert(0x8F8B, TIME, VERSION, ActivateImageResult.FAILURE)

    moved_octets = encode_asn1(0x0128, Cra.ALERT, moved)
    started_octets = encode_asn1(0x012B, Cra.ALERT, started)

    assert moved_octets == bytes.fromhex("30 29 02 03 008F8A") + TIME_OCTETS + bytes.fromhex(
        "04 08 0000000000000000 04 04 0123ABCD 02 01 01"
    )
    assert started_octets == bytes.fromhex("30 1F 02 03 008F8B") + TIME_OCTETS + bytes.fromhex(
        "04 04 0123ABCD 02 01 01"
    )
