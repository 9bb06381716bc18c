"""A supply that was found dead stays dead; what the coordinator switched off comes back."""

from dataclasses import replace

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.parties import Supply
from emulator.alt_han.meter_room.works import Work, WorkKind
from emulator.building.coordination_days import clearing, to_works
from emulator.building.example_room import FIRST, POINTS, SECOND, example_site
from emulator.building.room_case import RoomCase
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("DCP 400", "4.10, 6.9, 6.15"),)
TAGS = ("alt-han", "meter-room", "supply", "refusal")


def run(lab: Lab) -> None:
    """The first supply is dead when the room is surveyed; its supplier is told that it remains."""
    dead = replace(POINTS[0], supply=Supply.FOUND_DEAD)
    site = example_site("basement", (dead, POINTS[1]))
    case = RoomCase(lab, site)
    works = clearing(site, [FIRST, SECOND])
    case.do("everything until works begin", "DCP 400 6.2 to 6.5", to_works(site, works))
    off = act.CarryOut(work=works[0])
    case.refused("it is de-energised already", "DCP 400 6.9 (a)", off)
    case.do("trunking over it is removed", "DCP 400 6.9 (c)", [act.CarryOut(work=works[1])])
    on = act.CarryOut(work=Work(kind=WorkKind.RE_ENERGISE, meter_point=FIRST))
    case.refused("it is not the coordinator who gives it back", "DCP 400 4.10", on)
    found = act.Find(occasion=act.Occasion.INTERRUPTED, mpan=FIRST)
    tell = act.Notify(number=1, channel=act.Channel.TELEPHONE)
    case.do("its supplier is told that it remains so", "DCP 400 6.15", [found, tell])
    case.do(
        "the other supply is off, and on again",
        "DCP 400 4.10",
        [act.CarryOut(work=each) for each in works[3:]],
    )
    case.do("works are over", "DCP 400 4.10", [act.EndWorks()])
    case.show_notices()
