from collections.abc import Iterable
from dataclasses import replace

import pytest

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.coordinator import Coordinator
from emulator.alt_han.coordination.gates import (
    approval_bars,
    completion_bars,
    end_bars,
    go_bars,
)
from emulator.alt_han.coordination.processes import Process
from emulator.testing.scenes.meter_room_scene import (
    FIRST,
    MONDAY,
    SITE,
    SWITCH_OFF,
    coordinated,
    designed,
    known,
    readied,
    to_approval,
    to_works,
)


def reasons(coordinator: Coordinator, process: Process) -> list[str]:
    return [each.reason for each in approval_bars(coordinator.ledger, process)]


def but(actions: Iterable[act.Action], *kinds: type) -> list[act.Action]:
    return [each for each in actions if type(each) not in kinds]


def test_process_1_needs_suppliers_that_know_and_whole_current_metering() -> None:
    current_transformer = replace(SITE.points[1], whole_current=False)
    site = replace(SITE, points=(SITE.points[0], current_transformer))

    told = reasons(coordinated([], site), Process.ONE)

    assert len([each for each in told if "is assessed" in each]) == 2
    assert "1200000000002 is not whole current metering" in told
    assert reasons(coordinated(known()), Process.ONE) == []


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        (act.Survey, "the room was not surveyed"),
        (act.Propose, "there is no design"),
        (act.AssessRisk, "the risk of the works was not assessed"),
        (act.AssessImpact, "the impact of the works was not assessed"),
    ],
)
def test_process_2_needs_survey_design_risk_and_impact(missing: type, reason: str) -> None:
    steps = but([*known(), *designed()], missing)[:-1]

    assert reasons(coordinated(steps), Process.TWO) == [reason]


def test_what_is_not_acceptable_ends_process_2() -> None:
    steps = [*known(), *designed()][:-1]
    bad = (act.AssessRisk(acceptable=False), act.AssessImpact(acceptable=False))

    told = reasons(coordinated([*steps, *bad]), Process.TWO)

    assert told == [
        "the risk of the works is not acceptable",
        "the impact of the works is not acceptable",
    ]


def test_a_design_that_costs_more_than_it_is_worth_is_not_approved() -> None:
    steps = [*known(), *designed()]

    assert reasons(coordinated(steps), Process.THREE) == ["the design was not priced"]
    dear = act.Price(cost=2_001, benefit=2_000)
    assert reasons(coordinated([*steps, dear]), Process.THREE) == [
        "costs £2,001, more than the benefit of £2,000"
    ]
    assert reasons(coordinated([*steps, act.Price(cost=2, benefit=2)]), Process.THREE) == []


def test_the_impact_on_consumers_weighs_as_much_as_the_economic_test() -> None:
    coordinator = coordinated([*known(), *designed(), act.Price(cost=1, benefit=2_000)])
    coordinator.ledger.impact_acceptable = False

    assert reasons(coordinator, Process.THREE) == ["the impact on consumers is not acceptable"]


def test_process_4_needs_every_resolving_party_to_agree_to_the_costs() -> None:
    steps = but(to_approval(), act.AgreeCosts)[:-1]

    assert reasons(coordinated(steps), Process.FOUR) == [
        "supplier A has not agreed to the costs",
        "supplier B has not agreed to the costs",
        "landlord has not agreed to the costs",
    ]


def test_process_6_needs_a_room_in_which_everything_fits() -> None:
    coordinator = coordinated(to_works())

    assert len(reasons(coordinator, Process.SIX)) == 1
    coordinator.ledger.fits = True
    assert reasons(coordinator, Process.SIX) == []


@pytest.mark.parametrize("process", [Process.FIVE, Process.SEVEN])
def test_processes_5_and_7_are_done_and_not_approved(process: Process) -> None:
    assert len(reasons(coordinated([]), process)) == 1


@pytest.mark.parametrize(
    ("missing", "clauses"),
    [
        (act.Appoint, {"DCP 400 4.10"}),
        (act.AgreeToWorks, {"DCP 400 6.12"}),
        (act.DeclareReady, {"DCP 400 6.2"}),
        (act.AgreeCommunications, {"DCP 400 6.2, 6.24"}),
        (act.TellCustomer, {"DCP 400 4.10"}),
    ],
)
def test_the_decision_to_go_needs_everybody(missing: type, clauses: set[str]) -> None:
    coordinator = coordinated(but([*to_approval(), *readied()], missing))

    assert {each.clause for each in go_bars(coordinator.ledger)} == clauses


def test_a_change_of_supplier_asks_the_new_one_again() -> None:
    change = act.ChangeSupplier(mpan=FIRST, supplier="supplier C")
    coordinator = coordinated([*to_approval(), *readied(), change])

    told = [each.reason for each in go_bars(coordinator.ledger)]

    assert told == [
        "supplier C does not know that 1200000000001 is assessed",
        "supplier C is not ready",
        "supplier C has not agreed to what residents are told",
    ]


def test_works_are_not_over_while_a_supply_is_off_and_nobody_was_told() -> None:
    coordinator = coordinated([*to_works(), act.CarryOut(work=SWITCH_OFF)])

    assert [each.clause for each in end_bars(coordinator.ledger, coordinator.notices)] == [
        "DCP 400 4.10"
    ]
    coordinator.handle(act.Find(occasion=act.Occasion.INTERRUPTED, mpan=FIRST), MONDAY)
    assert list(end_bars(coordinator.ledger, coordinator.notices)) == []


def test_completion_waits_for_every_notice() -> None:
    coordinator = coordinated(to_works())
    coordinator.handle(act.Find(occasion=act.Occasion.CATEGORY_B, mpan=FIRST), MONDAY)

    assert [each.clause for each in completion_bars(coordinator.ledger, coordinator.notices)] == [
        "DCP 400 6.17"
    ]
