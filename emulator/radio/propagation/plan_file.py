"""Floor plans in TOML: storeys, materials, rooms, walls, devices; every mistake with its line."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from emulator.radio.located_toml import LocatedToml, Table
from emulator.radio.propagation.floor_plan import (
    FloorPlan,
    PlacedDevice,
    Riser,
    Room,
    Storey,
    Wall,
)
from emulator.radio.propagation.materials import Material, of_megahertz, shipped_materials
from emulator.radio.propagation.path_loss import Place
from emulator.radio.propagation.wall_tables import corners_of, edges, material_of, openings_of

TABLES: Final = ("storey", "material", "room", "wall", "riser", "device")
"""The arrays of tables that a plan is made of."""
_HIGHEST: Final = 200
_MATERIAL_LOSS: Final = 200.0


def parse_plan(document: LocatedToml) -> FloorPlan:
    """The plan of a document; its mistakes are added to those of the document."""
    top = document.top()
    top.only("name")
    materials = _materials(document)
    storeys = _storeys(document, materials)
    by_name = {storey.name: storey for storey in storeys}
    rooms, walls = _rooms(document, by_name, materials)
    walls += [_wall(table, by_name, materials) for table in document.tables("wall")]
    rooms, walls = _repeated(document, by_name, rooms, walls)
    devices = _devices(document, by_name, materials)
    return FloorPlan(
        name=top.text("name"),
        storeys=tuple(sorted(storeys, key=lambda storey: storey.level)),
        walls=tuple(walls),
        rooms=tuple(rooms),
        devices=tuple(devices),
        risers=tuple(_risers(document, by_name, materials)),
    )


def _materials(document: LocatedToml) -> dict[str, Material]:
    known = dict(shipped_materials())
    for table in document.tables("material"):
        table.only("name", "loss", "source", "verified")
        name = table.text("name")
        losses = _losses(table)
        source = table.text("source", "the plan")
        known[name] = Material(
            name, losses, source, verified=table.truth("verified", default=False)
        )
    return known


def _losses(table: Table) -> tuple[tuple[float, float], ...]:
    found = table.values.get("loss")
    if isinstance(found, dict) and found:
        try:
            losses = of_megahertz(found)
        except (TypeError, ValueError):
            losses = ()
        if losses and all(hz > 0 and 0 <= loss <= _MATERIAL_LOSS for hz, loss in losses):
            return losses
    table.refuse(
        "loss", f"loss = {found!r}: expected megahertz and dB, as {{ 868 = 8, 2440 = 12 }}"
    )
    return ((1e9, 0.0),)


def _storeys(document: LocatedToml, materials: Mapping[str, Material]) -> list[Storey]:
    found: list[Storey] = []
    for number, table in enumerate(document.tables("storey", wanted=True)):
        table.only("name", "level", "height", "slab", "like")
        name = table.text("name")
        level = table.whole("level", -10, _HIGHEST, number)
        if any(each.name == name for each in found):
            table.refuse("name", f"name = {name!r}: there is a storey of that name")
        if any(each.level == level for each in found):
            table.refuse("level", f"level = {level}: there is a storey at that level")
        slab = material_of(table, "slab", materials, "timber floor")
        height = table.number_of("height", 1.5, 30, 2.6)
        found.append(Storey(name, level, 0.0, height, slab))
    if not found:
        return [Storey("", 0, 0.0, 2.6, materials["timber floor"])]
    return _stacked(found)


def _stacked(storeys: Sequence[Storey]) -> list[Storey]:
    """The storeys with the heights of their floors; level 0, or the lowest above it, is at 0."""
    heights = {storey.level: storey.height for storey in storeys}
    based: list[Storey] = []
    for storey in storeys:
        if storey.level >= 0:
            base = sum(heights[level] for level in heights if 0 <= level < storey.level)
        else:
            base = -sum(heights[level] for level in heights if storey.level <= level < 0)
        based.append(replace(storey, base=base))
    return based


def _rooms(
    document: LocatedToml, storeys: Mapping[str, Storey], materials: Mapping[str, Material]
) -> tuple[list[Room], list[Wall]]:
    rooms: list[Room] = []
    walls: list[Wall] = []
    for table in document.tables("room"):
        table.only("name", "storey", "corners", "walls", "dwelling")
        storey = _storey(table, storeys)
        corners = corners_of(table)
        rooms.append(Room(table.text("name"), storey, corners, table.text("dwelling", "")))
        if "walls" in table.values:
            material = material_of(table, "walls", materials)
            walls += [Wall(storey, start, end, material) for start, end in edges(corners)]
    return rooms, walls


def _wall(table: Table, storeys: Mapping[str, Storey], materials: Mapping[str, Material]) -> Wall:
    table.only("storey", "from", "to", "material", "openings")
    storey = _storey(table, storeys)
    start, end = table.point("from"), table.point("to")
    material = material_of(table, "material", materials)
    wall = Wall(storey, start, end, material)
    if start == end and "from" in table.values and "to" in table.values:
        table.refuse("to", f"to = {list(end)}: the wall has no length")
    return replace(wall, openings=openings_of(table, wall, materials))


def _risers(
    document: LocatedToml, storeys: Mapping[str, Storey], materials: Mapping[str, Material]
) -> list[Riser]:
    found: list[Riser] = []
    for table in document.tables("riser"):
        table.only("name", "corners", "from", "to", "stop")
        name = table.text("name")
        if any(each.name == name for each in found):
            table.refuse("name", f"name = {name!r}: there is a riser of that name")
        by_level = sorted(storeys.values(), key=lambda storey: storey.level)
        ends = [
            storeys.get(table.choice(key, tuple(storeys), usual.name))
            for key, usual in (("from", by_level[0]), ("to", by_level[-1]))
        ]
        lowest, highest = (0 if each is None else each.level for each in ends)
        if None not in ends and lowest >= highest:
            table.refuse(
                "to", f"to = {table.values.get('to')!r}: expected a storey above its first"
            )
        stop = material_of(table, "stop", materials, "open")
        found.append(Riser(name, corners_of(table), lowest, highest, stop))
    return found


def _repeated(
    document: LocatedToml, storeys: Mapping[str, Storey], rooms: list[Room], walls: list[Wall]
) -> tuple[list[Room], list[Wall]]:
    """Rooms and walls with those of storeys that are like another."""
    more_rooms, more_walls = list(rooms), list(walls)
    for table in document.tables("storey"):
        if "like" not in table.values:
            continue
        model = table.choice("like", tuple(storeys))
        name = table.values.get("name")
        storey = storeys.get(name) if isinstance(name, str) else None
        if storey is None:
            continue
        if model == name:
            table.refuse("like", f"like = {model!r}: that is this storey itself")
        more_walls += [replace(each, storey=storey) for each in walls if each.storey.name == model]
        for room in rooms:
            if room.storey.name == model:
                dwelling = f"{room.dwelling}, {storey.name}" if room.dwelling else ""
                more_rooms.append(replace(room, storey=storey, dwelling=dwelling))
    return more_rooms, more_walls


def _devices(
    document: LocatedToml, storeys: Mapping[str, Storey], materials: Mapping[str, Material]
) -> list[PlacedDevice]:
    devices: list[PlacedDevice] = []
    for table in document.tables("device"):
        table.only("name", "storey", "at", "height", "gain", "enclosure", "dwelling")
        name = table.text("name")
        if any(each.name == name for each in devices):
            table.refuse("name", f"name = {name!r}: there is a device of that name")
        place = place_of(table, name, storeys)
        enclosure = None
        if "enclosure" in table.values:
            enclosure = material_of(table, "enclosure", materials)
        dwelling = table.text("dwelling", "")
        devices.append(PlacedDevice(name, place, enclosure, dwelling))
    return devices


def place_of(table: Table, name: str, storeys: Mapping[str, Storey]) -> Place:
    """The place that a table gives by storey, point, height above the floor and antenna gain."""
    storey = _storey(table, storeys)
    x, y = table.point("at")
    height = table.number_of("height", 0, storey.height, min(1.2, storey.height))
    gain = table.number_of("gain", -60, 30, 0.0)
    return Place(name, x, y, storey.base + height, storey.level, gain)


def _storey(table: Table, storeys: Mapping[str, Storey]) -> Storey:
    only = next(iter(storeys)) if len(storeys) == 1 else None
    name = table.choice("storey", tuple(storeys), only)
    return storeys.get(name) or next(iter(storeys.values()))
