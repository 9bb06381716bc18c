"""Buildings in TOML: a floor plan, and who lives where, what is fitted, which bridges there are.

`[[fitted]]` puts one device into each of several dwellings at once; `[[bridge]]` says where its two
ends are; `[[crowded]]` names meter points at which there is no space.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import hypot
from pathlib import Path
from typing import Final

from emulator.alt_han.bridge.settings import PRESETS, Transparency
from emulator.building.building import Building, Dwelling, PlannedBridge, System
from emulator.building.checks import check_geometry
from emulator.lab.shipments.shipment import DEVICE_TYPES
from emulator.radio.interference.source_tables import TABLE, parse_sources
from emulator.radio.located_toml import LocatedToml, Table, read_toml
from emulator.radio.propagation.floor_plan import FloorPlan, PlacedDevice, Riser
from emulator.radio.propagation.materials import Material, shipped_materials
from emulator.radio.propagation.path_loss import Place
from emulator.radio.propagation.plan_file import TABLES, parse_plan, place_of
from emulator.radio.propagation.wall_tables import material_of

OWN_TABLES: Final = ("fitted", "bridge", "crowded")
_FITTED_KEYS: Final = (
    "type", "dwellings", "storey", "at", "step", "height", "gain", "enclosure",
)  # fmt: skip
_BRIDGE_KEYS: Final = (
    "name", "system", "serves", "wired", "storey", "at", "height", "gain", "transparency", "line",
    "riser",
)  # fmt: skip
_TYPES: Final = ("CHF", *(kind for kind, about in DEVICE_TYPES.items() if about.joins))
_BRIDGES: Final = (Transparency.RELAY.value, Transparency.PROXY.value)


def read_building(path: Path) -> Building:
    """The building that a file describes.

    Raises:
        UsageError: with every mistake, each with file, line and rule.
    """
    document = read_toml(path)
    document.only_tables(*TABLES, TABLE, *OWN_TABLES)
    plan = parse_plan(document)
    storeys = {storey.name: storey for storey in plan.storeys}
    homes = tuple(dict.fromkeys(room.dwelling for room in plan.rooms if room.dwelling))
    fitted = _Fitted(document, homes, plan)
    devices = fitted.devices()
    whole = replace(plan, devices=(*plan.devices, *devices))
    sources = parse_sources(document, storeys)
    crowded = _crowded(document, homes)
    dwellings = tuple(_dwelling(name, devices, crowded) for name in homes)
    bridges = _bridges(document, dwellings, plan)
    check_geometry(document, whole, fitted.lines)
    _check_dwellings(document, dwellings)
    document.check()
    return Building(plan=whole, dwellings=dwellings, bridges=bridges, sources=sources)


class _Fitted:
    """Reads `[[fitted]]`: one table puts a device into many dwellings."""

    def __init__(
        self,
        document: LocatedToml,
        homes: Sequence[str],
        plan: FloorPlan,
    ) -> None:
        self.lines: dict[str, Table] = {}
        """By device, the table that put it there."""
        self._document = document
        self._homes = homes
        self._plan = plan

    def devices(self) -> list[PlacedDevice]:
        """Every device of every table."""
        found: list[PlacedDevice] = []
        for table in self._document.tables("fitted", wanted=True):
            table.only(*_FITTED_KEYS)
            for device in self._of_table(table):
                if device.name in self.lines:
                    table.refuse("dwellings", f"{device.name} is fitted already")
                    continue
                self.lines[device.name] = table
                found.append(device)
        return found

    def _of_table(self, table: Table) -> list[PlacedDevice]:
        kind = table.choice("type", _TYPES)
        enclosure = _enclosure(table)
        step = table.point("step") if "step" in table.values else (0.0, 0.0)
        made: list[PlacedDevice] = []
        for number, home in enumerate(names_in(table, "dwellings", self._homes)):
            name = f"{home} {kind}"
            place = place_on(table, name, home, self._plan)
            place = replace(place, x=place.x + number * step[0], y=place.y + number * step[1])
            made.append(PlacedDevice(name, place, enclosure, home))
        return made


def place_on(table: Table, name: str, dwelling: str, plan: FloorPlan) -> Place:
    """The place that a table gives: on the storey that it names, or on that of a dwelling."""
    storeys = {storey.name: storey for storey in plan.storeys}
    if "storey" in table.values:
        return place_of(table, name, storeys)
    room = next(each for each in plan.rooms if each.dwelling == dwelling)
    return place_of(
        replace(table, values={**table.values, "storey": room.storey.name}), name, storeys
    )


def names_in(table: Table, key: str, there: Sequence[str]) -> tuple[str, ...]:
    """Names of dwellings: `flat A` and all that are like it above, `=flat A` alone, `*` for all."""
    wanted = table.values.get(key)
    if wanted == "*":
        return tuple(there)
    if not isinstance(wanted, list) or not wanted:
        table.refuse(key, f"{key} = {wanted!r}: expected a list of dwellings, or '*'")
        return ()
    found: list[str] = []
    for each in wanted:
        alike = [name for name in there if _is_meant(name, each)]
        if not alike:
            table.refuse(key, f"{key}: no dwelling {each!r}: there is {', '.join(there) or 'none'}")
        found += alike
    return tuple(dict.fromkeys(found))


def _is_meant(name: str, written: object) -> bool:
    return isinstance(written, str) and (
        name == written.removeprefix("=") or name.startswith(f"{written}, ")
    )


def _enclosure(table: Table) -> Material | None:
    if "enclosure" not in table.values:
        return None
    materials = shipped_materials()
    return material_of(table, "enclosure", materials)


def _crowded(document: LocatedToml, homes: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for table in document.tables("crowded"):
        table.only("dwellings", "why")
        table.text("why", "")
        found.update(names_in(table, "dwellings", homes))
    return frozenset(found)


def _dwelling(name: str, devices: Sequence[PlacedDevice], crowded: frozenset[str]) -> Dwelling:
    own = {each.name.removeprefix(f"{name} "): each for each in devices if each.dwelling == name}
    return Dwelling(name=name, devices=own, crowded=name in crowded)


def _check_dwellings(document: LocatedToml, dwellings: Sequence[Dwelling]) -> None:
    if not dwellings:
        document.refuse(("room",), "no dwellings: expected rooms with dwelling = a name")
    for dwelling in dwellings:
        for kind in ("CHF", "ESME"):
            if kind not in dwelling.devices:
                reason = f"{dwelling.name} has no {kind}: expected one [[fitted]] for each dwelling"
                document.refuse(("fitted",), reason)


def _bridges(
    document: LocatedToml, dwellings: Sequence[Dwelling], plan: FloorPlan
) -> tuple[PlannedBridge, ...]:
    found: list[PlannedBridge] = []
    for table in document.tables("bridge"):
        table.only(*_BRIDGE_KEYS)
        name = table.text("name")
        system = System(table.choice("system", tuple(each.value for each in System)) or "shared")
        serves = names_in(table, "serves", [each.name for each in dwellings])
        wired = _wired(table, serves, dwellings)
        _check_served(table, system, serves, found)
        remotes = {each: place_on(table, name, each, plan) for each in serves}
        riser = _riser(table, plan)
        meters = [each.devices["ESME"].place for each in dwellings if each.device("ESME") == wired]
        found.append(
            PlannedBridge(
                name=name,
                system=system,
                serves=serves,
                wired=wired,
                remotes=remotes,
                transparency=Transparency(table.choice("transparency", _BRIDGES, "proxy")),
                line=table.choice("line", tuple(PRESETS), "example-power-line"),
                riser="" if riser is None else riser.name,
                length={}
                if riser is None or not meters
                else lengths(table, riser, meters[0], remotes),
            )
        )
    return tuple(found)


def _wired(table: Table, serves: Sequence[str], dwellings: Sequence[Dwelling]) -> str:
    """The electricity meter of a dwelling that it serves, at which its wired end is."""
    meters = [
        each.device("ESME") for each in dwellings if each.name in serves and "ESME" in each.devices
    ]
    wired = table.values.get("wired")
    if wired is None:
        table.refuse("", "no wired end: one bridge is always wired at the electricity meter "
                     "(DCP 400 3.2): expected wired = a meter")  # fmt: skip
    elif wired not in meters:
        expected = " or ".join(meters) or "the meter of a dwelling that it serves"
        table.refuse("wired", f"wired = {wired!r}: expected {expected} (DCP 400 3.2)")
    return wired if isinstance(wired, str) and wired in meters else ""


def _riser(table: Table, plan: FloorPlan) -> Riser | None:
    """The riser that a bridge's line goes through."""
    if "riser" not in table.values:
        return None
    wanted = table.choice("riser", tuple(each.name for each in plan.risers))
    return next((each for each in plan.risers if each.name == wanted), None)


