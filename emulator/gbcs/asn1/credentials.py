"""Security credentials: reading and replacing trust anchors and certificates (CS02a to CS02g)."""

from dataclasses import dataclass
from typing import Annotated, Final

from emulator.gbcs.asn1.codes import (
    CellUsage,
    CpvChecks,
    CredentialsReplacementMode,
    IssueCredentialsResponseCode,
    KeyUsage,
    ProvideCertificateResponseCode,
    SequenceNumberUsage,
    StatusCode,
    UpdateCertificateResponseCode,
)
from emulator.gbcs.asn1.composites import Alone, Choice, Sequence, SequenceOf, Tagged
from emulator.gbcs.asn1.elements import (
    GeneralizedTime,
    Integer,
    NamedBits,
    Null,
    OctetString,
    Whole,
)
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.construction import quick

_ROLE: Final = Integer(RemotePartyRole)
_KEY_USAGE: Final = NamedBits(KeyUsage)
_CELL_USAGE: Final = Integer(CellUsage)
_STATUS: Final = Integer(StatusCode, tag=0x0A)
_NUMBER: Final = Integer()
_OCTETS: Final = OctetString()
_TIME: Final = GeneralizedTime()
_MODE: Final = Integer(CredentialsReplacementMode)


def _is_octets(value: object) -> bool:
    return isinstance(value, bytes)


@quick
@dataclass(frozen=True, slots=True)
class TrustAnchorCell:
    """Which trust anchor cell is meant: whose, and for what."""

    remote_party_role: Annotated[int, _ROLE]
    key_usage: Annotated[int, _KEY_USAGE]
    cell_usage: Annotated[int, _CELL_USAGE] = CellUsage.MANAGEMENT


_CELL: Final = Sequence(TrustAnchorCell)


