"""A small crowded meter room and those who have a say in it, for tests.

Two meters hang side by side, trunking runs between them, and a box that nothing needs any more
hangs above the second. A bridge fits at neither until something is moved or gone.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.coordinator import Coordinator
from emulator.alt_han.coordination.parties import MeterPoint, Site
from emulator.alt_han.coordination.processes import Process
from emulator.alt_han.meter_room.items import Item, ItemKind, Owner
from emulator.alt_han.meter_room.placement import Need
from emulator.alt_han.meter_room.room import MeterRoom
from emulator.alt_han.meter_room.shapes import Rectangle
from emulator.alt_han.meter_room.works import Work, WorkKind
from emulator.dcc.working_days import WorkingDays

MONDAY: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
FIRST: Final = "1200000000001"
SECOND: Final = "1200000000002"
LANDLORD: Final = "landlord"
NETWORK: Final = "network"
CALENDAR: Final = WorkingDays()

METER: Final = Item(
    name="meter 1",
    kind=ItemKind.METER,
    owner=Owner.SUPPLIER,
    place=Rectangle(0, 0, 200, 300),
    meter_point=FIRST,
)
OTHER_METER: Final = Item(
    name="meter 2",
    kind=ItemKind.METER,
    owner=Owner.SUPPLIER,
    place=Rectangle(300, 0, 200, 300),
    meter_point=SECOND,
)
TRUNKING: Final = Item(
    name="trunking",
    kind=ItemKind.TRUNKING,
    owner=Owner.BUILDING_OWNER,
    place=Rectangle(0, 300, 300, 100),
)
BOX: Final = Item(
    name="old box",
    kind=ItemKind.DISTRIBUTION_EQUIPMENT,
    owner=Owner.DISTRIBUTOR,
    place=Rectangle(300, 300, 200, 100),
    redundant=True,
)
ROOM: Final = MeterRoom(
    name="basement", width=500, height=400, items=(METER, OTHER_METER, TRUNKING, BOX)
)
SITE: Final = Site(
    room=ROOM,
    points=(
        MeterPoint(mpan=FIRST, customer="flat 1", supplier="supplier A"),
        MeterPoint(mpan=SECOND, customer="flat 2", supplier="supplier B"),
    ),
    distributor=NETWORK,
    building_owner=LANDLORD,
)
BRIDGE: Final = Need(kind=ItemKind.BRIDGE, meter_point=FIRST, width=120, height=90, lead=150)

SWITCH_OFF: Final = Work(kind=WorkKind.DE_ENERGISE, meter_point=FIRST)
TAKE_TRUNKING: Final = Work(kind=WorkKind.REMOVE, item="trunking", meter_point=FIRST)
SWITCH_ON: Final = Work(kind=WorkKind.RE_ENERGISE, meter_point=FIRST)


def day(number: int) -> datetime:
    """Nine o'clock so many days after the first Monday."""
    return MONDAY + timedelta(days=number)


def known(site: Site = SITE) -> Iterable[act.Action]:
    """Every supplier knows of the assessment and has said that it is the one."""
    for point in site.points:
        yield act.TellSupplier(mpan=point.mpan)
        yield act.ConfirmSupplier(mpan=point.mpan, supplier=point.supplier)


def designed() -> Iterable[act.Action]:
    """Process 2, with nothing that speaks against the works."""
    yield act.Approve(process=Process.ONE)
    yield act.GiveAccess(by=LANDLORD)
    yield act.Survey()
    yield act.Propose(works=(SWITCH_OFF, TAKE_TRUNKING, SWITCH_ON))
    yield act.AssessRisk(acceptable=True)
    yield act.AssessImpact(acceptable=True)
    yield act.Approve(process=Process.TWO)


def approved() -> Iterable[act.Action]:
    """Processes 3 and 4, worth their cost and agreed."""
    yield act.Price(cost=1_000, benefit=2_000)
    yield act.Approve(process=Process.THREE)
    for party in ("supplier A", "supplier B", LANDLORD):
        yield act.AgreeCosts(by=party)
    yield act.Approve(process=Process.FOUR)


def readied() -> Iterable[act.Action]:
    """What the decision to go needs."""
    yield act.Appoint(contractor="shared MOP", accredited=True)
    yield act.AgreeToWorks(by=LANDLORD)
    for party in ("supplier A", "supplier B", LANDLORD):
        yield act.AgreeCommunications(by=party)
        yield act.DeclareReady(by=party)
    for mpan in (FIRST, SECOND):
        yield act.TellCustomer(mpan=mpan)


def permitted() -> Iterable[act.Action]:
    """The first customer permits what is done at its meter point."""
    for kind in (WorkKind.DE_ENERGISE, WorkKind.REMOVE, WorkKind.RE_ENERGISE):
        yield act.PermitWork(mpan=FIRST, customer="flat 1", kind=kind)


def to_approval() -> tuple[act.Action, ...]:
    """Everything until process 5 begins."""
    return (*known(), *designed(), *approved())


def to_works() -> tuple[act.Action, ...]:
    """Everything until works begin."""
    return (*to_approval(), *readied(), *permitted(), act.Go())


def coordinated(actions: Iterable[act.Action], site: Site = SITE) -> Coordinator:
    """A coordination in which these were done, all on the first Monday.

    Raises:
        AssertionError: when one was refused.
    """
    coordinator = Coordinator(site, CALENDAR)
    for action in actions:
        refusal = coordinator.handle(action, MONDAY)
        assert refusal is None, f"{action}: {refusal}"  # noqa: S101 - a scene that does not stand is a test's failure
    return coordinator
