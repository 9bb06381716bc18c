import pytest

from emulator.gbcs.asn1.codes import (
    ActivateFirmwareResponseCode,
    JoinResponseCode,
    ProvideCertificateResponseCode,
    ReadVersionResponseCode,
    StatusCode,
    UnjoinResponseCode,
)
from emulator.gbcs.asn1.credentials import (
    ProvideCertificateResponse,
    ProvideCredentialsResponse,
    RemotePartyDetails,
    UpdateCredentialsResponse,
)
from emulator.gbcs.asn1.device_logs import (
    DeviceLogEntry,
    JoinDeviceResponse,
    RestoreDeviceLogResponse,
    RestoreOutcome,
    UnjoinDeviceResponse,
)
from emulator.gbcs.asn1.firmware import (
    ActivateFirmwareResponse,
    ActivationOutcome,
    ReadFirmwareVersionResponse,
)
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.replay.asn1_faults import asn1_faults

ENTRY = DeviceLogEntry(bytes(8), 1)
GOOD, BAD = StatusCode.SUCCESS, StatusCode.TRUST_ANCHOR_NOT_FOUND


@pytest.mark.parametrize(
    ("value", "item"),
    [
        (ProvideCredentialsResponse((RemotePartyDetails(1, GOOD), RemotePartyDetails(2, BAD))), 1),
        (
            RestoreDeviceLogResponse(
                (
                    RestoreOutcome(ENTRY, JoinResponseCode.SUCCESS),
                    RestoreOutcome(ENTRY, JoinResponseCode.DEVICE_LOG_FULL),
                )
            ),
            1,
        ),
        (JoinDeviceResponse(JoinResponseCode.DEVICE_LOG_FULL), 0),
        (UnjoinDeviceResponse(UnjoinResponseCode.NOT_IN_DEVICE_LOG), 0),
        (ProvideCertificateResponse(ProvideCertificateResponseCode.INVALID_KEY_USAGE), 0),
        (ReadFirmwareVersionResponse(bytes(4), ReadVersionResponseCode.READ_FAILURE), 0),
        (
            ActivateFirmwareResponse(
                ActivationOutcome(ActivateFirmwareResponseCode.NO_IMAGE_HELD, bytes(4))
            ),
            0,
        ),
    ],
)
def test_item_that_failed_is_told_by_its_code(value: object, item: int) -> None:
    (fault,) = asn1_faults(Asn1Payload(0x0008, Cra.RESPONSE, value))

    assert fault.item == item
    assert fault.result != 0


@pytest.mark.parametrize(
    "value",
    [
        JoinDeviceResponse(JoinResponseCode.SUCCESS),
        ProvideCertificateResponse(b"certificate"),
        UpdateCredentialsResponse(None),
        ActivateFirmwareResponse(None),
        "something else",
    ],
)
def test_what_went_well_or_waits_tells_of_no_fault(value: object) -> None:
    assert asn1_faults(Asn1Payload(0x0008, Cra.RESPONSE, value)) == ()


def test_fault_is_what_an_executor_is_given() -> None:
    value = UnjoinDeviceResponse(UnjoinResponseCode.NOT_IN_DEVICE_LOG)

    assert asn1_faults(Asn1Payload(0x000F, Cra.RESPONSE, value)) == (
        InjectedFault(0, UnjoinResponseCode.NOT_IN_DEVICE_LOG),
    )
