import pytest

from emulator.dcc.commands.outcome import successful
from emulator.dlms.access import AccessResponse, Outcome
from emulator.dlms.data import NULL
from emulator.dlms.descriptors import AccessKind
from emulator.dlms.notification import DataNotification
from emulator.gbcs.asn1.codes import (
    ActivateFirmwareResponseCode,
    CredentialsReplacementMode,
    JoinResponseCode,
    StatusCode,
)
from emulator.gbcs.asn1.credentials import (
    IssueCredentialsResponse,
    ProvideCredentialsResponse,
    RemotePartyDetails,
    ReplacementOutcome,
    TrustAnchorCell,
    UpdateCredentialsOutcome,
    UpdateCredentialsResponse,
)
from emulator.gbcs.asn1.device_logs import (
    DeviceLogEntry,
    JoinDeviceResponse,
    RestoreDeviceLogResponse,
    RestoreOutcome,
)
from emulator.gbcs.asn1.firmware import ActivateFirmwareResponse, ActivationOutcome
from emulator.gbcs.asn1.gas_clock import SetTimeResponse
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import GbzAlert
from emulator.gbcs.gbz_component import AdditionalHeader, GbzComponent
from emulator.gbcs.payload import decode_payload
from emulator.testing.judges.reference_data import reference_messages
from emulator.zcl.foundation.header import FrameType, header
from emulator.zcl.primitives import Side

CELL = TrustAnchorCell(2, 0x80)
ENTRY = DeviceLogEntry(bytes(8), 6)


@pytest.mark.parametrize(("results", "good"), [((), True), ((0, 0), True), ((0, 250), False)])
def test_access_response_is_good_when_every_item_is(results: tuple[int, ...], good: bool) -> None:
    outcomes = tuple(Outcome(AccessKind.GET, result) for result in results)

    assert successful(AccessResponse(1, (NULL,) * len(results), outcomes)) is good


def component(command: int, payload: str, frame_type: FrameType = FrameType.GENERAL) -> GbzPayload:
    made = header(frame_type, Side.CLIENT, 1, command)
    return GbzPayload((GbzComponent(0x0702, made, bytes.fromhex(payload)),))


@pytest.mark.parametrize(
    ("payload", "good"),
    [
        (component(0x0B, "06 00"), True),  # default response: success
        (component(0x0B, "06 8B"), True),  # there is no such entry
        (component(0x0B, "06 01"), False),  # failure
        (component(0x0B, "06"), False),  # no default response at all
        (component(0x01, "0400 86"), True),  # read: unsupported attribute
        (component(0x01, "0400 7E"), False),  # read: not authorised
        (component(0x06, "", FrameType.CLUSTER), True),  # an answer of the cluster
        (GbzPayload((), GbzAlert(0x8F66, 0)), False),  # no answer
    ],
)
def test_gbz_answer_is_good_when_every_component_is(payload: GbzPayload, good: bool) -> None:
    assert successful(payload) is good


def test_encrypted_component_says_nothing_bad() -> None:
    made = GbzComponent(
        0x0702,
        header(FrameType.GENERAL, Side.CLIENT, 1, 0x0B),
        b"block",
        additional_header=AdditionalHeader(0, 0),
    )

    assert successful(GbzPayload((made,)))


def replaced(status: int) -> UpdateCredentialsResponse:
    outcome = ReplacementOutcome(CELL, status, b"", b"", b"", b"")
    mode = CredentialsReplacementMode.SUPPLIER_BY_TRANSCOS
    return UpdateCredentialsResponse(None, UpdateCredentialsOutcome(1, mode, (), (outcome,)))


@pytest.mark.parametrize(
    ("value", "good"),
    [
        (JoinDeviceResponse(0), True),
        (JoinDeviceResponse(4), False),
        (SetTimeResponse("20260101000000Z", 0), True),
        (SetTimeResponse("20260101000000Z", 2), False),
        (IssueCredentialsResponse(b""), True),
        (IssueCredentialsResponse(1), False),
        (replaced(0), True),
        (replaced(StatusCode.BAD_CERTIFICATE), False),
        (UpdateCredentialsResponse(None), True),
        (ProvideCredentialsResponse((RemotePartyDetails(2, 0),)), True),
        (ProvideCredentialsResponse((RemotePartyDetails(2, 25),)), False),
        (ActivateFirmwareResponse(None), True),
        (
            ActivateFirmwareResponse(
                ActivationOutcome(ActivateFirmwareResponseCode.HASH_MISMATCH, b"")
            ),
            False,
        ),
        (RestoreDeviceLogResponse((RestoreOutcome(ENTRY, JoinResponseCode.SUCCESS),)), True),
        (RestoreDeviceLogResponse((RestoreOutcome(ENTRY, 4),)), False),
    ],
)
def test_asn1_answer_is_good_by_its_own_code(value: object, good: bool) -> None:
    assert successful(Asn1Payload(0x000D, Cra.RESPONSE, value)) is good


def test_notification_is_no_answer() -> None:
    assert not successful(DataNotification(1, NULL))


def test_reference_answers_are_good_or_bad_as_their_names_say() -> None:
    wrong = [
        each.name
        for each in reference_messages()
        if "RESPONSE" in each.name
        and successful(decode_payload(Message.decode(each.octets))) is ("ERROR" in each.name)
    ]

    assert len(wrong) <= KNOWN_EXCEPTIONS, "\n".join(wrong)


KNOWN_EXCEPTIONS = 16
"""Errors that only encrypted data or a later alert tell, and answers of gas meters whose success
is a number of the cluster's own."""
