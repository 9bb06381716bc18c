"""A building as radio sees it: storeys, slabs between them, walls with openings, devices."""

from dataclasses import dataclass
from math import hypot

from emulator.radio.propagation.materials import Material
from emulator.radio.propagation.path_loss import Place

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Storey:
    """One floor of the building.

    Args:
        name: as the plan names it.
        level: 0 at the ground, 1 above it, -1 below it.
        base: height of its floor above that of level 0, metres.
        height: from its floor to the next, metres.
        slab: what its ceiling and the floor above are made of.
    """

    name: str
    level: int
    base: float
    height: float
    slab: Material


@dataclass(frozen=True, slots=True)
class Opening:
    """A door or window in a wall.

    Args:
        start: metres along the wall at which it begins.
        end: metres along the wall at which it ends.
        bottom: above the floor, metres.
        top: above the floor, metres.
        material: what fills it.
    """

    start: float
    end: float
    bottom: float
    top: float
    material: Material


@dataclass(frozen=True, slots=True)
class Wall:
    """A straight wall from the floor of its storey to the ceiling."""

    storey: Storey
    start: Point
    end: Point
    material: Material
    openings: tuple[Opening, ...] = ()

    @property
    def length(self) -> float:
        """Metres."""
        return hypot(self.end[0] - self.start[0], self.end[1] - self.start[1])

    def material_at(self, along: float, height: float) -> Material:
        """What is met at a point.

        Args:
            along: metres from its start.
            height: above the floor of its storey, metres.
        """
        for opening in self.openings:
            if opening.start <= along <= opening.end and opening.bottom <= height <= opening.top:
                return opening.material
        return self.material


@dataclass(frozen=True, slots=True)
class Room:
    """A room: for drawings and words.

    Args:
        name: of the room.
        storey: where it is.
        corners: in order.
        dwelling: of which home it is part; empty where there is one home.
    """

    name: str
    storey: Storey
    corners: tuple[Point, ...]
    dwelling: str = ""


@dataclass(frozen=True, slots=True)
class Riser:
    """A shaft through storeys, in which slabs are left out for pipes and cables.

    Args:
        name: as the plan names it.
        corners: of the shaft, the same on every storey.
        lowest: level at which it begins.
        highest: level at which it ends; the slab above that is whole.
        stop: what fills it at each slab.
    """

    name: str
    corners: tuple[Point, ...]
    lowest: int
    highest: int
    stop: Material

    def holds(self, point: Point, slab: Storey) -> bool:
        """Whether a slab is left out at a point: the ceiling of a storey that it goes through."""
        if not self.lowest <= slab.level < self.highest:
            return False
        x, y = point
        sides = zip(self.corners, (*self.corners[1:], *self.corners[:1]), strict=True)
        beside = [
            x1 + (y - y1) * (x2 - x1) / (y2 - y1)
            for (x1, y1), (x2, y2) in sides
            if (y1 <= y) != (y2 <= y)
        ]
        return sum(each > x for each in beside) % 2 == 1


@dataclass(frozen=True, slots=True)
class PlacedDevice:
    """A device, or anything else with an antenna, in the plan.

    Args:
        name: as scenarios and links know it.
        place: where its antenna is.
        enclosure: what it is shut into, None in the open.
        dwelling: to which home it belongs; empty where there is one home.
    """

    name: str
    place: Place
    enclosure: Material | None = None
    dwelling: str = ""


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """A building, or several.

    Args:
        name: as reports call it.
        storeys: lowest first.
        walls: of every storey.
        rooms: of every storey.
        devices: as the file has them.
        risers: shafts through its slabs.
    """

    name: str
    storeys: tuple[Storey, ...]
    walls: tuple[Wall, ...]
    rooms: tuple[Room, ...]
    devices: tuple[PlacedDevice, ...]
    risers: tuple[Riser, ...] = ()

    def device(self, name: str) -> PlacedDevice | None:
        """The device of that name."""
        return next((each for each in self.devices if each.name == name), None)

    def unverified_materials(self) -> tuple[str, ...]:
        """Names of the materials in use that no source proves, in order."""
        used = [wall.material for wall in self.walls]
        used += [opening.material for wall in self.walls for opening in wall.openings]
        used += [storey.slab for storey in self.storeys[:-1]]
        used += [riser.stop for riser in self.risers]
        used += [device.enclosure for device in self.devices if device.enclosure]
        return tuple(sorted({each.name for each in used if not each.verified}))
