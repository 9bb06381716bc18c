from emulator.gbcs.asn1.codes import (
    CellUsage,
    CpvChecks,
    CredentialsReplacementMode,
    IssueCredentialsResponseCode,
    KeyUsage,
    SequenceNumberUsage,
    StatusCode,
)
from emulator.gbcs.asn1.credentials import (
    AuthorisingControl,
    IssueCredentialsResponse,
    ProvideCredentialsCommand,
    ProvideCredentialsResponse,
    RemotePartyDetails,
    SequenceNumberChange,
    SpecialistSequenceNumber,
    TrustAnchorCell,
    TrustAnchorReplacement,
    UpdateCredentialsCommand,
    UpdateCredentialsResponse,
)
from emulator.gbcs.asn1.payload import decode_asn1, encode_asn1
from emulator.gbcs.envelope import Cra
from emulator.gbcs.remote_party_role import RemotePartyRole

CERTIFICATE = bytes.fromhex("30 03 02 01 07")
SUPPLIER_SIGNS = TrustAnchorCell(RemotePartyRole.SUPPLIER, KeyUsage.DIGITAL_SIGNATURE)
SUPPLIER_TOPS_UP = TrustAnchorCell(
    RemotePartyRole.SUPPLIER, KeyUsage.KEY_AGREEMENT, CellUsage.PREPAYMENT_TOP_UP
)


def test_reading_credentials_names_who_asks_and_the_roles() -> None:
    octets = bytes.fromhex(
        "30 11"
        "30 07 020104 03020308"  # the access control broker's key agreement cell
        "30 06 020102 020103"  # supplier, network operator
    )

    command = decode_asn1(0x0008, Cra.COMMAND, octets)

    broker = TrustAnchorCell(RemotePartyRole.ACCESS_CONTROL_BROKER, KeyUsage.KEY_AGREEMENT)
    roles = (RemotePartyRole.SUPPLIER, RemotePartyRole.NETWORK_OPERATOR)
    assert command == ProvideCredentialsCommand(broker, roles)


def test_role_whose_credentials_are_not_told_has_a_status_only() -> None:
    octets = bytes.fromhex("30 08 30 06 02 01 03 0A 01 19")

    response = decode_asn1(0x011B, Cra.RESPONSE, octets)

    detail = RemotePartyDetails(RemotePartyRole.NETWORK_OPERATOR, StatusCode.TRUST_ANCHOR_NOT_FOUND)
    assert response == ProvideCredentialsResponse((detail,))


def test_replacing_credentials_has_context_tags_from_0_to_6() -> None:
    floors = (SpecialistSequenceNumber(SequenceNumberUsage.PREPAYMENT_TOP_UP, 9),)
    command = UpdateCredentialsCommand(
        AuthorisingControl(
            mode=CredentialsReplacementMode.SUPPLIER_BY_TRANSCOS,
            plaintext_symmetric_key=b"\xaa",
            cpv_checks=CpvChecks.DISAPPLY,
            cell=SUPPLIER_SIGNS,
            sequence_number=1000,
            floor=0,
            specialist_floors=floors,
            other_changes=(SequenceNumberChange(RemotePartyRole.SUPPLIER, 0, floors),),
        ),
        (TrustAnchorReplacement(CERTIFICATE, SUPPLIER_TOPS_UP),),
        (CERTIFICATE,),
        "99991231235959Z",
    )

    octets = encode_asn1(0x0107, Cra.COMMAND, command)

    assert octets.hex() == (
        "3066"
        "3037"
        "020107"  # mode
        "8001aa"  # [0] plaintext symmetric key
        "810101"  # [1] CPV checks disapplied
        "a20702010203020780"  # [2] cell
        "830203e8"  # [3] sequence number
        "840100"  # [4] floor
        "a5083006020100020109"  # [5] specialist floors
        "a612" "3010020102020100" "30083006020100020109"  # [6] other changes
        "3013" "3011" "3003020107" "300a02010203020308020101"  # replacement
        "3005" "3003020107"  # path certificates
        "180f39393939313233313233353935395a"
    )  # fmt: skip
    assert decode_asn1(0x0107, Cra.COMMAND, octets) == command


def test_response_of_a_command_that_waits_has_no_outcome() -> None:
    response = decode_asn1(0x0102, Cra.RESPONSE, bytes.fromhex("30 02 05 00"))

    assert response == UpdateCredentialsResponse(None)


def test_certification_request_and_its_refusal_are_told_apart() -> None:
    refused = decode_asn1(0x000A, Cra.RESPONSE, bytes.fromhex("02 01 03"))
    issued = decode_asn1(0x000A, Cra.RESPONSE, CERTIFICATE)

    assert refused == IssueCredentialsResponse(IssueCredentialsResponseCode.CR_PRODUCTION_FAILED)
    assert issued == IssueCredentialsResponse(CERTIFICATE)
