"""What cannot be so in a building: rooms on each other, on nothing, devices outside the walls."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from emulator.building.geometry import LEAST, area, common_area, within
from emulator.radio.located_toml import LocatedToml, Table
from emulator.radio.propagation.floor_plan import FloorPlan, PlacedDevice, Riser, Room

_SUPPORTED: Final = 0.5
"""Share of a room that must stand on rooms below: less would be no balcony any more."""
_METER_BOX: Final = 0.6
"""Metres from a wall within which a gas meter may hang outside."""


def check_geometry(document: LocatedToml, plan: FloorPlan, fitted: Mapping[str, Table]) -> None:
    """Note everything that is wrong as mistakes of the document.

    Args:
        document: which the plan was read from.
        plan: with every device.
        fitted: by device, the table that put it there.
    """
    places = _Places(document, plan)
    rooms = [room for room in plan.rooms if room.corners]
    _check_rooms(places, rooms)
    for riser in plan.risers:
        for name in _storeys_outside(riser, plan, rooms):
            reason = f"riser {riser.name} is outside the walls of storey {name}"
            places.at_riser(riser, reason)
    for device in plan.devices:
        # One without a name is a mistake of its own already, and cannot be spoken of.
        reason = device.name and _misplaced(device, rooms)
        if reason:
            places.at_device(device, fitted, reason)


def _check_rooms(places: "_Places", rooms: Sequence[Room]) -> None:
    """Rooms must be neither on each other nor on nothing."""
    for one, other in combinations(rooms, 2):
        if one.storey.level == other.storey.level:
            common = common_area(one.corners, other.corners)
            if common > LEAST:
                places.at_room(
                    other, f"{_called(one)} and {_called(other)} overlap: {common:.1f} m2"
                )
    for room in rooms:
        held = _held(room, rooms)
        if held < _SUPPORTED * area(room.corners) - LEAST:
            reason = f"{_called(room)} floats: {held:.1f} of {area(room.corners):.1f} m2 stand"
            places.at_room(room, f"{reason} on rooms below")


def _held(room: Room, rooms: Sequence[Room]) -> float:
    """Square metres of a room that stand on rooms of the storey below, or on the ground."""
    if room.storey.level <= 0:
        return area(room.corners)
    below = (each for each in rooms if each.storey.level == room.storey.level - 1)
    return sum(common_area(room.corners, each.corners) for each in below)


def _storeys_outside(riser: Riser, plan: FloorPlan, rooms: Sequence[Room]) -> Iterator[str]:
    """Storeys that a riser goes through, and in whose rooms it is not."""
    for storey in plan.storeys:
        if riser.lowest <= storey.level <= riser.highest:
            there = (room.corners for room in rooms if room.storey.level == storey.level)
            inside = sum(common_area(riser.corners, corners) for corners in there)
            if inside < _SUPPORTED * area(riser.corners) - LEAST:
                yield storey.name


def _misplaced(device: PlacedDevice, rooms: Sequence[Room]) -> str:
    at = device.place.x, device.place.y
    there = [room for room in rooms if room.storey.level == device.place.floor]
    margin = _METER_BOX if device.name.split()[-1] == "GSME" else 0.0
    inside = [room for room in there if within(at, room.corners, margin)]
    where = f"{device.name} at [{at[0]:g}, {at[1]:g}]"
    if not inside:
        return f"{where} is outside the walls: expected it in a room of its storey"
    if device.dwelling and all(room.dwelling not in ("", device.dwelling) for room in inside):
        return f"{where} is in {inside[0].dwelling}, which is another dwelling"
    return ""


def _called(room: Room) -> str:
    home = f" of {room.dwelling}" if room.dwelling else ""
    return f"{room.name}{home} ({room.storey.name})"


class _Places:
    """Says of rooms and devices where the file has them."""

    def __init__(self, document: LocatedToml, plan: FloorPlan) -> None:
        self._document = document
        written = document.tables("room")
        self._rooms = dict(zip(map(id, plan.rooms), written, strict=False))
        """The rooms that are written; those of storeys that are like another come after them."""
        self._devices = {
            str(table.values.get("name")): table for table in document.tables("device")
        }

    def at_room(self, room: Room, reason: str) -> None:
        """A mistake about a room; of a storey like another, with the line of that storey."""
        table = self._rooms.get(id(room))
        if table is not None:
            table.refuse("corners", reason)
            return
        storeys = self._document.tables("storey")
        of_room = next(each for each in storeys if each.values.get("name") == room.storey.name)
        of_room.refuse("like", reason)

    def at_riser(self, riser: Riser, reason: str) -> None:
        """A mistake about a riser."""
        tables = self._document.tables("riser")
        table = next(each for each in tables if each.values.get("name") == riser.name)
        table.refuse("corners", reason)

    def at_device(self, device: PlacedDevice, fitted: Mapping[str, Table], reason: str) -> None:
        """A mistake about a device."""
        table = fitted.get(device.name) or self._devices[device.name]
        table.refuse("at", reason)
