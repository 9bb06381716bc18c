"""Replacing the certificates in the cells of a device (GBCS CS02b, CS02g).

Each replacement stands for itself: those whose certificate is good are made, the others keep what
was in their cell and say why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from emulator.gbcs.asn1.codes import (
    CpvChecks,
    CredentialsReplacementMode,
    KeyUsage,
    SequenceNumberUsage,
    StatusCode,
)
from emulator.gbcs.asn1.credentials import (
    AuthorisingControl,
    ReplacementOutcome,
    SequenceNumberChange,
    TrustAnchorReplacement,
    UpdateCredentialsCommand,
    UpdateCredentialsOutcome,
)
from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.asn1.certification_paths import leads_to_trust
from emulator.gbcs_device.asn1.handling import Belongings, injected
from emulator.gbcs_device.asn1.trust_anchor_reads import subject_name
from emulator.gbcs_device.execution import Command
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64

_R, _M = RemotePartyRole, CredentialsReplacementMode


@dataclass(frozen=True, slots=True)
class Mode:
    """What one replacement mode may do.

    Args:
        number: as commands carry it.
        authorised_by: the role that sends it, whose own floor `floor` is.
        replaced: roles whose cells it fills.
    """

    number: CredentialsReplacementMode
    authorised_by: RemotePartyRole
    replaced: frozenset[RemotePartyRole]


def _mode(
    number: CredentialsReplacementMode, by: RemotePartyRole, *replaced: RemotePartyRole
) -> Mode:
    return Mode(number, by, frozenset(replaced or (by,)))


MODES: Final[Mapping[int, Mode]] = MappingProxyType(
    {
        0x0102: _mode(_M.SUPPLIER_BY_SUPPLIER, _R.SUPPLIER),
        0x0103: _mode(_M.NETWORK_OPERATOR_BY_NETWORK_OPERATOR, _R.NETWORK_OPERATOR),
        0x0104: _mode(_M.ACB_BY_ACB, _R.ACCESS_CONTROL_BROKER),
        0x0105: _mode(_M.WAN_PROVIDER_BY_WAN_PROVIDER, _R.WAN_PROVIDER),
        0x0106: _mode(_M.TRANSCOS_BY_TRANSCOS, _R.TRANSITIONAL_CHANGE_OF_SUPPLIER),
        0x0107: _mode(_M.SUPPLIER_BY_TRANSCOS, _R.TRANSITIONAL_CHANGE_OF_SUPPLIER, _R.SUPPLIER),
        0x0108: _mode(
            _M.ANY_EXCEPT_ABNORMAL_ROOT_BY_RECOVERY,
            _R.RECOVERY,
            *(frozenset(_R) - {_R.ROOT, _R.ISSUING_AUTHORITY, _R.OTHER}),
        ),
        0x0125: _mode(_M.LOAD_CONTROLLER_BY_LOAD_CONTROLLER, _R.LOAD_CONTROLLER),
        0x0126: _mode(_M.LOAD_CONTROLLER_BY_SUPPLIER, _R.SUPPLIER, _R.LOAD_CONTROLLER),
    }
)
"""The mode of each message code (GBCS 13.3). A root is replaced by nobody here."""

_TENANTS: Final[Mapping[RemotePartyRole, frozenset[RemotePartyRole]]] = MappingProxyType(
    {
        _R.SUPPLIER: frozenset({_R.ACCESS_CONTROL_BROKER}),
        _R.NETWORK_OPERATOR: frozenset({_R.ACCESS_CONTROL_BROKER}),
        _R.LOAD_CONTROLLER: frozenset({_R.ACCESS_CONTROL_BROKER, _R.SUPPLIER}),
    }
)
"""Roles that may stand in another role's cells, as reference messages have them."""

_USAGES: Final = {
    int(KeyUsage.DIGITAL_SIGNATURE): CertificateUsage.DIGITAL_SIGNATURE,
    int(KeyUsage.KEY_AGREEMENT): CertificateUsage.KEY_AGREEMENT,
    int(KeyUsage.KEY_CERT_SIGN): CertificateUsage.CERTIFICATE_SIGNING,
}


def authorised(command: Command, asked: UpdateCredentialsCommand) -> bool:
    """Whether a command says of itself what its code, its sender and its counter say."""
    mode = MODES.get(command.use_case.code)
    control = asked.control
    cell = control.cell
    return (
        mode is not None
        and mode.number == control.mode
        and mode.authorised_by == command.sender
        and (cell is None or cell.remote_party_role == command.sender)
        and control.sequence_number == command.message.counter
    )


