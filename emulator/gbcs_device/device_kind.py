"""Kinds of devices that remote parties talk to, and the trust anchor cells each has."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from emulator.gbcs.asn1.codes import CellUsage, DeviceType, KeyUsage
from emulator.gbcs.asn1.credentials import TrustAnchorCell
from emulator.gbcs.remote_party_role import RemotePartyRole


class DeviceKind(StrEnum):
    """Kinds of devices, by the names that use cases give them."""

    ESME = "ESME"
    GSME = "GSME"
    CHF = "CHF"
    GPF = "GPF"
    SAPC = "SAPC"
    PPMID = "PPMID"
    HCALCS = "HCALCS"

    @property
    def device_type(self) -> DeviceType:
        """How device logs number it; a standalone APC counts as an electricity meter there."""
        return DeviceType.ESME if self is DeviceKind.SAPC else DeviceType[self.value]


def cell(
    role: RemotePartyRole, usage: KeyUsage, cell_usage: CellUsage = CellUsage.MANAGEMENT
) -> TrustAnchorCell:
    """The cell of a role for a use (GBCS 13.3)."""
    return TrustAnchorCell(role, usage, cell_usage)


_R, _DS, _KA = RemotePartyRole, KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT
ROOT_CELL: Final = cell(_R.ROOT, KeyUsage.KEY_CERT_SIGN)
_BROKER_AGREEMENT: Final = cell(_R.ACCESS_CONTROL_BROKER, _KA)
_BROKER_SIGNING: Final = cell(_R.ACCESS_CONTROL_BROKER, _DS)
_EVERYWHERE: Final = (ROOT_CELL, cell(_R.RECOVERY, _DS), _BROKER_AGREEMENT)
_METER: Final = (
    *_EVERYWHERE,
    cell(_R.SUPPLIER, _DS),
    cell(_R.SUPPLIER, _KA),
    cell(_R.SUPPLIER, _KA, CellUsage.PREPAYMENT_TOP_UP),
    cell(_R.NETWORK_OPERATOR, _DS),
    cell(_R.NETWORK_OPERATOR, _KA),
    cell(_R.TRANSITIONAL_CHANGE_OF_SUPPLIER, _DS),
)
_LOAD_CONTROLLER: Final = (cell(_R.LOAD_CONTROLLER, _DS), cell(_R.LOAD_CONTROLLER, _KA))

CELLS: Final[Mapping[DeviceKind, tuple[TrustAnchorCell, ...]]] = MappingProxyType(
    {
        DeviceKind.ESME: (*_METER, *_LOAD_CONTROLLER),
        DeviceKind.GSME: _METER,
        DeviceKind.GPF: _METER,
        DeviceKind.SAPC: (*_METER, *_LOAD_CONTROLLER),
        DeviceKind.CHF: (*_EVERYWHERE, _BROKER_SIGNING, cell(_R.WAN_PROVIDER, _DS)),
        DeviceKind.PPMID: (*_EVERYWHERE, _BROKER_SIGNING),
        DeviceKind.HCALCS: (
            *_EVERYWHERE,
            cell(_R.SUPPLIER, _DS),
            cell(_R.SUPPLIER, _KA),
            cell(_R.TRANSITIONAL_CHANGE_OF_SUPPLIER, _DS),
        ),
    }
)
"""The cells of each kind; as far as reference messages read, replace and use them.

That a PPMID and an HCALCS have no others is unverified.
"""
