"""Telling whose certificates are in the cells of a device (GBCS CS02a, CS02f)."""

from typing import Final

from emulator.gbcs.asn1.codes import StatusCode
from emulator.gbcs.asn1.credentials import (
    ProvideCredentialsCommand,
    ProvideCredentialsResponse,
    RemotePartyDetails,
    TrustAnchorCell,
    TrustAnchorCellContents,
)
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs_device.asn1.handling import Belongings, Handled, injected
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.primitives import AlertRequest
from emulator.gbcs_device.trust_anchors import TrustAnchors

NO_AUTHORITY: Final = 0x8F30
_NO_PARTY: Final = bytes(8)
"""What stands for the name of an authority, which has none."""


def provide_credentials(
    belongings: Belongings, command: Command, asked: ProvideCredentialsCommand
) -> Handled:
    """The cells of each role asked for, in that order.

    The sender authorises itself by a cell of its own; with another's it is not answered.
    """
    if asked.authorising_cell.remote_party_role != command.sender:
        return Handled(None, (AlertRequest(NO_AUTHORITY),))
    anchors = belongings.identity.anchors
    details = tuple(
        _details(anchors, role, injected(command, index)) for index, role in enumerate(asked.roles)
    )
    return Handled(ProvideCredentialsResponse(details))


def _details(anchors: TrustAnchors, role: int, fault: int | None) -> RemotePartyDetails:
    if fault is not None:
        return RemotePartyDetails(role, StatusCode(fault))
    contents = tuple(
        _contents(each, held)
        for each in anchors.cells_of(role)
        if (held := anchors.certificate(each)) is not None
    )
    if not contents:
        return RemotePartyDetails(role, StatusCode.TRUST_ANCHOR_NOT_FOUND)
    return RemotePartyDetails(
        role, StatusCode.SUCCESS, max(0, anchors.highest_counter(role)), contents
    )


def _contents(where: TrustAnchorCell, held: Certificate) -> TrustAnchorCellContents:
    return TrustAnchorCellContents(
        key_usage=where.key_usage,
        cell_usage=where.cell_usage,
        subject_unique_id=subject_name(held),
        subject_key_id=held.subject_key,
    )


def subject_name(certificate: Certificate) -> bytes:
    """Whose certificate it is in 8 octets; zeros for an authority."""
    eui64 = certificate.eui64
    return _NO_PARTY if eui64 is None else eui64.to_bytes(8, "big")
