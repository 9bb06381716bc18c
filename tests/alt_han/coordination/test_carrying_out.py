from dataclasses import replace

import pytest

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.carrying_out import CARRIED_OUT
from emulator.alt_han.coordination.coordinator import STAGES
from emulator.alt_han.coordination.parties import Supply
from emulator.alt_han.coordination.processes import Process, Stage
from emulator.alt_han.meter_room.placement import fit
from emulator.alt_han.meter_room.works import WorkKind
from emulator.testing.scenes.meter_room_scene import (
    BRIDGE,
    FIRST,
    MONDAY,
    NETWORK,
    SWITCH_OFF,
    SWITCH_ON,
    TAKE_TRUNKING,
    coordinated,
    known,
    to_works,
)


def test_every_action_has_its_stages_and_its_change() -> None:
    kinds = set(act.Action.__args__)

    assert set(CARRIED_OUT) == kinds
    assert set(STAGES) == kinds


def test_a_room_is_resolved_from_nomination_to_completion() -> None:
    works = [act.CarryOut(work=each) for each in (SWITCH_OFF, TAKE_TRUNKING, SWITCH_ON)]
    coordinator = coordinated([*to_works(), *works, act.EndWorks()])

    fits = fit(coordinator.ledger.room, [BRIDGE]).fits
    for action in (act.Examine(fits=fits), act.Approve(process=Process.SIX), act.Complete()):
        assert coordinator.handle(action, MONDAY) is None

    assert fits
    assert coordinator.stage is Stage.COMPLETED
    assert coordinator.ledger.points[FIRST].supply is Supply.ENERGISED
    assert coordinator.ledger.done == [SWITCH_OFF, TAKE_TRUNKING, SWITCH_ON]


def test_works_that_end_with_something_on_something_else_are_refused() -> None:
    coordinator = coordinated([*to_works(), act.CarryOut(work=SWITCH_OFF)])
    coordinator.ledger.points[FIRST].permitted.add(WorkKind.REPOSITION)
    move = replace(SWITCH_OFF, kind=WorkKind.REPOSITION, item="meter 1", left=300)

    refusal = coordinator.handle(act.CarryOut(work=move), MONDAY)

    assert refusal is not None
    assert "overlap" in refusal.reason
    assert coordinator.ledger.done == [SWITCH_OFF]


def test_an_interruption_that_does_not_remain_is_not_told() -> None:
    coordinator = coordinated(to_works())

    refusal = coordinator.handle(act.Find(occasion=act.Occasion.INTERRUPTED, mpan=FIRST), MONDAY)

    assert refusal is not None
    assert refusal.clause == "DCP 400 6.15"
    assert list(coordinator.notices) == []


@pytest.mark.parametrize(
    ("occasion", "party"),
    [
        (act.Occasion.CATEGORY_A, NETWORK),
        (act.Occasion.CATEGORY_B, NETWORK),
        (act.Occasion.MISREGISTERS, "supplier A"),
        (act.Occasion.DANGER, "supplier A"),
    ],
)
def test_what_is_found_is_owed_to_whom_the_clause_names(occasion: act.Occasion, party: str) -> None:
    coordinator = coordinated([*to_works(), act.Find(occasion=occasion, mpan=FIRST)])

    assert [each.party for each in coordinator.notices.owed()] == [party]


def test_a_notice_that_goes_the_wrong_way_is_refused() -> None:
    found = act.Find(occasion=act.Occasion.CATEGORY_B, mpan=FIRST)
    coordinator = coordinated([*to_works(), found])
    by_mail = act.Notify(number=1, channel=act.Channel.OTHER)

    assert coordinator.handle(by_mail, MONDAY) is not None
    assert coordinator.handle(act.AgreeChannel(by=NETWORK), MONDAY) is None
    assert coordinator.handle(by_mail, MONDAY) is None


def test_vulnerable_customers_are_remembered() -> None:
    coordinator = coordinated(known())
    coordinator.handle(
        act.ConfirmSupplier(mpan=FIRST, supplier="supplier A", vulnerable=True), MONDAY
    )

    assert coordinator.ledger.points[FIRST].vulnerable


def test_why_a_room_is_given_up_is_kept() -> None:
    coordinator = coordinated([act.Abandon(obstacle=act.Obstacle.NO_AGREEMENT)])

    assert coordinator.stage is Stage.ABANDONED
    assert coordinator.ledger.obstacle is act.Obstacle.NO_AGREEMENT


def test_premises_go_to_the_exempt_list_from_the_first_three_processes() -> None:
    assert coordinated([act.SubmitExemption()]).stage is Stage.EXEMPT
