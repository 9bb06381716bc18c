"""Every home of a building in one world: a lab for each dwelling, with its bridge if it has one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from emulator.alt_han.bridge.bridge import Bridge, both_ways
from emulator.alt_han.bridge.settings import PRESETS
from emulator.building.building import Building, Dwelling, PlannedBridge, System
from emulator.building.commissioning import JOIN_TIME, commission_gas, visit
from emulator.lab.home.home import has_agreed_key
from emulator.lab.installing.bridged_home import Fitting, fit_bridge
from emulator.lab.installing.installation import COMMISSIONED, Installation
from emulator.lab.lab import Lab
from emulator.lab.shipments.dwelling_shipment import dwelling_shipment
from emulator.radio.propagation.floor_plan import FloorPlan, PlacedDevice
from emulator.radio.site import Site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from emulator.alt_han.bridge.backhaul import Backhaul


@dataclass(slots=True)
class HomeInBlock:
    """A home of the building.

    Args:
        dwelling: where it is.
        lab: of its devices, in the world of all.
        planned: the bridge that the file has for it.
        bridge: that is fitted; None before, and where there is none.
    """

    dwelling: Dwelling
    lab: Lab
    planned: PlannedBridge | None
    bridge: Bridge | None = None

    @property
    def complete(self) -> bool:
        """Whether every device agreed its key, and counts as commissioned where it can.

        A display has no status, and without a gas meter there is nothing that the proxy is for.
        """
        home, side = self.lab.home(), self.lab.remote_side()
        kinds = {line.type for line in home.shipment.devices}
        statuses = {
            side.status(line.eui64)
            for line in home.shipment.devices
            if line.type != "GPF" or "GSME" in kinds
        }
        joined = all(has_agreed_key(device) for device in home.joiners)
        return joined and statuses <= {COMMISSIONED, None}


class Block:
    """The building of a file, in the world of a lab.

    One DCC serves all of it.

    Args:
        lab: whose world, DCC and report it is; its own home stays out of it.
        building: what was read.
        path: where it was read from.
    """

    def __init__(self, lab: Lab, building: Building, path: "Path") -> None:
        self.building = building
        self._lab = lab
        self._systems: dict[str, Mapping[str, Backhaul]] = {}
        lab.site.on_site(Site(_with_ends(building), building.sources), path)
        shipments = [
            dwelling_shipment(number, dwelling.joining)
            for number, dwelling in enumerate(building.dwellings)
        ]
        self._side = lab.remote_side(*shipments)
        self.homes = tuple(
            HomeInBlock(
                dwelling,
                lab.beside(shipment, dwelling.name, self._side),
                building.bridge_of(dwelling.name),
            )
            for dwelling, shipment in zip(building.dwellings, shipments, strict=True)
        )

    def fit(self, home: HomeInBlock) -> Bridge | None:
        """Fit the bridge of a dwelling; of a system, the pair of ends that is for this one."""
        planned = home.planned
        if planned is None or home.bridge is not None:
            return home.bridge
        settings = PRESETS[planned.line]
        lines = None
        if planned.system is System.SHARED:
            around = self._lab.world.surroundings()
            if planned.name not in self._systems:
                self._systems[planned.name] = both_ways(planned.name, around, settings)
            lines = self._systems[planned.name]
        fitting = Fitting(transparency=planned.transparency, backhaul=settings, lines=lines)
        home.bridge = fit_bridge(home.lab, home.lab.home(), fitting)
        return home.bridge

    def commission(self, homes: Sequence[HomeInBlock]) -> None:
        """Homes come up: each is visited, and what its gas meter is sent it fetches as it wakes."""
        works = [
            Installation(home.lab, self._side, home.lab.home(), join_time=JOIN_TIME)
            for home in homes
        ]
        for home, work in zip(homes, works, strict=True):
            visit(work, home.bridge)
        commission_gas(self._lab, works)


def _with_ends(building: Building) -> FloorPlan:
    ends = [
        PlacedDevice(end.name, end, None, dwelling.name)
        for dwelling in building.dwellings
        if (bridge := building.bridge_of(dwelling.name)) is not None
        for end in building.ends_of(dwelling, bridge)
    ]
    return replace(building.plan, devices=(*building.plan.devices, *ends))
