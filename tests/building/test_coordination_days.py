from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.coordinator import Coordinator
from emulator.alt_han.coordination.processes import Stage
from emulator.alt_han.meter_room.works import WorkKind
from emulator.building.coordination_days import (
    agreed,
    clearing,
    known,
    parties,
    permitted,
    proposed,
    readied,
    to_works,
)
from emulator.building.example_room import FIRST, SECOND, example_site
from emulator.building.room_case import MONDAY
from emulator.dcc.working_days import WorkingDays

SITE = example_site("room")
WORKS = clearing(SITE, [FIRST, SECOND])


def test_each_part_brings_the_room_one_stage_on() -> None:
    coordinator = Coordinator(SITE, WorkingDays())
    stages = []

    for part in (known(SITE), proposed(SITE, WORKS), agreed(SITE), readied(SITE)):
        for action in part:
            assert coordinator.handle(action, MONDAY) is None
        stages.append(coordinator.stage)

    assert stages == [Stage.NOMINATED, Stage.PROPOSED, Stage.APPROVED, Stage.APPROVED]


def test_all_of_it_is_enough_to_do_every_work() -> None:
    coordinator = Coordinator(SITE, WorkingDays())
    for action in (*to_works(SITE, WORKS), *(act.CarryOut(work=each) for each in WORKS)):
        assert coordinator.handle(action, MONDAY) is None

    assert coordinator.handle(act.EndWorks(), MONDAY) is None


def test_works_take_the_trunking_over_their_own_meter() -> None:
    removed = [each.item for each in WORKS if each.kind is WorkKind.REMOVE]

    assert removed == ["trunking 1", "trunking 2"]
    assert len(list(permitted(SITE, WORKS))) == 6
    assert parties(SITE) == ("supplier A", "supplier B", "landlord")