@dataclass(frozen=True, slots=True)
class ProvideCredentialsCommand:
    """Asks for the trust anchors of some roles (CS02a, CS02f)."""

    authorising_cell: Annotated[TrustAnchorCell, _CELL]
    roles: Annotated[tuple[int, ...], SequenceOf(_ROLE)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustAnchorCellContents:
    """What one cell holds."""

    key_usage: Annotated[int, _KEY_USAGE]
    cell_usage: Annotated[int, _CELL_USAGE] = CellUsage.MANAGEMENT
    subject_unique_id: Annotated[bytes, _OCTETS]
    subject_key_id: Annotated[bytes, _OCTETS]


@dataclass(frozen=True, slots=True)
class RemotePartyDetails:
    """The cells of one role, or why they are not told."""

    role: Annotated[int, _ROLE]
    status: Annotated[int, _STATUS]
    current_sequence_number: Annotated[int | None, _NUMBER] = None
    cells: Annotated[
        tuple[TrustAnchorCellContents, ...] | None, SequenceOf(Sequence(TrustAnchorCellContents))
    ] = None


@dataclass(frozen=True, slots=True)
class ProvideCredentialsResponse:
    """The trust anchors of the roles asked for (CS02a, CS02f)."""

    details: Annotated[tuple[RemotePartyDetails, ...], SequenceOf(Sequence(RemotePartyDetails))]


@dataclass(frozen=True, slots=True)
class SpecialistSequenceNumber:
    """A sequence number that counts one use only."""

    usage: Annotated[int, Integer(SequenceNumberUsage)]
    number: Annotated[int, _NUMBER]


_SPECIALISTS: Final = SequenceOf(Sequence(SpecialistSequenceNumber))


@dataclass(frozen=True, slots=True)
class SequenceNumberChange:
    """From which number on messages of another role count."""

    role: Annotated[int, _ROLE]
    floor: Annotated[int, _NUMBER]
    specialist_floors: Annotated[tuple[SpecialistSequenceNumber, ...] | None, _SPECIALISTS] = None


_CHANGES: Final = SequenceOf(Sequence(SequenceNumberChange))


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisingControl:
    """Who authorises the replacement, and from which sequence numbers on messages count.

    Args:
        plaintext_symmetric_key: opens the contingency key, in `ANY_BY_CONTINGENCY` only.
        cell: the authorising party's own cell.
        floor: for the replaced party's messages; absent where it stays as it is.
    """

    mode: Annotated[int, _MODE]
    plaintext_symmetric_key: Annotated[bytes | None, Tagged(0, _OCTETS)] = None
    cpv_checks: Annotated[int, Tagged(1, Integer(CpvChecks))] = CpvChecks.APPLY
    cell: Annotated[TrustAnchorCell | None, Tagged(2, _CELL)] = None
    sequence_number: Annotated[int, Tagged(3, _NUMBER)]
    floor: Annotated[int | None, Tagged(4, _NUMBER)] = None
    specialist_floors: Annotated[
        tuple[SpecialistSequenceNumber, ...] | None, Tagged(5, _SPECIALISTS)
    ] = None
    other_changes: Annotated[tuple[SequenceNumberChange, ...] | None, Tagged(6, _CHANGES)] = None


@dataclass(frozen=True, slots=True)
class TrustAnchorReplacement:
    """A certificate and the cell that it goes to."""

    certificate: Annotated[bytes, Whole()]
    cell: Annotated[TrustAnchorCell, _CELL]


@dataclass(frozen=True, slots=True)
class UpdateCredentialsCommand:
    """Replaces trust anchors, at once or at a time (CS02b, CS02g)."""

    control: Annotated[AuthorisingControl, Sequence(AuthorisingControl)]
    replacements: Annotated[
        tuple[TrustAnchorReplacement, ...], SequenceOf(Sequence(TrustAnchorReplacement))
    ]
    path_certificates: Annotated[tuple[bytes, ...], SequenceOf(Whole())]
    execution_time: Annotated[str | None, _TIME] = None


@dataclass(frozen=True, slots=True)
class ReplacementOutcome:
    """How one replacement went, and whose credentials were and are in the cell."""

    cell: Annotated[TrustAnchorCell, _CELL]
    status: Annotated[int, _STATUS]
    existing_subject_unique_id: Annotated[bytes, _OCTETS]
    existing_subject_key_id: Annotated[bytes, _OCTETS]
    replacing_subject_unique_id: Annotated[bytes, _OCTETS]
    replacing_subject_key_id: Annotated[bytes, _OCTETS]


@dataclass(frozen=True, slots=True)
class UpdateCredentialsOutcome:
    """How the replacements of a command went."""

    sequence_number: Annotated[int, _NUMBER]
    mode: Annotated[int, _MODE]
    changes: Annotated[tuple[SequenceNumberChange, ...], _CHANGES]
    outcomes: Annotated[tuple[ReplacementOutcome, ...], SequenceOf(Sequence(ReplacementOutcome))]


_OUTCOME: Final = Sequence(UpdateCredentialsOutcome)


@dataclass(frozen=True, slots=True)
class UpdateCredentialsResponse:
    """Accepted; the outcome is absent while the command waits for its time (CS02b, CS02g)."""

    accepted: Annotated[None, Null()]
    outcome: Annotated[UpdateCredentialsOutcome | None, _OUTCOME] = None


@dataclass(frozen=True, slots=True)
class UpdateCredentialsAlert:
    """The outcome of a command that waited for its time (CS02b, CS02g)."""

    alert_code: Annotated[int, _NUMBER]
    execution_time: Annotated[str, _TIME]
    outcome: Annotated[UpdateCredentialsOutcome, _OUTCOME]


@dataclass(frozen=True, slots=True)
class IssueCredentialsCommand:
    """Asks for a new key pair and a certification request for it (CS02c)."""

    key_usage: Annotated[int, _KEY_USAGE]


@dataclass(frozen=True, slots=True)
class IssueCredentialsResponse:
    """The certification request (PKCS #10, DER), or why there is none (CS02c)."""

    result: Annotated[
        bytes | int, Choice(Whole(), Integer(IssueCredentialsResponseCode), _is_octets)
    ]


@dataclass(frozen=True, slots=True)
class UpdateCertificateCommand:
    """A device's new certificate (CS02d)."""

    certificate: Annotated[bytes, Whole()]


@dataclass(frozen=True, slots=True)
class UpdateCertificateResponse:
    """How storing it went (CS02d)."""

    response_code: Annotated[int, Integer(UpdateCertificateResponseCode)]


@dataclass(frozen=True, slots=True)
class ProvideCertificateCommand:
    """Asks for the device's own certificate (CS02e)."""

    key_usage: Annotated[int, _KEY_USAGE]


@dataclass(frozen=True, slots=True)
class ProvideCertificateResponse:
    """The certificate, or why there is none (CS02e)."""

    result: Annotated[
        bytes | int, Choice(Whole(), Integer(ProvideCertificateResponseCode), _is_octets)
    ]


PROVIDE_CREDENTIALS_COMMAND: Final = Sequence(ProvideCredentialsCommand)
PROVIDE_CREDENTIALS_RESPONSE: Final = Alone(ProvideCredentialsResponse)
UPDATE_CREDENTIALS_COMMAND: Final = Sequence(UpdateCredentialsCommand)
UPDATE_CREDENTIALS_RESPONSE: Final = Sequence(UpdateCredentialsResponse)
UPDATE_CREDENTIALS_ALERT: Final = Sequence(UpdateCredentialsAlert)
ISSUE_CREDENTIALS_COMMAND: Final = Sequence(IssueCredentialsCommand)
ISSUE_CREDENTIALS_RESPONSE: Final = Alone(IssueCredentialsResponse)
UPDATE_CERTIFICATE_COMMAND: Final = Alone(UpdateCertificateCommand)
UPDATE_CERTIFICATE_RESPONSE: Final = Alone(UpdateCertificateResponse)
PROVIDE_CERTIFICATE_COMMAND: Final = Sequence(ProvideCertificateCommand)
PROVIDE_CERTIFICATE_RESPONSE: Final = Alone(ProvideCertificateResponse)
