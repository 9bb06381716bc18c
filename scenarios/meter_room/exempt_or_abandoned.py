"""Rooms that are not resolved: the Exempt Premises List, and works that nobody can do."""

from dataclasses import replace

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.processes import Process
from emulator.building.coordination_days import agreed, clearing, known, proposed
from emulator.building.example_room import FIRST, POINTS, example_site
from emulator.building.room_case import RoomCase
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("DCP 400", "4.10, 6.2, 6.11, 6.12"),
    Source("DCP 400 target operating model", "processes 1 to 4"),
)
TAGS = ("alt-han", "meter-room", "exempt-premises", "refusal")
MODEL = "DCP 400 target operating model, process"


def run(lab: Lab) -> None:
    """Four rooms, each of which ends somewhere else than in works."""
    site = example_site("not worth it")
    works = clearing(site, [FIRST])
    case = RoomCase(lab, site)
    case.do("a design is made", "DCP 400 6.2", [*known(site), *proposed(site, works)])
    price, three, *_ = agreed(site, cost=9_000, benefit=4_000)
    case.do("it is priced", "DCP 400 6.3", [price])
    case.refused("it costs more than it is worth", f"{MODEL} 3", three)
    case.do("it goes to the Exempt Premises List", "DCP 400 6.11", [act.SubmitExemption()])
    order = "DCP 400 target operating model, level 1"
    case.refused("nothing follows after that", order, act.Survey())

    case = RoomCase(lab, site)
    cheap = [*known(site), *proposed(site, works)]
    kept = [each for each in cheap if not isinstance(each, act.AssessImpact)]
    harm = act.AssessImpact(acceptable=False)
    case.do("the impact on consumers is too much", "DCP 400 6.2", [*kept[:-1], harm])
    case.refused("however cheap the works are", f"{MODEL} 2", act.Approve(process=Process.TWO))
    case.do("it goes to the list from process 2", "DCP 400 6.11", [act.SubmitExemption()])

    case = RoomCase(lab, site)
    whole = [*known(site), *proposed(site, works), *agreed(site)]
    case.do("a third room is approved", "DCP 400 6.4", whole)
    case.refused("from process 4 on there is no way to the list", order, act.SubmitExemption())
    gone = act.Abandon(obstacle=act.Obstacle.NO_AGREEMENT)
    case.do("no agreement with the owner: no work, and that is logged", "DCP 400 6.12", [gone])
    logged = case.coordinator.ledger.obstacle
    lab.step("the log says why", "DCP 400 6.12").expect(
        lambda: logged is act.Obstacle.NO_AGREEMENT, "" if logged is None else logged.value
    )

    other = replace(POINTS[0], whole_current=False)
    site = example_site("large supply", (other, POINTS[1]))
    case = RoomCase(lab, site)
    case.do("a room with transformer metering is nominated", "DCP 400 4.10", known(site))
    one = act.Approve(process=Process.ONE)
    case.refused("only whole current metering is for this", "DCP 400 4.10", one)
