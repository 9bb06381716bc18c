import json
from typing import Any

import pytest

from emulator.gbcs.asn1.codes import (
    CellUsage,
    CredentialsReplacementMode,
    IssueCredentialsResponseCode,
    KeyUsage,
)
from emulator.gbcs.asn1.credentials import (
    AuthorisingControl,
    IssueCredentialsResponse,
    ProvideCredentialsCommand,
    TrustAnchorCell,
    UpdateCredentialsCommand,
)
from emulator.gbcs.asn1.firmware import ActivateFirmwareResponse, ReadFirmwareVersionCommand
from emulator.gbcs.asn1.gas_clock import SetTimeCommand
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.asn1.tlv import Lengths
from emulator.gbcs.envelope import Cra
from emulator.gbcs.json_form.asn1 import asn1_document, asn1_from
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import UsageError

CELL = TrustAnchorCell(RemotePartyRole.SUPPLIER, KeyUsage.DIGITAL_SIGNATURE)
ASKS = Asn1Payload(
    0x0008, Cra.COMMAND, ProvideCredentialsCommand(CELL, (RemotePartyRole.SUPPLIER, 99))
)
CONTROL = AuthorisingControl(
    mode=CredentialsReplacementMode.SUPPLIER_BY_SUPPLIER, sequence_number=5, cell=CELL
)


def test_codes_and_bits_stand_under_their_names() -> None:
    assert asn1_document(ASKS) == {
        "value": {
            "authorising_cell": {
                "remote_party_role": "supplier",
                "key_usage": ["digital_signature"],
            },
            "roles": ["supplier", 99],
        }
    }


@pytest.mark.parametrize(
    "payload",
    [
        ASKS,
        Asn1Payload(0x0103, Cra.COMMAND, UpdateCredentialsCommand(CONTROL, (), ()), Lengths.LONG),
        Asn1Payload(
            0x0008,
            Cra.COMMAND,
            ProvideCredentialsCommand(
                TrustAnchorCell(RemotePartyRole.ROOT, 0x81, CellUsage.PREPAYMENT_TOP_UP), ()
            ),
        ),
        Asn1Payload(0x000A, Cra.RESPONSE, IssueCredentialsResponse(b"\x30\x00")),
        Asn1Payload(
            0x000A,
            Cra.RESPONSE,
            IssueCredentialsResponse(next(iter(IssueCredentialsResponseCode))),
        ),
        Asn1Payload(0x0012, Cra.RESPONSE, ActivateFirmwareResponse(None)),
        Asn1Payload(0x0129, Cra.COMMAND, ReadFirmwareVersionCommand()),
        Asn1Payload(0x007F, Cra.COMMAND, SetTimeCommand("20260101000000Z", "20260102000000Z")),
    ],
)
def test_a_payload_comes_back_through_text(payload: Asn1Payload) -> None:
    document = json.loads(json.dumps(asn1_document(payload)))

    again = asn1_from(document, payload.message_code, payload.cra, "asn1")

    assert again == payload
    assert again.encode() == payload.encode()


CELL_DOCUMENT = {"remote_party_role": "supplier", "key_usage": ["digital_signature"]}


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({}, "asn1.value"),
        ({"value": {}}, "asn1.value.authorising_cell"),
        ({"value": {"authorising_cell": CELL_DOCUMENT, "roles": "all"}}, "asn1.value.roles"),
        ({"value": {"authorising_cell": CELL_DOCUMENT, "roles": [-1]}}, r"asn1.value.roles\[0\]"),
        (
            {"value": {"authorising_cell": CELL_DOCUMENT, "roles": ["king"]}},
            r"asn1.value.roles\[0\]",
        ),
        ({"value": {"cell": {}}}, "asn1.value"),
        (
            {"value": {"authorising_cell": CELL_DOCUMENT | {"key_usage": ["x"]}, "roles": []}},
            "asn1.value.authorising_cell.key_usage",
        ),
        ({"lengths": "short"}, "asn1.lengths"),
    ],
)
def test_a_document_of_another_shape_is_refused_with_its_place(
    document: dict[str, Any], place: str
) -> None:
    with pytest.raises(UsageError, match=f"^{place}: found "):
        asn1_from(document, 0x0008, Cra.COMMAND, "asn1")


def test_a_message_without_asn1_payload_is_refused() -> None:
    with pytest.raises(UsageError, match="expected a message whose payload is ASN"):
        asn1_from({"value": {}}, 0x0019, Cra.COMMAND, "asn1")


def test_octets_are_refused_where_nothing_stands() -> None:
    with pytest.raises(UsageError, match=r"^asn1\.value\.request: found '00', expected null"):
        asn1_from({"value": {"request": "00"}}, 0x0129, Cra.COMMAND, "asn1")
