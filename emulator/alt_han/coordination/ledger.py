"""All that is known in one coordination: who said what, and how things stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from emulator.alt_han.coordination.parties import MeterPoint, Site, Supply
from emulator.alt_han.coordination.processes import Process, Stage
from emulator.alt_han.meter_room.items import Item, Owner
from emulator.alt_han.meter_room.works import Work, WorkKind
from emulator.kernel.errors import UsageError

if TYPE_CHECKING:
    from emulator.alt_han.coordination.actions import Obstacle
    from emulator.alt_han.meter_room.room import MeterRoom


@dataclass(slots=True)
class PointState:
    """How a meter point stands.

    Args:
        confirmed: whether its present supplier has said that it is the registered one.
        told: whether that supplier knows of the assessment.
    """

    point: MeterPoint
    supplier: str
    supply: Supply
    told: bool = False
    confirmed: bool = False
    vulnerable: bool = False
    customer_told: bool = False
    permitted: set[WorkKind] = field(default_factory=set)


class Ledger:
    """What one coordination has come to; only the coordinator writes into it.

    Raises:
        UsageError: with everything that is wrong with the site.
    """

    def __init__(self, site: Site) -> None:
        problems = (*site.room.problems(), *_point_problems(site))
        if problems:
            raise UsageError("\n".join(problems))
        self.site = site
        self.stage = Stage.NOMINATED
        self.room: MeterRoom = site.room
        self.points = {
            each.mpan: PointState(each, each.supplier, each.supply) for each in site.points
        }
        self.approved: list[Process] = []
        self.access = False
        self.surveyed = False
        self.risk_acceptable: bool | None = None
        self.impact_acceptable: bool | None = None
        self.design: tuple[Work, ...] | None = None
        self.price: tuple[int, int] | None = None
        self.costs_agreed: set[str] = set()
        self.owner_agreed: bool | None = None
        self.further: set[tuple[str, str, WorkKind]] = set()
        self.communications: set[str] = set()
        self.ready: set[str] = set()
        self.contractor = ""
        self.accredited = False
        self.done: list[Work] = []
        self.fits: bool | None = None
        self.obstacle: Obstacle | None = None

    def owner_of(self, item: Item) -> str:
        """The party an item belongs to."""
        match item.owner:
            case Owner.DISTRIBUTOR:
                return self.site.distributor
            case Owner.BUILDING_OWNER:
                return self.site.building_owner
            case Owner.SUPPLIER:
                point = self.points.get(item.meter_point)
                return point.supplier if point else ""
            case Owner.CUSTOMER:
                point = self.points.get(item.meter_point)
                return point.point.customer if point else ""

    def suppliers(self) -> tuple[str, ...]:
        """The registered suppliers of the room's meter points, each once."""
        return tuple(dict.fromkeys(each.supplier for each in self.points.values()))

    def resolving_parties(self) -> tuple[str, ...]:
        """Everybody whose readiness the decision to go needs.

        The distributor only where the design touches its equipment (6.2: "where needed").
        """
        touched = {each.item for each in self.design or () if each.item}
        theirs = any(
            each.owner is Owner.DISTRIBUTOR for each in self.room.items if each.name in touched
        )
        distributor = (self.site.distributor,) if theirs else ()
        return (*self.suppliers(), *distributor, self.site.building_owner)

    def item(self, name: str) -> Item | None:
        """An item of the room; None when there is none of that name."""
        return next((each for each in self.room.items if each.name == name), None)


def _point_problems(site: Site) -> Iterator[str]:
    room = site.room.name
    mpans = [each.mpan for each in site.points]
    if not mpans:
        yield f"room {room}: no meter points"
    for mpan in sorted({each for each in mpans if mpans.count(each) > 1}):
        yield f"room {room}: meter point {mpan} stands twice"
    for mpan in dict.fromkeys(mpans):
        if site.room.meter_of(mpan) is None:
            yield f"room {room}: meter point {mpan} has no meter on the wall"
    for item in site.room.items:
        if item.meter_point and item.meter_point not in mpans:
            yield f"room {room}: {item.name} belongs to {item.meter_point}, which is not there"
