"""Who is told of what, how, and by when: Category A and B, and the supplier on three occasions."""

from datetime import UTC, datetime

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.notices import Punctuality
from emulator.building.coordination_days import clearing, to_works
from emulator.building.example_room import FIRST, NETWORK, SECOND, example_site
from emulator.building.room_case import RoomCase
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("DCP 400", "4.14 to 4.16, 6.15 to 6.17"),)
TAGS = ("alt-han", "meter-room", "notice", "deadline", "refusal")
OCCASION = act.Occasion


def run(lab: Lab) -> None:
    """Everything that can be found is found, and told in the right and in the wrong way."""
    site = example_site("basement")
    case = RoomCase(lab, site)
    works = clearing(site, [FIRST])
    case.do("everything until works begin", "DCP 400 6.2 to 6.5", to_works(site, works))
    found = act.Find(occasion=OCCASION.CATEGORY_A, mpan=FIRST)
    case.do("a Category A situation is found", "DCP 400 6.16", [found])
    written = act.Notify(number=1, channel=act.Channel.MM00023)
    case.refused("a market message is not for that", "DCP 400 6.16", written)
    call = act.Notify(number=1, channel=act.Channel.TELEPHONE)
    case.do("the distributor is called at once", "DCP 400 6.16", [call])
    found = act.Find(occasion=OCCASION.CATEGORY_B, mpan=SECOND)
    case.do("a Category B situation is found", "DCP 400 6.17", [found, found])
    due = list(case.coordinator.notices)[1].due
    lab.step("five working days are to the end of Monday", "DCP 400 6.17").expect(
        lambda: due is not None and due == datetime(2026, 1, 13, tzinfo=UTC),
        f"due {due:%a %d %b %Y %H:%M}" if due else "none",
    )
    otherwise = act.Notify(number=2, channel=act.Channel.OTHER)
    case.refused("another way was not agreed", "DCP 400 6.17", otherwise)
    case.wait(days=4)
    written = act.Notify(number=2, channel=act.Channel.MM00023)
    case.do("it is told by MM00023 in time", "DCP 400 6.17", [written])
    case.wait(days=6)
    agree = act.AgreeChannel(by=NETWORK)
    other = act.Notify(number=3, channel=act.Channel.OTHER)
    case.do("the pilot's way is agreed, and too late", "DCP 400 6.17", [agree, other])
    stands = [each.punctuality(case.now) for each in case.coordinator.notices]
    lab.step("in time, in time, late", "DCP 400 6.16, 6.17").expect(
        lambda: stands == [Punctuality.IN_TIME, Punctuality.IN_TIME, Punctuality.LATE],
        ", ".join(each.value for each in stands),
    )
    tell_suppliers(lab, case)
    case.show_notices()


def tell_suppliers(lab: Lab, case: RoomCase) -> None:
    """Three occasions on which a supplier is told, and one that is none."""
    works = clearing(case.site, [FIRST])
    off, remove, on = (act.CarryOut(work=each) for each in works)
    interrupted = act.Find(occasion=OCCASION.INTERRUPTED, mpan=FIRST)
    case.do("a supply is interrupted and restored", "DCP 400 6.9", [off, remove, on])
    case.refused("that is no notice: nothing remains", "DCP 400 6.15", interrupted)
    told = [
        act.Find(occasion=OCCASION.MISREGISTERS, mpan=FIRST),
        act.Find(occasion=OCCASION.DANGER, mpan=SECOND),
    ]
    case.do("metering misregisters, and presents a danger", "DCP 400 6.15", told)
    case.do("works are over", "DCP 400 6.9", [act.EndWorks()])
    owed = [each.party for each in case.coordinator.notices.owed()]
    lab.step("each supplier is owed its own notice", "DCP 400 6.15").expect(
        lambda: owed == ["supplier A", "supplier B"], ", ".join(owed)
    )
    again = act.Notify(number=1, channel=act.Channel.TELEPHONE)
    case.refused("what was told is not told twice", "DCP 400 6.16", again)
    case.do(
        "both are told",
        "DCP 400 6.15",
        [act.Notify(number=number, channel=act.Channel.OTHER) for number in (4, 5)],
    )