def replace_credentials(
    belongings: Belongings, command: Command, asked: UpdateCredentialsCommand, moment: datetime
) -> UpdateCredentialsOutcome:
    """What came of every replacement of a command, each made or not.

    Args:
        belongings: of the device.
        command: an authorised one.
        asked: its payload.
        moment: the device's own time when the replacements are made.
    """
    mode = MODES[command.use_case.code]
    before = _parties(belongings)
    path = tuple(_decoded(each) for each in asked.path_certificates)
    checks = _Checks(belongings, mode, _known(path), _time(belongings, asked.control, moment))
    outcomes = []
    for index, each in enumerate(asked.replacements):
        status = injected(command, index)
        if status is None:
            status = checks.status(each)
        outcomes.append(_outcome(belongings, each, StatusCode(status)))
    changes = _changes(asked.control, mode)
    _apply_floors(belongings, changes, before)
    return UpdateCredentialsOutcome(
        asked.control.sequence_number, asked.control.mode, changes, tuple(outcomes)
    )


@dataclass(frozen=True, slots=True)
class _Checks:
    """What a certificate must be to get into a cell.

    Args:
        path: authorities that came with the command.
        moment: at which certificates must be valid; None leaves validity aside.
    """

    belongings: Belongings
    mode: Mode
    path: tuple[Certificate, ...]
    moment: datetime | None

    def status(self, wanted: TrustAnchorReplacement) -> StatusCode:
        """Success, or why a replacement is not made."""
        anchors = self.belongings.identity.anchors
        role = RemotePartyRole(wanted.cell.remote_party_role)
        if anchors.certificate(wanted.cell) is None:
            return StatusCode.TRUST_ANCHOR_NOT_FOUND
        if role not in self.mode.replaced:
            return StatusCode.OTHER
        certificate = _decoded(wanted.certificate)
        if certificate is None or not _fits(certificate, wanted.cell.key_usage, role):
            return StatusCode.BAD_CERTIFICATE
        if self.belongings.settings.check_paths:
            known = (*anchors.authorities, *self.path)
            if not leads_to_trust(certificate, known, anchors.authorities, self.moment):
                return StatusCode.NO_TRUST_ANCHOR
        return StatusCode.SUCCESS


def _fits(certificate: Certificate, usage: int, role: RemotePartyRole) -> bool:
    """Whether a certificate is for what its cell is, and of somebody who may stand there."""
    tenants = _TENANTS.get(role, frozenset()) | {role}
    return certificate.usage is _USAGES.get(usage) and certificate.role in tenants


def _outcome(
    belongings: Belongings, wanted: TrustAnchorReplacement, status: StatusCode
) -> ReplacementOutcome:
    """The outcome of one replacement, which is made when its status is success."""
    anchors = belongings.identity.anchors
    existing = anchors.certificate(wanted.cell)
    replacing = existing
    if status is StatusCode.SUCCESS:
        replacing = Certificate.decode(wanted.certificate)
        anchors.replace(wanted.cell, replacing)
    return ReplacementOutcome(wanted.cell, status, *_names(existing), *_names(replacing))


def _names(certificate: Certificate | None) -> tuple[bytes, bytes]:
    if certificate is None:
        return b"", b""
    return subject_name(certificate), certificate.subject_key


def _changes(control: AuthorisingControl, mode: Mode) -> tuple[SequenceNumberChange, ...]:
    """The sender's own floor first, then those of roles whose cells the mode fills."""
    own = []
    if control.floor is not None:
        change = SequenceNumberChange(mode.authorised_by, control.floor, control.specialist_floors)
        own.append(change)
    others = control.other_changes or ()
    return (*own, *(each for each in others if each.role in mode.replaced))


def _apply_floors(
    belongings: Belongings,
    changes: tuple[SequenceNumberChange, ...],
    before: Mapping[int, Eui64 | None],
) -> None:
    """Let messages of each role count from its floor on.

    Where the same party stays in the cells, its counter never falls: old commands stay old. That
    it may fall to the floor for another party, whose commands are others, is the floor's purpose.
    """
    anchors = belongings.identity.anchors
    for change in changes:
        same = before.get(change.role) == anchors.party(RemotePartyRole(change.role))
        least = anchors.highest_counter(change.role) if same else 0
        anchors.record_counter(change.role, max(change.floor, least))
        for specialist in change.specialist_floors or ():
            if specialist.usage == SequenceNumberUsage.PREPAYMENT_TOP_UP:
                least = anchors.prepayment_floor(change.role) if same else 0
                anchors.set_prepayment_floor(change.role, max(specialist.number, least))


def _parties(belongings: Belongings) -> dict[int, Eui64 | None]:
    anchors = belongings.identity.anchors
    return {int(role): anchors.party(role) for role in RemotePartyRole}


def _time(belongings: Belongings, control: AuthorisingControl, moment: datetime) -> datetime | None:
    """When certificates must be valid, unless the command says that it does not matter."""
    checked = belongings.settings.check_validity and control.cpv_checks != CpvChecks.DISAPPLY
    return moment if checked else None


def _decoded(der: bytes) -> Certificate | None:
    try:
        return Certificate.decode(der)
    except WireError:
        return None


def _known(path: tuple[Certificate | None, ...]) -> tuple[Certificate, ...]:
    return tuple(each for each in path if each is not None)
