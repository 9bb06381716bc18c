"""Customer, supplier, distributor and building owner: each has a say, and each one's no counts."""

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.processes import Process
from emulator.alt_han.meter_room.works import WorkKind
from emulator.building.coordination_days import (
    agreed,
    clearing,
    known,
    parties,
    permitted,
    proposed,
    readied,
)
from emulator.building.example_room import FIRST, LANDLORD, SECOND, example_site
from emulator.building.room_case import RoomCase
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("DCP 400", "3.7, 4.10, 5.12, 6.4, 6.8, 6.12, 6.24"),)
TAGS = ("alt-han", "meter-room", "permission", "refusal")


def run(lab: Lab) -> None:
    """Everybody is asked in turn, and the works do not begin before the last has said yes."""
    site = example_site("basement")
    case = RoomCase(lab, site)
    works = clearing(site, [FIRST])
    case.do("a design is approved", "DCP 400 6.2, 6.3", [*known(site), *proposed(site, works)])
    price, three, *costs, four = agreed(site)
    case.do("it is worth its cost", "DCP 400 6.3", [price, three])
    case.refused("a supplier has not agreed to the costs", "DCP 400 6.4", four)
    stranger = act.AgreeCosts(by="somebody")
    case.refused("who has no part in it agrees to nothing", "DCP 400 6.2", stranger)
    case.do("suppliers and landlord agree", "DCP 400 6.4", [*costs, four])
    case.refused("no contractor is appointed", "DCP 400 4.10", act.Go())
    unqualified = act.Appoint(contractor="handyman", accredited=False)
    case.do("one without accreditation is appointed", "DCP 400 4.10", [unqualified])
    case.refused("that is not enough", "DCP 400 4.10", act.Go())
    owner = act.AgreeToWorks(by="caretaker")
    case.refused("only the owner agrees to works in its building", "DCP 400 6.12", owner)
    appointed, consent, *rest = readied(site)
    case.do("the landlord refuses", "DCP 400 6.12", [
        appointed, act.AgreeToWorks(by=LANDLORD, agreed=False), *rest,
    ])  # fmt: skip
    case.refused("so nothing begins", "DCP 400 6.12", act.Go())
    case.do("the landlord agrees after all, and works begin", "DCP 400 6.12", [consent, act.Go()])
    off = act.CarryOut(work=works[0])
    case.refused("a customer has not permitted to switch off", "DCP 400 4.10", off)
    wrong = act.PermitWork(mpan=FIRST, customer="flat 2", kind=WorkKind.DE_ENERGISE)
    case.refused("another customer cannot permit it", "DCP 400 4.10", wrong)
    case.do("the customer permits each kind of works", "DCP 400 4.10", permitted(site, works))
    case.do("and they are done", "DCP 400 6.9", [act.CarryOut(work=each) for each in works])
    other = act.CarryOut(work=clearing(site, [SECOND])[0])
    case.refused("what one permits is not for the others", "DCP 400 4.10", other)
    lab.step("who was asked", "DCP 400 3.7").expect(
        lambda: (
            set(parties(site)) == set(case.coordinator.ledger.resolving_parties())
            and Process.FOUR in case.coordinator.ledger.approved
        ),
        ", ".join(parties(site)),
    )
