from emulator.gbcs.asn1.codes import (
    DeviceType,
    JoinMethodAndRole,
    JoinResponseCode,
    ReadLogResponseCode,
    UnjoinResponseCode,
)
from emulator.gbcs.asn1.device_logs import (
    DeviceLogBackupAlert,
    DeviceLogEntry,
    JoinDeviceCommand,
    ReadDeviceLogCommand,
    ReadDeviceLogResponse,
    RestoreDeviceLogResponse,
    RestoreOutcome,
    UnjoinDeviceCommand,
    UnjoinDeviceResponse,
)
from emulator.gbcs.asn1.payload import decode_asn1, encode_asn1
from emulator.gbcs.envelope import Cra

PPMID = bytes.fromhex("00DB123456789099")
ENTRY = DeviceLogEntry(PPMID, DeviceType.PPMID)
ENTRY_OCTETS = bytes.fromhex("30 0D 04 08 00DB123456789099 02 01 05")


def test_join_of_meter_and_ppmid_carries_a_certificate() -> None:
    certificate = bytes.fromhex("30 03 02 01 07")
    command = JoinDeviceCommand(JoinMethodAndRole.METHOD_C, PPMID, DeviceType.PPMID, certificate)

    octets = encode_asn1(0x00AF, Cra.COMMAND, command)

    assert octets == bytes.fromhex("30 15 020103 0408 00DB123456789099 020105 3003020107")
    assert decode_asn1(0x00AF, Cra.COMMAND, octets) == command


def test_unjoining_is_an_entity_and_a_code() -> None:
    command = decode_asn1(0x000F, Cra.COMMAND, b"\x04\x08" + PPMID)
    response = decode_asn1(0x0010, Cra.RESPONSE, bytes.fromhex("02 01 01"))

    assert command == UnjoinDeviceCommand(PPMID)
    assert response == UnjoinDeviceResponse(UnjoinResponseCode.NOT_IN_DEVICE_LOG)


def test_device_log_is_read_by_a_null_and_may_be_absent() -> None:
    failed = decode_asn1(0x0013, Cra.RESPONSE, bytes.fromhex("30 03 02 01 01"))
    read = decode_asn1(0x0013, Cra.RESPONSE, bytes.fromhex("30 14 02 01 00 30 0F") + ENTRY_OCTETS)

    assert encode_asn1(0x0013, Cra.COMMAND, ReadDeviceLogCommand()) == bytes.fromhex("05 00")
    assert failed == ReadDeviceLogResponse(ReadLogResponseCode.READ_FAILURE)
    assert read == ReadDeviceLogResponse(ReadLogResponseCode.SUCCESS, (ENTRY,))


def test_restoring_tells_how_each_entry_went() -> None:
    response = RestoreDeviceLogResponse((RestoreOutcome(ENTRY, JoinResponseCode.DEVICE_LOG_FULL),))

    octets = encode_asn1(0x008C, Cra.RESPONSE, response)

    assert octets == bytes.fromhex("30 16 30 14 30 12") + ENTRY_OCTETS + bytes.fromhex("02 01 04")
    assert decode_asn1(0x008C, Cra.RESPONSE, octets) == response


def test_backup_is_an_alert_with_a_time() -> None:
    octets = (
        bytes.fromhex("30 27 02 03 008071 18 0F")
        + b"20150101000000Z"
        + bytes.fromhex("30 0F")
        + ENTRY_OCTETS
    )

    alert = decode_asn1(0x00B2, Cra.ALERT, octets)

    assert alert == DeviceLogBackupAlert(0x8071, "20150101000000Z", (ENTRY,))
