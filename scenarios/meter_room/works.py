"""Which works a coordinator may do in a meter room, and which need more, or are never right."""

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.meter_room.works import Work, WorkKind
from emulator.building.coordination_days import clearing, to_works
from emulator.building.example_room import FIRST, NETWORK, bridge_at, example_site
from emulator.building.room_case import RoomCase
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("DCP 400", "6.6 to 6.10"),)
TAGS = ("alt-han", "meter-room", "works", "refusal")


def run(lab: Lab) -> None:
    """The works of 6.9 in order; a cut-out, a meter and the distributor's box are not so easy."""
    site = example_site("basement")
    case = RoomCase(lab, site)
    works = clearing(site, [FIRST])
    case.show_room("before")
    case.tried("a bridge does not fit", [bridge_at(FIRST)], fits=False)
    case.do("everything until works begin", "DCP 400 6.2 to 6.5", to_works(site, works))
    off, remove, on = clearing(site, [FIRST])
    case.refused(
        "trunking is not removed under voltage", "DCP 400 6.9 (a)", act.CarryOut(work=remove)
    )
    case.do("the supply is de-energised", "DCP 400 6.9 (a)", [act.CarryOut(work=off)])
    cut_out = Work(kind=WorkKind.REPOSITION, item="cut-out 1", meter_point=FIRST, left=5)
    permit = act.PermitWork(mpan=FIRST, customer="flat 1", kind=WorkKind.REPOSITION)
    case.do("the customer permits to move things", "DCP 400 4.10", [permit])
    case.refused("a cut-out is outside the works", "DCP 400 6.10", act.CarryOut(work=cut_out))
    further = act.ApproveFurther(by=NETWORK, item="cut-out 1", kind=WorkKind.REPOSITION)
    case.do("its owner approves further", "DCP 400 6.10", [further])
    case.refused(
        "even then it does not hang where something else does",
        "the wall",
        act.CarryOut(work=cut_out),
    )
    meter = Work(kind=WorkKind.REMOVE, item="meter 1", meter_point=FIRST)
    case.refused("a meter stays where it is", "DCP 400 6.8", act.CarryOut(work=meter))
    box = Work(kind=WorkKind.REMOVE, item="distribution equipment 1", meter_point=FIRST)
    permit = act.PermitWork(mpan=FIRST, customer="flat 1", kind=WorkKind.REMOVE)
    case.do("the customer permits to remove things", "DCP 400 4.10", [permit])
    case.refused("the distributor's box is not ours", "DCP 400 6.8", act.CarryOut(work=box))
    further = act.ApproveFurther(by=NETWORK, item="distribution equipment 1", kind=WorkKind.REMOVE)
    case.do(
        "its owner permits, and it is disposed of",
        "DCP 400 6.9 (d)",
        [further, act.CarryOut(work=box)],
    )
    switch = Work(kind=WorkKind.REPOSITION, item="customer isolation switch 1", left=150, bottom=0)
    moved = act.CarryOut(work=switch)
    case.do("a customer isolation switch is repositioned", "DCP 400 6.9 (b)", [moved])
    case.do("inhibitive trunking is removed", "DCP 400 6.9 (c)", [act.CarryOut(work=remove)])
    case.do("the supply is re-energised", "DCP 400 6.9 (e)", [act.CarryOut(work=on)])
    case.tried("now a bridge fits", [bridge_at(FIRST)], fits=True)
    case.show_room("after")
