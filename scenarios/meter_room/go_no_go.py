"""The decision to go: one party that is not ready, one that was not told, and nothing begins."""

from emulator.alt_han.coordination import actions as act
from emulator.building.coordination_days import (
    agreed,
    clearing,
    known,
    parties,
    permitted,
    proposed,
    readied,
)
from emulator.building.example_room import FIRST, example_site
from emulator.building.room_case import RoomCase
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("DCP 400", "4.10, 6.2, 6.24"),)
TAGS = ("alt-han", "meter-room", "go", "refusal")


def run(lab: Lab) -> None:
    """Each thing that the decision needs is left out once; no access, no survey."""
    site = example_site("basement")
    works = clearing(site, [FIRST])
    case = RoomCase(lab, site)
    one, *_ = proposed(site, works)
    case.do("a room is nominated and confirmed", "DCP 400 6.2", [*known(site), one])
    case.refused("without access there is no survey", "DCP 400 6.2", act.Survey())
    before = [*known(site), *proposed(site, works), *agreed(site), *permitted(site, works)]
    for party in parties(site):
        for missing, clause in (
            (act.DeclareReady(by=party), "DCP 400 6.2"),
            (act.AgreeCommunications(by=party), "DCP 400 6.2, 6.24"),
        ):
            case = RoomCase(lab, site)
            rest = [each for each in readied(site) if each != missing]
            what = f"{type(missing).__name__} of {party}"
            case.do(f"all but {what}", "DCP 400 6.2", [*before, *rest])
            case.refused("no go", clause, act.Go())
            case.do("that too: go", clause, [missing, act.Go()])
    for point in site.points:
        case = RoomCase(lab, site)
        untold = act.TellCustomer(mpan=point.mpan)
        rest = [each for each in readied(site) if each != untold]
        who = f"{point.customer} was not told for whom the coordinator does not act"
        case.do(who, "DCP 400 4.10", [*before, *rest])
        case.refused("no go", "DCP 400 4.10", act.Go())
