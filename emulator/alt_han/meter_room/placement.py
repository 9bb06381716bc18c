"""Whether what is to be installed fits into a room, and where.

What is new may hang wherever nothing else does, on the wall, and near enough to what it is wired
to. Of all such places the ones are tried at which it touches an edge of the wall, of something
else or of its reach. One item that fits anywhere can be pushed left and down until it touches, so
for one none is missed; of several, a place against one that is hung later may be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from emulator.alt_han.meter_room.items import Item, ItemKind, Owner
from emulator.alt_han.meter_room.room import MeterRoom
from emulator.alt_han.meter_room.shapes import Rectangle

_MOST_TRIES: Final = 50_000
"""Places tried before the search gives up and says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that is to be installed at a meter point.

    Args:
        meter_point: the MPAN whose electricity meter it stands at.
        width: of the wall it needs, clearances included, millimetres.
        height: the same.
        lead: how far from that meter it may hang, millimetres from edge to edge, across and up: an
            Alt HAN bridge is wired at the electricity meter (DCP 400 3.2).
        in_place_of_meter: whether it takes the place of the meter that is there.
    """

    kind: ItemKind
    meter_point: str
    width: int
    height: int
    lead: int
    in_place_of_meter: bool = False

    @property
    def name(self) -> str:
        """What the item is called once it hangs."""
        return f"{self.kind.value} {self.meter_point}"


@dataclass(frozen=True, slots=True)
class Fit:
    """What came of the search.

    Args:
        room: with everything in it that fits; without, as it was.
        missing: what does not fit; empty when all does.
        searched: whether the search ended by itself; when it was cut short, more might fit.
    """

    room: MeterRoom
    missing: tuple[Need, ...]
    searched: bool = True

    @property
    def fits(self) -> bool:
        """Whether everything fits."""
        return not self.missing


@dataclass(slots=True)
class _Search:
    tries: int = 0


def fit(room: MeterRoom, needs: Sequence[Need]) -> Fit:
    """Place everything, or as much as can be placed; what is largest first."""
    cleared = _cleared(room, needs)
    homes = {each.meter_point: room.meter_of(each.meter_point) for each in needs}
    ordered = sorted(needs, key=lambda each: (-each.width * each.height, each.name))
    search = _Search()
    placed = _place(cleared, ordered, homes, search)
    if placed is not None:
        return Fit(placed, ())
    kept: list[Need] = []
    reached = cleared
    for need in ordered:
        more = _place(cleared, [*kept, need], homes, search)
        if more is not None:
            kept.append(need)
            reached = more
    missing = tuple(each for each in ordered if each not in kept)
    return Fit(reached if kept else room, missing, search.tries < _MOST_TRIES)


def _cleared(room: MeterRoom, needs: Iterable[Need]) -> MeterRoom:
    """The room once the meters are gone in whose place others come."""
    for need in needs:
        meter = room.meter_of(need.meter_point)
        if need.in_place_of_meter and meter is not None:
            room = room.without(meter.name)
    return room


def _place(
    room: MeterRoom, needs: Sequence[Need], homes: dict[str, Item | None], search: _Search
) -> MeterRoom | None:
    if not needs:
        return room
    need, *rest = needs
    home = homes[need.meter_point]
    if home is None:
        return None
    for place in _places(room, need, home.place):
        search.tries += 1
        if search.tries >= _MOST_TRIES:
            return None
        item = Item(
            name=need.name,
            kind=need.kind,
            owner=Owner.SUPPLIER,
            place=place,
            meter_point=need.meter_point,
        )
        more = _place(room.with_items([item]), rest, homes, search)
        if more is not None:
            return more
    return None


def _places(room: MeterRoom, need: Need, home: Rectangle) -> Iterator[Rectangle]:
    """Where it may hang, nearest to its meter first."""
    taken = [each.place for each in room.items]
    lefts = {0, home.left, room.width - need.width, *_edges(taken, need.width, across=True)}
    bottoms = {0, home.bottom, room.height - need.height}
    bottoms |= set(_edges(taken, need.height, across=False))
    lefts |= {home.left - need.width - need.lead, home.right + need.lead}
    bottoms |= {home.bottom - need.height - need.lead, home.top + need.lead}
    probe = Rectangle(0, 0, need.width, need.height)
    free = (
        place
        for left in lefts
        for bottom in bottoms
        if (place := replace(probe, left=left, bottom=bottom)).within(room.wall)
        and place.gap(home) <= need.lead
        and not any(place.overlaps(each) for each in taken)
    )
    return iter(sorted(free, key=lambda place: (place.gap(home), place)))


def _edges(taken: Iterable[Rectangle], size: int, *, across: bool) -> Iterator[int]:
    for each in taken:
        yield each.right if across else each.top
        yield (each.left if across else each.bottom) - size
