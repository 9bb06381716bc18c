"""A meter room or meter cupboard: a wall, and the items on it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from emulator.alt_han.meter_room.items import Item, ItemKind
from emulator.alt_han.meter_room.shapes import Rectangle
from emulator.kernel.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterRoom:
    """A wall with items on it.

    Args:
        name: of the room.
        width: of the wall, millimetres.
        height: of the wall, millimetres.
        items: what hangs on it.
    """

    name: str
    width: int
    height: int
    items: tuple[Item, ...]

    @property
    def wall(self) -> Rectangle:
        """All of the wall."""
        return Rectangle(0, 0, self.width, self.height)

    def item(self, name: str) -> Item:
        """The item of that name.

        Raises:
            UsageError: when there is none.
        """
        for each in self.items:
            if each.name == name:
                return each
        raise UsageError(f"room {self.name}: no item {name}")

    def meter_of(self, meter_point: str) -> Item | None:
        """The electricity meter of a meter point."""
        kinds = (ItemKind.METER, ItemKind.SMETS2_METER)
        found = (
            each for each in self.items if each.meter_point == meter_point and each.kind in kinds
        )
        return next(found, None)

    def with_items(self, items: Iterable[Item]) -> "MeterRoom":
        """The room with more in it."""
        return replace(self, items=(*self.items, *items))

    def without(self, name: str) -> "MeterRoom":
        """The room once an item is gone.

        Raises:
            UsageError: when there is none of that name.
        """
        gone = self.item(name)
        return replace(self, items=tuple(each for each in self.items if each is not gone))

    def with_moved(self, name: str, left: int, bottom: int) -> "MeterRoom":
        """The room once an item hangs elsewhere.

        Raises:
            UsageError: when there is none of that name.
        """
        moved = self.item(name)
        there = replace(moved, place=moved.place.moved(left, bottom))
        return replace(self, items=tuple(there if each is moved else each for each in self.items))

    def problems(self) -> Iterator[str]:
        """Everything that cannot be so: one thing on another, or outside the wall."""
        if self.width <= 0 or self.height <= 0:
            yield f"room {self.name}: a wall of {self.width} by {self.height} mm"
        names = [each.name for each in self.items]
        for name in sorted({each for each in names if names.count(each) > 1}):
            yield f"room {self.name}: two items named {name}"
        for each in self.items:
            if each.place.width <= 0 or each.place.height <= 0:
                yield f"room {self.name}: {each.name} has no size"
            elif not each.place.within(self.wall):
                yield f"room {self.name}: {each.name} is not on the wall"
        for one, other in combinations(self.items, 2):
            if one.place.overlaps(other.place):
                yield f"room {self.name}: {one.name} and {other.name} overlap"
