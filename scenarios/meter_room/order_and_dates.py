"""Steps out of order, and steps dated before the one that they follow, are not taken."""

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.processes import Process, Stage
from emulator.building.coordination_days import clearing, known, proposed, to_works
from emulator.building.example_room import FIRST, example_site
from emulator.building.room_case import RoomCase
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("DCP 400 target operating model", "level 1"),
    Source("DCP 400", "4.10, 6.17"),
)
TAGS = ("alt-han", "meter-room", "order", "refusal")
ORDER = "DCP 400 target operating model, level 1"


def run(lab: Lab) -> None:
    """Each later step is tried too early; then a notice before what it is about."""
    site = example_site("basement")
    works = clearing(site, [FIRST])
    case = RoomCase(lab, site)
    for name, early in (
        ("a survey before the room is confirmed", act.Survey()),
        ("a price before the design", act.Price(cost=1, benefit=2)),
        ("a decision to go before approvals", act.Go()),
        ("works before the decision", act.CarryOut(work=works[0])),
        ("completion before works", act.Complete()),
        ("process 4 before process 1", act.Approve(process=Process.FOUR)),
    ):
        case.refused(name, ORDER, early)
    case.do("in order it goes", ORDER, [*known(site), *proposed(site, works)])
    case.wait(days=-1)
    priced = act.Price(cost=1, benefit=2)
    case.refused("a day before the step before", "order of time", priced)
    case = RoomCase(lab, site)
    case.do("another room, until works begin", ORDER, to_works(site, works))
    case.do("a supply is switched off", "DCP 400 6.9 (a)", [act.CarryOut(work=works[0])])
    case.refused("works do not end with it off", "DCP 400 4.10", act.EndWorks())
    found = act.Find(occasion=act.Occasion.CATEGORY_B, mpan=FIRST)
    case.do("something is found", "DCP 400 6.17", [found])
    case.wait(days=-2)
    notice = act.Notify(number=1, channel=act.Channel.MM00023)
    case.refused("a notice is not dated before what it tells", "order of time", notice)
    lab.step("nothing refused has changed the room", ORDER).expect(
        lambda: case.coordinator.stage is Stage.WORKS and case.room == site.room,
        case.coordinator.stage.value,
    )
