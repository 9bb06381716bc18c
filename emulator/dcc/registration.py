"""Registration data: who is responsible for a supply point, and since when (SEC App. AC 4.11).

The DCC acts on it when it looks whether a user is the Responsible Supplier, and when a supply point
changes its supplier. It says nothing about devices: that a meter belongs to a
supply point is in the inventory, once somebody has said so.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64


class Fuel(Enum):
    """What a supply point supplies."""

    ELECTRICITY = "electricity"
    GAS = "gas"


class Responsibility(Enum):
    """What a party is to a supply point; values are the user roles of DUIS 5.4."""

    IMPORT_SUPPLIER = "IS"
    GAS_SUPPLIER = "GS"
    EXPORT_SUPPLIER = "ES"
    ELECTRICITY_DISTRIBUTOR = "ED"
    GAS_TRANSPORTER = "GT"


SUPPLIER_OF: Final = {
    Fuel.ELECTRICITY: Responsibility.IMPORT_SUPPLIER,
    Fuel.GAS: Responsibility.GAS_SUPPLIER,
}
NETWORK_OF: Final = {
    Fuel.ELECTRICITY: Responsibility.ELECTRICITY_DISTRIBUTOR,
    Fuel.GAS: Responsibility.GAS_TRANSPORTER,
}
_ALLOWED: Final = {
    Fuel.ELECTRICITY: (
        Responsibility.IMPORT_SUPPLIER,
        Responsibility.EXPORT_SUPPLIER,
        Responsibility.ELECTRICITY_DISTRIBUTOR,
    ),
    Fuel.GAS: (Responsibility.GAS_SUPPLIER, Responsibility.GAS_TRANSPORTER),
}


@dataclass(frozen=True, slots=True)
class Tenure:
    """A party is responsible from a moment on, until somebody else is."""

    party: Eui64
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierChanged:
    """A supply point has another supplier.

    Args:
        losing: the former one, None when it is the first.
    """

    mpxn: str
    role: Responsibility
    losing: Eui64 | None
    gaining: Eui64
    moment: datetime


@dataclass(slots=True)
class _SupplyPoint:
    fuel: Fuel
    tenures: dict[Responsibility, list[Tenure]] = field(default_factory=dict)


class Registration:
    """Supply points and their parties over time."""

    def __init__(self) -> None:
        self._points: dict[str, _SupplyPoint] = {}

    def add(self, mpxn: str, fuel: Fuel) -> None:
        """Make a supply point known.

        Raises:
            LocalError: when it is known already, or the number is none.
        """
        if not (mpxn.isascii() and mpxn.isdigit()):
            raise LocalError(f"supply point {mpxn!r}: expected digits")
        if mpxn in self._points:
            raise LocalError(f"supply point {mpxn} is registered already")
        self._points[mpxn] = _SupplyPoint(fuel)

    def register(
        self, mpxn: str, role: Responsibility, party: Eui64, since: datetime
    ) -> SupplierChanged | None:
        """Make a party responsible from a moment on; it may lie in the future.

        Returns:
            The change of supplier, None for a network operator and for who is responsible already.

        Raises:
            LocalError: when the supply point is not known, has no such role, or has somebody
                responsible from a later moment on.
        """
        point = self._point(mpxn)
        if role not in _ALLOWED[point.fuel]:
            raise LocalError(f"supply point {mpxn} ({point.fuel.value}) has no {role.value}")
        tenures = point.tenures.setdefault(role, [])
        if tenures and since <= tenures[-1].since:
            raise LocalError(
                f"supply point {mpxn}: {role.value} is registered from "
                f"{tenures[-1].since.isoformat()} on, not before {since.isoformat()}"
            )
        losing = tenures[-1].party if tenures else None
        tenures.append(Tenure(party, since))
        if losing == party or role in NETWORK_OF.values():
            return None
        return SupplierChanged(mpxn=mpxn, role=role, losing=losing, gaining=party, moment=since)

    def fuel(self, mpxn: str) -> Fuel | None:
        """What the supply point supplies, None when it is not known."""
        point = self._points.get(mpxn)
        return None if point is None else point.fuel

    def responsible(self, mpxn: str, role: Responsibility, moment: datetime) -> Eui64 | None:
        """Who has that role at that moment, None when nobody or the supply point is unknown."""
        tenure = self._tenure(mpxn, role, moment)
        return None if tenure is None else tenure.party

    def supplier(self, mpxn: str, moment: datetime) -> Eui64 | None:
        """The Responsible Supplier: of import for electricity, of gas for gas."""
        fuel = self.fuel(mpxn)
        return None if fuel is None else self.responsible(mpxn, SUPPLIER_OF[fuel], moment)

    def network_operator(self, mpxn: str, moment: datetime) -> Eui64 | None:
        """The distributor or gas transporter."""
        fuel = self.fuel(mpxn)
        return None if fuel is None else self.responsible(mpxn, NETWORK_OF[fuel], moment)

    def since(self, mpxn: str, role: Responsibility, moment: datetime) -> datetime | None:
        """Since when the one who has the role at that moment has it without interruption."""
        tenure = self._tenure(mpxn, role, moment)
        return None if tenure is None else tenure.since

    def roles(self, mpxn: str, party: Eui64, moment: datetime) -> frozenset[Responsibility]:
        """Everything the party is to the supply point at that moment."""
        return frozenset(
            role for role in Responsibility if self.responsible(mpxn, role, moment) == party
        )

    def former_suppliers(self, mpxn: str, moment: datetime) -> tuple[Eui64, ...]:
        """Suppliers before the present one, the latest first, each once (MP121 annex C 4.16)."""
        point = self._points.get(mpxn)
        if point is None:
            return ()
        tenures = point.tenures.get(SUPPLIER_OF[point.fuel], [])
        until = bisect_right(tenures, moment, key=lambda tenure: tenure.since)
        parties = [tenure.party for tenure in reversed(tenures[:until])]
        return tuple(dict.fromkeys(each for each in parties if each != parties[0]))

    def _point(self, mpxn: str) -> _SupplyPoint:
        if mpxn not in self._points:
            raise LocalError(f"supply point {mpxn} is not registered")
        return self._points[mpxn]

    def _tenure(self, mpxn: str, role: Responsibility, moment: datetime) -> Tenure | None:
        point = self._points.get(mpxn)
        tenures = [] if point is None else point.tenures.get(role, [])
        place = bisect_right(tenures, moment, key=lambda tenure: tenure.since)
        return tenures[place - 1] if place else None
