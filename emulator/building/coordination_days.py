"""The actions that bring a crowded meter room from nomination to works and completion, in order."""

from collections.abc import Iterator, Sequence

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.parties import Site
from emulator.alt_han.coordination.processes import Process
from emulator.alt_han.meter_room.works import Work, WorkKind


def clearing(site: Site, mpans: Sequence[str]) -> tuple[Work, ...]:
    """Works that take the trunking over meters: off, remove, on (DCP 400 6.9 (a), (c), (e))."""
    order = {each.mpan: number for number, each in enumerate(site.points, 1)}
    works: list[Work] = []
    for mpan in mpans:
        works += [
            Work(kind=WorkKind.DE_ENERGISE, meter_point=mpan),
            Work(kind=WorkKind.REMOVE, item=f"trunking {order[mpan]}", meter_point=mpan),
            Work(kind=WorkKind.RE_ENERGISE, meter_point=mpan),
        ]
    return tuple(works)


def known(site: Site) -> Iterator[act.Action]:
    """Suppliers know of the assessment, and confirm (6.11)."""
    for point in site.points:
        yield act.TellSupplier(mpan=point.mpan)
        yield act.ConfirmSupplier(mpan=point.mpan, supplier=point.supplier)


def proposed(site: Site, works: tuple[Work, ...]) -> Iterator[act.Action]:
    """Process 1 is approved; process 2 ends in a design that nothing speaks against."""
    yield act.Approve(process=Process.ONE)
    yield act.GiveAccess(by=site.building_owner)
    yield act.Survey()
    yield act.Propose(works=works)
    yield act.AssessRisk(acceptable=True)
    yield act.AssessImpact(acceptable=True)
    yield act.Approve(process=Process.TWO)


def agreed(site: Site, cost: int = 4_000, benefit: int = 9_000) -> Iterator[act.Action]:
    """Processes 3 and 4: worth its cost, and everybody agrees."""
    yield act.Price(cost=cost, benefit=benefit)
    yield act.Approve(process=Process.THREE)
    for party in parties(site):
        yield act.AgreeCosts(by=party)
    yield act.Approve(process=Process.FOUR)


def readied(site: Site) -> Iterator[act.Action]:
    """What the decision to go needs (4.10, 6.2, 6.12, 6.24)."""
    yield act.Appoint(contractor="meter equipment manager", accredited=True)
    yield act.AgreeToWorks(by=site.building_owner)
    for party in parties(site):
        yield act.AgreeCommunications(by=party)
        yield act.DeclareReady(by=party)
    for point in site.points:
        yield act.TellCustomer(mpan=point.mpan)


def permitted(site: Site, works: Sequence[Work]) -> Iterator[act.Action]:
    """Customers permit each kind of works at their own meter points (4.10)."""
    customers = {each.mpan: each.customer for each in site.points}
    for mpan, kind in dict.fromkeys((work.meter_point, work.kind) for work in works):
        yield act.PermitWork(mpan=mpan, customer=customers[mpan], kind=kind)


def to_works(site: Site, works: tuple[Work, ...]) -> Iterator[act.Action]:
    """Everything until works begin."""
    yield from known(site)
    yield from proposed(site, works)
    yield from agreed(site)
    yield from readied(site)
    yield from permitted(site, works)
    yield act.Go()


def parties(site: Site) -> tuple[str, ...]:
    """The resolving parties of a design that touches nothing of the distributor."""
    return (*dict.fromkeys(point.supplier for point in site.points), site.building_owner)
