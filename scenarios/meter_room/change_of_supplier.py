"""A customer changes its supplier in the middle: the new one is asked before works begin."""

from emulator.alt_han.coordination import actions as act
from emulator.building.coordination_days import (
    agreed,
    clearing,
    known,
    permitted,
    proposed,
    readied,
)
from emulator.building.example_room import FIRST, example_site
from emulator.building.room_case import RoomCase
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("DCP 400", "6.2, 6.4, 6.11"),)
TAGS = ("alt-han", "meter-room", "change-of-supplier", "refusal")
GAINING = "supplier C"


def run(lab: Lab) -> None:
    """The change falls between the costs and the decision to go."""
    site = example_site("basement")
    case = RoomCase(lab, site)
    works = clearing(site, [FIRST])
    ready = [*known(site), *proposed(site, works), *agreed(site), *readied(site)]
    case.do("everybody is ready", "DCP 400 6.2", [*ready, *permitted(site, works)])
    change = act.ChangeSupplier(mpan=FIRST, supplier=GAINING)
    case.do("the first customer changes its supplier", "DCP 400 6.11", [change])
    case.refused("the gaining supplier knows nothing", "DCP 400 6.11", act.Go())
    losing = act.ConfirmSupplier(mpan=FIRST, supplier="supplier A")
    case.refused("the losing supplier confirms nothing any more", "DCP 400 6.11", losing)
    early = act.ConfirmSupplier(mpan=FIRST, supplier=GAINING)
    case.refused("who was not told cannot confirm", "DCP 400 6.11", early)
    told: list[act.Action] = [
        act.TellSupplier(mpan=FIRST),
        act.ConfirmSupplier(mpan=FIRST, supplier=GAINING),
    ]
    case.do("the gaining supplier is told and confirms", "DCP 400 6.11", told)
    case.refused("its readiness is its own to declare", "DCP 400 6.2", act.Go())
    own: list[act.Action] = [act.AgreeCommunications(by=GAINING), act.DeclareReady(by=GAINING)]
    case.do("it is ready, and works begin", "DCP 400 6.2", [*own, act.Go()])
    danger = act.Find(occasion=act.Occasion.DANGER, mpan=FIRST)
    case.do("a danger is found", "DCP 400 6.15", [danger])
    owed = [each.party for each in case.coordinator.notices.owed()]
    lab.step("it is the gaining supplier who is told", "DCP 400 6.15").expect(
        lambda: owed == [GAINING], ", ".join(owed)
    )
