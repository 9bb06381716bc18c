"""Sets of devices as testing services know them, and how many of them somebody is given."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.inputs.scenario_files import INSTALLED, SHIPMENTS
from emulator.lab.shipments.shipment import Shipment, read_shipment

UEPT_SMETS2: Final = "uept-smets2"
"""Test hub, electricity meter and gas meter (SEC App. J 7.1(a))."""
UEPT_SMETS1: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "uept-smets1-ihd": ("CHF", "ESME", "GSME", "IHD"),
        "uept-smets1-ppmid": ("CHF", "ESME", "GSME", "PPMID"),
    }
)
"""SMETS1 sets (SEC App. J 7.1(b)): named here, and not emulated."""
_APART: Final = 0x1_0000
"""Between the EUI-64s of one set and those of the next of the same template."""


class UeptRole(Enum):
    """User roles that are tested, grouped as sets are given out (SEC App. J 7.2)."""

    SUPPLIER = "Import Supplier or Gas Supplier"
    EXPORT_SUPPLIER = "Export Supplier"
    NETWORK = "Electricity Distributor or Gas Transporter"
    OTHER_USER = "Other User"


@dataclass(frozen=True, slots=True)
class Allocation:
    """How many sets a group of affiliates is given."""

    smets2: int
    smets1: int


_EACH: Final = 2
"""Sets of each generation, for each group of roles."""


def uept_allocation(roles: AbstractSet[UeptRole], regions: int = 1) -> Allocation:
    """The sets that affiliates are given together (SEC App. J 7.2).

    Args:
        roles: that they undertake the tests in.
        regions: in which they hold network licences; more are offered on request, SMETS2+ only.

    Raises:
        UsageError: when there is no region.
    """
    if regions < 1:
        raise UsageError(f"{regions} regions: expected 1 or more")
    smets2 = sum(_EACH * (regions if role is UeptRole.NETWORK else 1) for role in roles)
    return Allocation(smets2=smets2, smets1=_EACH * len(roles))


def device_set(text: str, beside: Path, number: int = 0) -> Shipment:
    """The devices of a shipment file, or of a template by its name.

    Args:
        text: path, looked for beside a file, or `uept-smets2`, or another installed shipment.
        beside: the folder of that file.
        number: which set of a template; each has EUI-64s of its own.

    Raises:
        UsageError: with every mistake of the file, or when there is none.
    """
    if text in UEPT_SMETS1:
        kinds = ", ".join(UEPT_SMETS1[text])
        raise UsageError(f"{text}: SMETS1 devices ({kinds}) are not emulated")
    near = beside / text
    if near.is_file():
        return read_shipment(near)
    installed = INSTALLED / SHIPMENTS / f"{text.removesuffix('.csv')}.csv"
    if not installed.is_file():
        there = ", ".join(sorted(each.stem for each in (INSTALLED / SHIPMENTS).glob("*.csv")))
        raise UsageError(f"no shipment {text!r}: expected a file, or one of {there}")
    return _numbered(read_shipment(installed), number)


def _numbered(shipment: Shipment, number: int) -> Shipment:
    """The same devices under other EUI-64s."""
    if not number:
        return shipment
    moved = tuple(
        replace(each, eui64=Eui64(each.eui64 + number * _APART)) for each in shipment.devices
    )
    return replace(shipment, devices=moved)
