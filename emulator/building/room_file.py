"""A crowded meter room and its coordination in TOML: the wall, the points, and what is done when.

Every step is tried in the order of the file. One that a rule bars is told with its line and clause,
and changes nothing; those after it are tried all the same.
"""

from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.coordinator import Coordinator
from emulator.alt_han.coordination.parties import MeterPoint, Site, Supply
from emulator.alt_han.meter_room.items import Item, ItemKind, Owner
from emulator.alt_han.meter_room.placement import Need, fit
from emulator.alt_han.meter_room.room import MeterRoom
from emulator.alt_han.meter_room.shapes import Rectangle
from emulator.alt_han.meter_room.works import Work
from emulator.dcc.working_days import WorkingDays
from emulator.kernel.errors import UsageError
from emulator.radio.located_toml import LocatedToml, Table, read_toml

ACTIONS: Final[dict[str, type]] = {each.__name__: each for each in get_args(act.Action)}
"""What a step may be, by the name of its action."""
_TABLES: Final = ("item", "point", "need", "step")
_MOST: Final = 100_000
"""Millimetres."""


@dataclass(frozen=True, slots=True)
class CoordinatedRoom:
    """A room after all steps of its file.

    Args:
        coordinator: which did them.
        needs: what is to be installed.
        until: the moment of the last step.
    """

    coordinator: Coordinator
    needs: tuple[Need, ...]
    until: datetime


def read_room(path: Path) -> CoordinatedRoom:
    """The room of a file, with every step done.

    Raises:
        UsageError: with every mistake and every step that a rule bars, each with its line.
    """
    document = read_toml(path)
    document.only_tables(*_TABLES)
    site = _site(document)
    needs = tuple(_need(table) for table in document.tables("need", wanted=True))
    steps = [(table, _step(table)) for table in document.tables("step")]
    coordinator = _coordinator(document, site)
    until = datetime(2026, 1, 1, tzinfo=UTC)
    for table, step in steps:
        if step is None:
            continue
        until = max(until, step.at)
        _take(coordinator, table, step, needs)
    document.check()
    return CoordinatedRoom(coordinator, needs, until)


def _coordinator(document: LocatedToml, site: Site) -> Coordinator:
    """Who coordinates the room.

    Raises:
        UsageError: with every mistake of the document, and all that is wrong with the wall.
    """
    try:
        coordinator = Coordinator(site, WorkingDays())
    except UsageError as refusal:
        wall = (f"{document.path}:1: {line}" for line in str(refusal).splitlines())
        raise UsageError(*document.mistakes, *wall) from refusal
    document.check()
    return coordinator


def _take(coordinator: Coordinator, table: Table, step: act.Done, needs: tuple[Need, ...]) -> None:
    """Do a step; what bars it becomes mistakes. What fits is seen, not believed."""
    action = step.action
    if isinstance(action, act.Examine):
        action = act.Examine(fits=fit(coordinator.ledger.room, needs).fits)
    bars = coordinator.bars(action, step.at)
    refusal = coordinator.handle(action, step.at)
    told = bars or ((refusal,) if refusal is not None else ())
    for each in told:
        table.refuse("", f"{type(action).__name__}: {each.reason} ({each.clause})")


def _site(document: LocatedToml) -> Site:
    top = document.top()
    top.only("name", "width", "height", "distributor", "building_owner")
    room = MeterRoom(
        name=top.text("name"),
        width=top.whole("width", 1, _MOST),
        height=top.whole("height", 1, _MOST),
        items=tuple(_item(table) for table in document.tables("item")),
    )
    return Site(
        room=room,
        points=tuple(_point(table) for table in document.tables("point", wanted=True)),
        distributor=top.text("distributor"),
        building_owner=top.text("building_owner"),
    )


def _item(table: Table) -> Item:
    table.only("name", "kind", "owner", "at", "size", "meter_point", "redundant")
    left, bottom = table.point("at")
    width, height = table.point("size")
    return Item(
        name=table.text("name"),
        kind=_one_of(table, "kind", ItemKind),
        owner=_one_of(table, "owner", Owner),
        place=Rectangle(int(left), int(bottom), int(width), int(height)),
        meter_point=table.text("meter_point", ""),
        redundant=table.truth("redundant", default=False),
    )


def _point(table: Table) -> MeterPoint:
    table.only("mpan", "customer", "supplier", "whole_current", "supply")
    supply = _one_of(table, "supply", Supply) if "supply" in table.values else Supply.ENERGISED
    return MeterPoint(
        mpan=table.text("mpan"),
        customer=table.text("customer"),
        supplier=table.text("supplier"),
        whole_current=table.truth("whole_current", default=True),
        supply=supply,
    )


def _need(table: Table) -> Need:
    table.only("kind", "meter_point", "size", "lead", "in_place_of_meter")
    width, height = table.point("size")
    return Need(
        kind=_one_of(table, "kind", ItemKind),
        meter_point=table.text("meter_point"),
        width=int(width),
        height=int(height),
        lead=table.whole("lead", 0, _MOST),
        in_place_of_meter=table.truth("in_place_of_meter", default=False),
    )


def _step(table: Table) -> act.Done | None:
    kind = ACTIONS.get(table.choice("do", tuple(ACTIONS)))
    at = table.values.get("at")
    if not isinstance(at, datetime):
        table.refuse("at", f"at = {at!r}: expected a date and time, as 2026-01-05T09:00:00Z")
        return None
    if kind is None:
        return None
    given = {key: value for key, value in table.values.items() if key not in ("do", "at")}
    if kind is act.Examine:
        given["fits"] = False  # seen by `_take`
    values = _values(table, kind, given)
    moment = at if at.tzinfo else at.replace(tzinfo=UTC)
    return None if values is None else act.Done(moment, kind(**values))


def _values(table: Table, kind: type, given: dict[str, Any]) -> dict[str, Any] | None:
    """The values of an action or of works, each of its type; None after a mistake."""
    types = get_type_hints(kind)
    wanted = {each.name for each in fields(kind) if each.default is MISSING}
    wrong = [f"unknown key {key!r}" for key in given if key not in types]
    wrong += [f"{key} is missing" for key in sorted(wanted - given.keys())]
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key in types:
            try:
                values[key] = _value(table, types[key], value)
            except ValueError as fault:
                wrong.append(f"{key}: {fault}")
    for each in wrong:
        table.refuse("", f"{kind.__name__}: {each}: there is {', '.join(types)}")
    return None if wrong else values


def _value(table: Table, kind: Any, value: Any) -> Any:
    """A value of a type.

    Raises:
        ValueError: when it is none.
    """
    if get_args(kind):
        if not isinstance(value, list):
            raise ValueError("expected a list of works")
        return tuple(_value(table, get_args(kind)[0], each) for each in value)
    if kind is Work:
        values = _values(table, Work, value) if isinstance(value, dict) else None
        if values is None:
            raise ValueError("expected works, as { kind = 'remove', item = 'trunking' }")
        return Work(**values)
    if isinstance(kind, type) and issubclass(kind, Enum):
        there = [each.value for each in kind]
        if value not in there:
            raise ValueError(f"{value!r}: expected one of {', '.join(map(str, there))}")
        return kind(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{value!r}: expected a {kind.__name__}")
    return value


def _one_of(table: Table, key: str, kind: Any) -> Any:
    words = tuple(each.value for each in kind)
    return kind(table.choice(key, words) or words[0])
