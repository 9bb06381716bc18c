import pytest

from emulator.dcc.alerts.updated_credentials import updated_credentials
from emulator.gbcs.asn1.codes import CellUsage, CredentialsReplacementMode, KeyUsage
from emulator.gbcs.asn1.credentials import (
    AuthorisingControl,
    SequenceNumberChange,
    SpecialistSequenceNumber,
    TrustAnchorCell,
    TrustAnchorReplacement,
    UpdateCredentialsCommand,
)
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.pki import make_pki
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.identity import Eui64

CODE = 0x0102
CERTIFICATE = next(
    each.certificate for each in make_pki(1, ()).keys if each.certificate is not None
)
SIGNING, AGREEMENT = KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT


def replaced(role: int, usage: int, cell: int = CellUsage.MANAGEMENT) -> TrustAnchorReplacement:
    return TrustAnchorReplacement(CERTIFICATE.der, TrustAnchorCell(role, usage, cell))


def message(*replacements: TrustAnchorReplacement, **control: object) -> Message:
    whole = UpdateCredentialsCommand(
        AuthorisingControl(
            mode=CredentialsReplacementMode.SUPPLIER_BY_SUPPLIER,
            sequence_number=1,
            **control,  # type: ignore[arg-type]  # by keyword
        ),
        replacements,
        (),
    )
    return Message(
        cra=Cra.COMMAND,
        counter=1,
        originator=Eui64(1),
        recipient=Eui64(0x10),
        date_time=b"",
        other_information=OtherInformation(CODE),
        payload=Asn1Payload(CODE, Cra.COMMAND, whole).encode(),
    )


SUPPLIER = (
    replaced(RemotePartyRole.SUPPLIER, SIGNING),
    replaced(RemotePartyRole.SUPPLIER, AGREEMENT),
    replaced(RemotePartyRole.SUPPLIER, AGREEMENT, CellUsage.PREPAYMENT_TOP_UP),
)


def test_each_certificate_is_told_by_its_hash() -> None:
    (told,) = updated_credentials(message(*SUPPLIER))

    certificates = told["Certificates"]
    assert isinstance(certificates, tuple)
    assert told["DeviceID"] == "00-00-00-00-00-00-00-10"
    assert told["RemotePartyRole"] == "Supplier"
    assert "RemotePartySeqNumberChange" not in told
    assert [each["CertificateType"] for each in certificates] == [
        "DigitalSigning",
        "KeyAgreement",
        "KeyAgreementTopUp",
    ]
    assert len({each["CertificateHash"] for each in certificates}) == 1


def test_the_floors_are_those_of_the_party_that_is_replaced() -> None:
    top_up = (SpecialistSequenceNumber(0, 7),)
    other = SequenceNumberChange(RemotePartyRole.NETWORK_OPERATOR, 9)
    operator = replaced(RemotePartyRole.NETWORK_OPERATOR, SIGNING)
    made = message(*SUPPLIER, operator, floor=5, specialist_floors=top_up, other_changes=(other,))

    told = [each["RemotePartySeqNumberChange"] for each in updated_credentials(made)]

    supplier = {"RemotePartyFloorSeqNumber": 5, "RemotePartyPrepaymentTopUpFloorSeqNumber": 7}
    assert told == [supplier, {"RemotePartyFloorSeqNumber": 9}]


@pytest.mark.parametrize(
    "made",
    [
        message(),
        message(replaced(RemotePartyRole.WAN_PROVIDER, SIGNING)),
    ],
)
def test_nothing_is_told_of_what_is_not_done_or_has_no_name(made: Message) -> None:
    assert updated_credentials(made) == ()