def lengths(
    table: Table, riser: Riser, wired: Place, remotes: Mapping[str, Place]
) -> dict[str, float]:
    """Metres of line to each remote end: across to the riser, along it, and across again.

    An end on a storey that the riser does not come to is a mistake of the table.
    """
    for key, place in (("wired", wired), *(("at", remote) for remote in remotes.values())):
        if not riser.lowest <= place.floor <= riser.highest:
            table.refuse(key, f"{key}: riser {riser.name} goes from level {riser.lowest} to "
                         f"{riser.highest}, and the end is at level {place.floor}")  # fmt: skip
    x, y = (sum(each) / max(len(riser.corners), 1) for each in zip(*riser.corners, strict=True))
    return {
        name: hypot(wired.x - x, wired.y - y) + abs(wired.z - end.z) + hypot(end.x - x, end.y - y)
        for name, end in remotes.items()
    }


def _check_served(
    table: Table, system: System, serves: Sequence[str], others: Sequence[PlannedBridge]
) -> None:
    if system is System.POINT_TO_POINT and len(serves) > 1:
        table.refuse("serves", "serves: a point-to-point bridge serves one dwelling (SEC K7.5(u))")
    for dwelling in serves:
        if any(dwelling in each.serves for each in others):
            table.refuse("serves", f"serves: {dwelling} has a bridge already")
