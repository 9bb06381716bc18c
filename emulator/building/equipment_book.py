"""The Alt HAN Inventory of a building: meter points, equipment delivered and installed, counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from emulator.alt_han.inventory import (
    AltHanInventory,
    Delivered,
    Fuel,
    Installed,
    InventoryEvent,
    MeterPointAdded,
    Solution,
)
from emulator.building.block import HomeInBlock
from emulator.building.building import PlannedBridge, System
from emulator.kernel.errors import LocalError

_SOLUTIONS = {System.POINT_TO_POINT: Solution.POINT_TO_POINT, System.SHARED: Solution.SHARED}


@dataclass(slots=True)
class EquipmentBook:
    """What the inventory is told of a building.

    Args:
        suppliers: who supply its dwellings, in turn.
        inventory: where it is told.
    """

    suppliers: Sequence[str]
    inventory: AltHanInventory = field(default_factory=AltHanInventory)
    _installed: set[str] = field(default_factory=set)

    def supplier_of(self, number: int) -> str:
        """Who supplies the dwelling of a number."""
        return self.suppliers[number % len(self.suppliers)]

    def open(self, homes: Sequence[HomeInBlock], at: datetime) -> None:
        """Every meter point of every dwelling."""
        for number, home in enumerate(homes):
            for kind, fuel in (("ESME", Fuel.ELECTRICITY), ("GSME", Fuel.GAS)):
                lines = [each for each in home.lab.shipment.joining if each.type == kind]
                for line in lines:
                    self._record(
                        MeterPointAdded(
                            at=at,
                            premises=home.dwelling.name,
                            fuel=fuel,
                            number=line.mpxn,
                            supplier=self.supplier_of(number),
                        )
                    )

    def deliver(self, item: str, solution: Solution, supplier: str, at: datetime) -> None:
        """An item comes into a supplier's stock."""
        self._record(Delivered(at=at, item=item, solution=solution, supplier=supplier))

    def deliver_planned(self, homes: Sequence[HomeInBlock], at: datetime) -> None:
        """The central equipment that the file plans, each item to the supplier of who is first."""
        seen: set[str] = set()
        for number, home in enumerate(homes):
            bridge = home.planned
            if bridge is None or bridge.system not in _SOLUTIONS or bridge.name in seen:
                continue
            seen.add(bridge.name)
            solution = _SOLUTIONS[bridge.system]
            self.deliver(bridge.name, solution, self.supplier_of(number), at)

    def install(self, bridge: PlannedBridge, at: datetime) -> None:
        """Planned equipment is fitted, for all that it serves; once."""
        if bridge.system in _SOLUTIONS and bridge.name not in self._installed:
            self._installed.add(bridge.name)
            self._record(Installed(at=at, item=bridge.name, premises=bridge.serves))

    def counts(self, at: datetime) -> dict[str, tuple[int, int, int]]:
        """By supplier: meter points of (t) and (u), items of (v) of SEC K7.5."""
        return {
            supplier: (
                len(self.inventory.meter_points(supplier, Solution.SHARED, at)),
                len(self.inventory.meter_points(supplier, Solution.POINT_TO_POINT, at)),
                len(self.inventory.in_stock(supplier, at)),
            )
            for supplier in self.suppliers
        }

    def _record(self, event: InventoryEvent) -> None:
        refusal = self.inventory.record(event)
        if refusal is not None:
            raise LocalError(f"{refusal.reason} ({refusal.clause})")
