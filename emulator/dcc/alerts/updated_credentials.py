"""What users are told when a device took other certificates (DUIS 5.4 SecurityCredentialsUpdated).

The command names every cell of the trust anchor store that it replaces (GBCS 13.3.4, CS02b and
CS02g). DUIS has an alert for one role, with at most three certificates.
"""

import base64
from collections.abc import Mapping
from hashlib import sha1
from types import MappingProxyType
from typing import Final

from emulator.dcc.dated_updates import credentials_command
from emulator.gbcs.asn1.codes import CellUsage, KeyUsage, SequenceNumberUsage
from emulator.gbcs.asn1.credentials import (
    SpecialistSequenceNumber,
    TrustAnchorCell,
    UpdateCredentialsCommand,
)
from emulator.gbcs.envelope import Message
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.identity import format_eui64

_ROLES: Final[Mapping[int, str]] = MappingProxyType(
    {
        RemotePartyRole.ROOT: "Root",
        RemotePartyRole.RECOVERY: "Recovery",
        RemotePartyRole.SUPPLIER: "Supplier",
        RemotePartyRole.NETWORK_OPERATOR: "NetworkOperator",
        RemotePartyRole.ACCESS_CONTROL_BROKER: "ACB",
        RemotePartyRole.TRANSITIONAL_CHANGE_OF_SUPPLIER: "TransCoS",
        RemotePartyRole.LOAD_CONTROLLER: "LoadController",
    }
)
"""As DUIS writes them; it has none for the provider of the WAN."""


def updated_credentials(command: Message) -> tuple[Mapping[str, object], ...]:
    """What is told of a command that a device carried out: a payload for each role.

    Nothing when it replaces no credentials.
    """
    value = credentials_command(command)
    if value is None:
        return ()
    roles = dict.fromkeys(each.cell.remote_party_role for each in value.replacements)
    device = format_eui64(command.recipient)
    return tuple(_payload(device, role, value) for role in roles if role in _ROLES)


def _payload(device: str, role: int, command: UpdateCredentialsCommand) -> Mapping[str, object]:
    certificates = tuple(
        {
            "CertificateType": _certificate_type(each.cell),
            "CertificateHash": base64.b64encode(_hash(each.certificate)).decode(),
        }
        for each in command.replacements
        if each.cell.remote_party_role == role
    )
    floors = _floors(role, command)
    change = {"RemotePartySeqNumberChange": floors} if floors else {}
    return {
        "DeviceID": device,
        "RemotePartyRole": _ROLES[role],
        **change,
        "Certificates": certificates,
    }


def _floors(role: int, command: UpdateCredentialsCommand) -> Mapping[str, object]:
    """From which numbers on the messages of the role count; nothing when that stays as it is."""
    control, floor, specialists = command.control, None, None
    if command.replacements and command.replacements[0].cell.remote_party_role == role:
        floor, specialists = control.floor, control.specialist_floors
    for change in control.other_changes or ():
        if change.role == role:
            floor, specialists = change.floor, change.specialist_floors
    if floor is None:
        return {}
    top_up = _top_up(specialists or ())
    told = {} if top_up is None else {"RemotePartyPrepaymentTopUpFloorSeqNumber": top_up}
    return {"RemotePartyFloorSeqNumber": floor, **told}


def _top_up(floors: tuple[SpecialistSequenceNumber, ...]) -> int | None:
    usage = SequenceNumberUsage.PREPAYMENT_TOP_UP
    return next((each.number for each in floors if each.usage == usage), None)


def _certificate_type(cell: TrustAnchorCell) -> str:
    if cell.key_usage != KeyUsage.KEY_AGREEMENT:
        return "DigitalSigning"
    top_up = cell.cell_usage == CellUsage.PREPAYMENT_TOP_UP
    return "KeyAgreementTopUp" if top_up else "KeyAgreement"


def _hash(certificate: bytes) -> bytes:
    """Of the whole certificate (DUIS 5.4 SHA1)."""
    return sha1(certificate, usedforsecurity=False).digest()
