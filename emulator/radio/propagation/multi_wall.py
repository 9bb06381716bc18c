"""The multi-wall model: free space, and what every wall and floor on the straight line takes.

COST 231 (final report, 4.7.2): L = LFS + Lc + sum of walls + n^((n+2)/(n+1) - b) Lf for n floors.
Here each wall has the loss of its material at the point where the line goes through it, and Lf is
the mean of the floors that are crossed. Where the line goes through a riser, a slab is no floor:
what fills the riser there takes its part as a wall does.
"""

from dataclasses import dataclass, field

from emulator.radio.propagation.distance import free_space_loss
from emulator.radio.propagation.floor_plan import FloorPlan, Storey, Wall
from emulator.radio.propagation.materials import Material
from emulator.radio.propagation.path_loss import Place

_ONE_WALL = 0.02
"""Metres along the line within which two drawn walls are one: rooms that share a wall."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A wall on the line.

    Args:
        at: metres from the beginning of the line.
        material: what the line goes through.
    """

    at: float
    material: Material


@dataclass(frozen=True, slots=True)
class MultiWall:
    """A `PathLoss` in a building.

    Args:
        plan: the building.
        constant: Lc, dB; zero where the model was not fitted to measurements.
        floor_exponent: b; several floors take less than their sum.
    """

    plan: FloorPlan
    constant: float = 0.0
    floor_exponent: float = 0.46
    _enclosures: dict[str, Material | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Remember what devices are shut into."""
        enclosures = {each.name: each.enclosure for each in self.plan.devices}
        object.__setattr__(self, "_enclosures", enclosures)

    def loss(self, one: Place, other: Place, frequency: float) -> float:
        """As `PathLoss.loss`; enclosures of devices of the plan are part of the path."""
        # In one order, so that a line through the very end of a wall is the same both ways.
        one, other = sorted((one, other), key=lambda each: (each.x, each.y, each.z, each.name))
        walls = sum(each.material.loss(frequency) for each in self.crossings(one, other, frequency))
        shut_in = (self._enclosures.get(place.name) for place in (one, other))
        enclosures = sum(each.loss(frequency) for each in shut_in if each is not None)
        floors = self._floor_loss(one, other, frequency)
        empty = free_space_loss(one.distance(other), frequency)
        return empty + self.constant + walls + enclosures + floors

    def crossings(self, one: Place, other: Place, frequency: float) -> tuple[Crossing, ...]:
        """The walls between two places, in order; where two are drawn as one, the heavier."""
        found = [_crossing(wall, one, other) for wall in self.plan.walls]
        kept: list[Crossing] = []
        for each in sorted((each for each in found if each), key=lambda each: each.at):
            if kept and each.at - kept[-1].at <= _ONE_WALL:
                if each.material.loss(frequency) > kept[-1].material.loss(frequency):
                    kept[-1] = each
            else:
                kept.append(each)
        return tuple(kept)

    def slabs(self, one: Place, other: Place) -> tuple[Storey, ...]:
        """The storeys whose ceiling lies between two places."""
        low, high = sorted((one.z, other.z))
        return tuple(
            storey for storey in self.plan.storeys[:-1] if low < storey.base + storey.height <= high
        )

    def _floor_loss(self, one: Place, other: Place, frequency: float) -> float:
        floors: list[float] = []
        shafts = 0.0
        for storey in self.slabs(one, other):
            stop = self._shaft(storey, one, other)
            if stop is None:
                floors.append(storey.slab.loss(frequency))
            else:
                shafts += stop.loss(frequency)
        count = len(floors)
        if not count:
            return shafts
        mean = sum(floors) / count
        return shafts + float(count ** ((count + 2) / (count + 1) - self.floor_exponent) * mean)

    def _shaft(self, slab: Storey, one: Place, other: Place) -> Material | None:
        """What fills the riser through which the line passes a slab; None where it is whole."""
        if not self.plan.risers:
            return None
        share = (slab.base + slab.height - one.z) / (other.z - one.z)
        point = one.x + share * (other.x - one.x), one.y + share * (other.y - one.y)
        found = (riser.stop for riser in self.plan.risers if riser.holds(point, slab))
        return next(found, None)


def _crossing(wall: Wall, one: Place, other: Place) -> Crossing | None:
    """Where the line from `one` to `other` goes through a wall; None when it does not."""
    ax, ay = wall.start
    wx, wy = wall.end[0] - ax, wall.end[1] - ay
    dx, dy = other.x - one.x, other.y - one.y
    across = dx * wy - dy * wx
    if across == 0.0:
        return None
    share = ((ax - one.x) * wy - (ay - one.y) * wx) / across
    along = ((ax - one.x) * dy - (ay - one.y) * dx) / across
    if not (0.0 < share < 1.0 and 0.0 <= along < 1.0):
        return None
    height = one.z + share * (other.z - one.z) - wall.storey.base
    if not 0.0 <= height < wall.storey.height:
        return None
    material = wall.material_at(along * wall.length, height)
    return Crossing(share * one.distance(other), material)
