"""The Alt HAN Inventory: elections, equipment in stock and installed, and what is counted of them.

SEC K7.5 (t), (u) and (v) count at the end of a charging period, so the inventory is the list of
what happened, in order of time, and every count is made of what had happened by a moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from emulator.alt_han.refusal import Refusal

_UNSTATED: Final = "Alt HAN Inventory; the seeds state no clause"


class Fuel(Enum):
    """What a meter point is of."""

    ELECTRICITY = "electricity"
    GAS = "gas"


class Solution(Enum):
    """Central Alt HAN Equipment (K7.5)."""

    SHARED = "shared solution"
    POINT_TO_POINT = "point-to-point"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterPointAdded:
    """A premises gets a meter point, or another supplier at the one that it has.

    Args:
        number: MPAN or MPRN.
        supplier: the party that supplies it from then on.
    """

    at: datetime
    premises: str
    fuel: Fuel
    number: str
    supplier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Elected:
    """A supplier elects to use Opted-out Alt HAN Equipment at a premises, or takes that back."""

    at: datetime
    premises: str
    supplier: str
    opted_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """An item of Central Alt HAN Equipment is delivered to a supplier."""

    at: datetime
    item: str
    solution: Solution
    supplier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An item is installed and serves these premises: one, or many where it is shared."""

    at: datetime
    item: str
    premises: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """An item is taken out; it is in nobody's stock afterwards."""

    at: datetime
    item: str


InventoryEvent = MeterPointAdded | Elected | Delivered | Installed | Removed


@dataclass(slots=True)
class _Picture:
    """How things stand once some events have happened."""

    points: dict[tuple[str, Fuel], tuple[str, str]] = field(default_factory=dict)
    elections: dict[tuple[str, str], bool] = field(default_factory=dict)
    items: dict[str, Delivered] = field(default_factory=dict)
    served: dict[str, tuple[str, ...]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def apply(self, event: InventoryEvent) -> None:
        """Let an event have happened."""
        match event:
            case MeterPointAdded():
                self.points[event.premises, event.fuel] = event.number, event.supplier
            case Elected():
                self.elections[event.premises, event.supplier] = event.opted_out
            case Delivered():
                self.items[event.item] = event
            case Installed():
                self.served[event.item] = event.premises
            case Removed():
                del self.served[event.item]
                self.gone.add(event.item)

    def premises(self) -> frozenset[str]:
        """Every premises with a meter point."""
        return frozenset(premises for premises, _ in self.points)

    def meter_points(self, supplier: str, solution: Solution) -> Iterator[str]:
        """MPANs and MPRNs of a supplier at premises that have equipment of that kind."""
        fitted = {
            premises
            for item, served in self.served.items()
            if self.items[item].solution is solution
            for premises in served
        }
        for (premises, _), (number, whose) in sorted(
            self.points.items(), key=lambda each: (each[0][0], each[0][1].value)
        ):
            opted_out = self.elections.get((premises, supplier), False)
            if whose == supplier and premises in fitted and not opted_out:
                yield number


class AltHanInventory:
    """What has happened to premises and equipment, and what is counted of it."""

    def __init__(self) -> None:
        self._events: list[InventoryEvent] = []
        self._now = _Picture()

    @property
    def events(self) -> tuple[InventoryEvent, ...]:
        """Everything that happened, in order."""
        return tuple(self._events)

    def record(self, event: InventoryEvent) -> Refusal | None:
        """Let an event happen; a refusal when it cannot have, and then nothing changes."""
        problem = self._problem(event)
        if problem:
            return Refusal(_UNSTATED, problem)
        self._events.append(event)
        self._now.apply(event)
        return None

    def meter_points(self, supplier: str, solution: Solution, at: datetime) -> tuple[str, ...]:
        """MPANs and MPRNs that count under K7.5 (t) or (u) for a party at a moment.

        Premises at which the party elected to use Opted-out Alt HAN Equipment do not count.
        """
        return tuple(self._picture(at).meter_points(supplier, solution))

    def in_stock(self, supplier: str, at: datetime) -> tuple[str, ...]:
        """Items of Central Point-to-Point Alt HAN Equipment delivered but not installed, (v)."""
        seen = self._picture(at)
        return tuple(
            item
            for item, delivered in sorted(seen.items.items())
            if delivered.solution is Solution.POINT_TO_POINT
            and delivered.supplier == supplier
            and item not in seen.served
            and item not in seen.gone
        )

    def _picture(self, at: datetime) -> _Picture:
        seen = _Picture()
        for event in self._events:
            if event.at > at:
                break
            seen.apply(event)
        return seen

    def _problem(self, event: InventoryEvent) -> str:
        if self._events and event.at < self._events[-1].at:
            return f"{event.at.isoformat()} is before what was recorded last"
        known = self._now
        match event:
            case MeterPointAdded():
                return ""
            case Elected():
                return self._election_problem(event)
            case Delivered(item=item):
                return f"item {item} was delivered already" if item in known.items else ""
            case Installed():
                return self._installation_problem(event)
            case Removed(item=item):
                return "" if item in known.served else f"item {item} is not installed"

    def _election_problem(self, event: Elected) -> str:
        supplies = {
            supplier
            for (premises, _), (_, supplier) in self._now.points.items()
            if premises == event.premises
        }
        if event.supplier not in supplies:
            return f"{event.supplier} does not supply {event.premises}"
        return ""

    def _installation_problem(self, event: Installed) -> str:
        known = self._now
        item = known.items.get(event.item)
        if item is None or event.item in known.gone:
            return f"item {event.item} was not delivered, or is gone"
        if event.item in known.served:
            return f"item {event.item} is installed already"
        if not event.premises:
            return f"item {event.item} serves no premises"
        if item.solution is Solution.POINT_TO_POINT and len(event.premises) > 1:
            return f"item {event.item} is point-to-point and serves one premises"
        unknown = sorted(set(event.premises) - known.premises())
        return f"premises not known: {', '.join(unknown)}" if unknown else ""
