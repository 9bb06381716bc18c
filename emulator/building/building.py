"""A building: its plan, the dwellings in it, the bridges that serve them, its crowded points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from emulator.alt_han.bridge.bridge import REMOTE, WIRED
from emulator.alt_han.bridge.settings import Transparency
from emulator.radio.interference.sources import Source
from emulator.radio.propagation.floor_plan import FloorPlan, PlacedDevice
from emulator.radio.propagation.path_loss import Place


class System(Enum):
    """What kind of Alt HAN Equipment a bridge is (SEC K7.5)."""

    POINT_TO_POINT = "point-to-point"
    SHARED = "shared"
    OPTED_OUT = "opted-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBridge:
    """A bridge of the file: one pair of ends, or a system with a pair for each dwelling.

    Args:
        name: of the pair or system.
        system: what it is.
        serves: names of dwellings.
        wired: the electricity meter at which its wired end is (DCP 400 3.2).
        remotes: by dwelling, where its remote end is.
        transparency: of its ends.
        line: name of a preset.
        riser: through which its line goes from storey to storey; empty where none is named.
        length: metres of line by dwelling, along that riser; empty where none is named.
    """

    name: str
    system: System
    serves: tuple[str, ...]
    wired: str
    remotes: Mapping[str, Place]
    transparency: Transparency
    line: str
    riser: str = ""
    length: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dwelling:
    """A home in the building.

    Args:
        name: of the dwelling.
        devices: type to what the plan has, the hub among them.
        crowded: whether its meter point is where a bridge does not fit.
    """

    name: str
    devices: Mapping[str, PlacedDevice]
    crowded: bool

    @property
    def joining(self) -> tuple[str, ...]:
        """The types of what joins its hub, in the order of the file."""
        return tuple(kind for kind in self.devices if kind != "CHF")

    def device(self, kind: str) -> str:
        """What a device is called."""
        return f"{self.name} {kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """What a building file describes.

    Args:
        plan: with every device of every dwelling.
        dwellings: in the order of the file.
        bridges: in the order of the file.
        sources: what else is on its air.
    """

    plan: FloorPlan
    dwellings: tuple[Dwelling, ...]
    bridges: tuple[PlannedBridge, ...]
    sources: tuple[Source, ...]

    def bridge_of(self, dwelling: str) -> PlannedBridge | None:
        """The bridge that serves a dwelling."""
        return next((each for each in self.bridges if dwelling in each.serves), None)

    def ends_of(self, dwelling: Dwelling, bridge: PlannedBridge) -> tuple[Place, Place]:
        """Where the wired and the remote end are that carry the HAN of a dwelling.

        Its own pair of ends, whoever else the system serves; named as links know them.
        """
        at = self._meter(bridge.wired)
        base = f"{dwelling.name} bridge"
        wired = Place(f"{base} {WIRED}", at.x, at.y, at.z, at.floor, at.gain)
        end = bridge.remotes[dwelling.name]
        return wired, Place(f"{base} {REMOTE}", end.x, end.y, end.z, end.floor, end.gain)

    def _meter(self, name: str) -> Place:
        return next(each.place for each in self.plan.devices if each.name == name)
