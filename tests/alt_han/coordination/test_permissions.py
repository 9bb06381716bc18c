from collections.abc import Iterable
from dataclasses import replace

import pytest

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.coordinator import Coordinator
from emulator.alt_han.coordination.parties import Site, Supply
from emulator.alt_han.coordination.permissions import barred
from emulator.alt_han.meter_room.items import ItemKind
from emulator.alt_han.meter_room.works import Work, WorkKind
from emulator.testing.scenes.meter_room_scene import (
    BOX,
    FIRST,
    MONDAY,
    NETWORK,
    ROOM,
    SITE,
    SWITCH_OFF,
    SWITCH_ON,
    TAKE_TRUNKING,
    coordinated,
    to_works,
)

REMOVE_BOX = Work(kind=WorkKind.REMOVE, item="old box")
REPLACE_BOX = Work(kind=WorkKind.REPLACE, item="old box")


def clause(coordinator: Coordinator, work: Work) -> str:
    refusal = barred(coordinator.ledger, work)
    return "" if refusal is None else refusal.clause


def under_way(
    without: Iterable[type] = (), site: Site = SITE, more: Iterable[act.Action] = ()
) -> Coordinator:
    kept = [each for each in to_works() if type(each) not in tuple(without)]
    return coordinated((*kept, *more), site)


def test_permitted_works_are_not_barred() -> None:
    coordinator = under_way()

    assert clause(coordinator, SWITCH_OFF) == ""
    coordinator.handle(act.CarryOut(work=SWITCH_OFF), MONDAY)
    assert clause(coordinator, TAKE_TRUNKING) == ""
    assert clause(coordinator, SWITCH_ON) == ""


def test_each_kind_of_works_needs_the_customers_permission() -> None:
    coordinator = under_way(without=[act.PermitWork])

    for work in (SWITCH_OFF, TAKE_TRUNKING, SWITCH_ON):
        assert clause(coordinator, work) == "DCP 400 4.10"


def test_equipment_is_touched_once_its_meter_point_is_de_energised() -> None:
    assert clause(under_way(), TAKE_TRUNKING) == "DCP 400 6.9 (a)"


def test_what_was_found_dead_stays_dead() -> None:
    dead = replace(SITE.points[0], supply=Supply.FOUND_DEAD)
    coordinator = under_way(site=replace(SITE, points=(dead, SITE.points[1])))

    assert clause(coordinator, SWITCH_ON) == "DCP 400 4.10"
    assert clause(coordinator, SWITCH_OFF) == "DCP 400 6.9 (a)"


def test_what_is_on_is_not_switched_on() -> None:
    assert clause(under_way(), SWITCH_ON) == "DCP 400 4.10"


def test_other_than_whole_current_metering_is_out() -> None:
    coordinator = under_way()
    state = coordinator.ledger.points[FIRST]
    state.point = replace(state.point, whole_current=False)

    assert clause(coordinator, SWITCH_OFF) == "DCP 400 4.10"


def test_a_contractor_that_is_not_accredited_does_nothing() -> None:
    coordinator = under_way()
    coordinator.ledger.accredited = False

    assert clause(coordinator, SWITCH_OFF) == "DCP 400 4.10"


def test_without_the_building_owner_nothing_of_it_is_touched() -> None:
    coordinator = under_way(more=[act.CarryOut(work=SWITCH_OFF)])
    coordinator.handle(act.AgreeToWorks(by="landlord", agreed=False), MONDAY)

    assert clause(coordinator, TAKE_TRUNKING) == "DCP 400 6.12"


def test_redundant_equipment_goes_with_its_owners_permission() -> None:
    allowed = act.ApproveFurther(by=NETWORK, item="old box", kind=WorkKind.REMOVE)

    assert clause(under_way(), REMOVE_BOX) == "DCP 400 6.8"
    assert clause(under_way(more=[allowed]), REMOVE_BOX) == ""


@pytest.mark.parametrize("party", [NETWORK, "supplier A", "supplier B"])
def test_other_works_need_further_approval(party: str) -> None:
    allowed = act.ApproveFurther(by=party, item="old box", kind=WorkKind.REPLACE)

    assert clause(under_way(), REPLACE_BOX) == "DCP 400 6.10"
    assert clause(under_way(more=[allowed]), REPLACE_BOX) == ""


def test_a_cut_out_is_not_repositioned_without_further_approval() -> None:
    cut_out = replace(BOX, kind=ItemKind.CUT_OUT, redundant=False)
    items = tuple(cut_out if each is BOX else each for each in ROOM.items)
    site = replace(SITE, room=replace(ROOM, items=items))
    move = Work(kind=WorkKind.REPOSITION, item="old box", left=300, bottom=300)

    assert clause(under_way(site=site), move) == "DCP 400 6.10"


def test_a_meter_is_not_removed() -> None:
    work = Work(kind=WorkKind.REMOVE, item="meter 1")

    assert clause(under_way(), work) == "DCP 400 6.8"


def test_what_is_not_in_the_room_cannot_be_worked_on() -> None:
    assert clause(under_way(), Work(kind=WorkKind.REMOVE, item="lamp")) == "DCP 400 6.9 (c), (d)"
    assert clause(under_way(), Work(kind=WorkKind.DE_ENERGISE, meter_point="9")) == (
        "DCP 400 6.9 (a)"
    )


def test_who_was_not_told_for_whom_this_is_not_is_not_worked_for() -> None:
    coordinator = under_way()
    coordinator.ledger.points[FIRST].customer_told = False

    assert clause(coordinator, SWITCH_OFF) == "DCP 400 4.10"
