import pytest

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.processes import Stage
from emulator.alt_han.meter_room.placement import fit
from emulator.testing.scenes.meter_room_scene import (
    BRIDGE,
    MONDAY,
    ROOM,
    coordinated,
    day,
    to_approval,
    to_works,
)


def test_the_room_is_crowded() -> None:
    assert not fit(ROOM, [BRIDGE]).fits


def test_the_scene_comes_to_where_works_begin() -> None:
    assert coordinated(to_approval()).stage is Stage.APPROVED
    assert coordinated(to_works()).stage is Stage.WORKS


def test_a_scene_that_is_refused_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="Complete"):
        coordinated([act.Complete()])


def test_days_follow_the_first_monday() -> None:
    assert (day(7) - MONDAY).days == 7
