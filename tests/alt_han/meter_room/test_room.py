from dataclasses import replace

import pytest

from emulator.alt_han.meter_room.shapes import Rectangle
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.meter_room_scene import BOX, FIRST, METER, ROOM, TRUNKING


def test_a_room_in_which_everything_hangs_free_has_no_problems() -> None:
    assert list(ROOM.problems()) == []


def test_every_problem_of_a_room_is_told_at_once() -> None:
    room = replace(
        ROOM,
        items=(
            METER,
            replace(TRUNKING, place=Rectangle(100, 0, 50, 50)),
            replace(BOX, place=Rectangle(400, 350, 200, 100)),
            replace(BOX, place=Rectangle(300, 100, 0, 10)),
        ),
    )

    assert list(room.problems()) == [
        "room basement: two items named old box",
        "room basement: old box is not on the wall",
        "room basement: old box has no size",
        "room basement: meter 1 and trunking overlap",
    ]


def test_a_wall_without_size_is_a_problem() -> None:
    assert "0 by 400" in next(replace(ROOM, width=0).problems())


def test_the_meter_of_a_meter_point_is_found() -> None:
    assert ROOM.meter_of(FIRST) == METER
    assert ROOM.meter_of("unknown") is None


def test_an_item_can_be_moved_and_taken_away() -> None:
    moved = ROOM.with_moved("old box", 0, 0)

    assert moved.item("old box").place == Rectangle(0, 0, 200, 100)
    assert "old box" not in [each.name for each in ROOM.without("old box").items]


def test_an_item_that_is_not_there_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no item lamp"):
        ROOM.item("lamp")
