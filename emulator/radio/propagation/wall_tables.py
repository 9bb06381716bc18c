"""Corners of rooms and openings of walls, as a plan file writes them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from emulator.radio.located_toml import Table, as_point
from emulator.radio.propagation.floor_plan import Opening, Point, Wall
from emulator.radio.propagation.materials import Material

_OPENING_KEYS: Final = frozenset(("from", "to", "bottom", "top", "material"))
_DOOR_TOP: Final = 2.0
"""Metres above the floor."""


def material_of(
    table: Table, key: str, materials: Mapping[str, Material], usual: str | None = None
) -> Material:
    """The material that a key names; an opening after a mistake.

    Args:
        table: while it is read.
        key: of the table.
        materials: by name.
        usual: what holds where nothing is said; something must be where None.
    """
    return materials[table.choice(key, tuple(materials), usual) or "open"]


def corners_of(table: Table) -> tuple[Point, ...]:
    """The corners of a room, three at least; none after a mistake."""
    found = table.values.get("corners")
    if found is None:
        table.refuse("", "corners is missing")
        return ()
    points = [as_point(each) for each in found] if isinstance(found, list) else []
    corners = tuple(point for point in points if point is not None)
    if len(corners) < 3 or len(corners) != len(points):
        table.refuse("corners", f"corners = {found!r}: expected three [x, y] at least, in metres")
        return ()
    return corners


def edges(corners: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """The sides of a room, the last one back to its first corner."""
    if corners:
        yield from pairwise((*corners, corners[0]))


def openings_of(table: Table, wall: Wall, materials: Mapping[str, Material]) -> tuple[Opening, ...]:
    """The doors and windows of a wall."""
    found = table.values.get("openings", [])
    if not isinstance(found, list):
        table.refuse("openings", f"openings = {found!r}: expected a list of tables")
        return ()
    made = (_opening(table, wall, each, materials) for each in found)
    return tuple(opening for opening in made if opening is not None)


def _opening(
    table: Table, wall: Wall, found: object, materials: Mapping[str, Material]
) -> Opening | None:
    if not isinstance(found, dict) or not {"from", "to", "material"} <= found.keys():
        table.refuse("openings", f"opening {found!r}: expected from, to and material at least")
        return None
    if unknown := found.keys() - _OPENING_KEYS:
        table.refuse("openings", f"opening: unknown key {min(unknown)!r}")
        return None
    material = materials.get(str(found["material"]))
    if material is None:
        there = ", ".join(materials)
        table.refuse("openings", f"opening: material = {found['material']!r}: expected {there}")
        return None
    ceiling = wall.storey.height
    numbers = [found["from"], found["to"], found.get("bottom", 0), found.get("top", _DOOR_TOP)]
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers):
        table.refuse("openings", f"opening {found!r}: expected numbers of metres")
        return None
    start, end, bottom, top = map(float, numbers)
    if not (0 <= start < end <= wall.length + 1e-9 and 0 <= bottom < top <= ceiling):
        table.refuse(
            "openings",
            f"opening {start:g} to {end:g} m, {bottom:g} to {top:g} m high: expected it within "
            f"the {wall.length:g} m of the wall and {ceiling:g} m of the storey",
        )
        return None
    return Opening(start, end, bottom, top, material)
