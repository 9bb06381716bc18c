import pytest

from emulator.alt_han.coordination import actions as act
from emulator.building.coordination_days import clearing, known, to_works
from emulator.building.example_room import FIRST, bridge_at, example_site
from emulator.building.room_case import MONDAY, RoomCase
from emulator.lab.kept.result import Verdict
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import bench_shipment
from emulator.lab.steps.unmet import StepFailed

SITE = example_site("room")


def case() -> tuple[Lab, RoomCase]:
    lab = Lab(bench_shipment(), LabOptions())
    return lab, RoomCase(lab, SITE)


def test_what_is_done_is_a_step_and_what_a_rule_bars_fails_it() -> None:
    lab, room = case()

    room.do("all know", "6.11", known(SITE))
    with pytest.raises(StepFailed) as failed:
        room.do("too early", "6.2", [act.Go()])

    assert [step.verdict for step in lab.steps] == [Verdict.PASS, Verdict.FAIL]
    assert "Go: " in failed.value.step.detail


def test_a_refusal_passes_for_its_clause_alone() -> None:
    _, room = case()

    room.refused("too early", "DCP 400 target operating model, level 1", act.Go())
    with pytest.raises(StepFailed):
        room.refused("for another reason", "DCP 400 6.9 (a)", act.Go())
    with pytest.raises(StepFailed):
        room.refused("not at all", "DCP 400 6.11", act.TellSupplier(mpan=FIRST))


def test_a_bridge_fits_once_the_trunking_is_gone_and_both_are_shown() -> None:
    lab, room = case()
    works = clearing(SITE, [FIRST])

    room.show_room("before")
    assert not room.tried("no", [bridge_at(FIRST)], fits=False).fits
    room.do("to works", "", to_works(SITE, works))
    room.do("works", "", [act.CarryOut(work=each) for each in works])
    room.show_room("after", room.tried("yes", [bridge_at(FIRST)], fits=True).room)
    room.show_notices()

    assert [each.title for each in lab.pictures] == ["room: before", "room: after", "room: notices"]
    with pytest.raises(StepFailed):
        room.tried("no more", [bridge_at(FIRST)], fits=False)


def test_days_pass_as_they_are_told() -> None:
    _, room = case()

    room.wait(days=2, hours=3)

    assert (room.now - MONDAY).total_seconds() == (2 * 24 + 3) * 3600
