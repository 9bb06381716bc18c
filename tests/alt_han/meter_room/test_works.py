from dataclasses import replace

import pytest

from emulator.alt_han.meter_room.items import Item, ItemKind
from emulator.alt_han.meter_room.room import MeterRoom
from emulator.alt_han.meter_room.works import Work, WorkKind, done, never, within_scope
from emulator.alt_han.refusal import Refusal
from emulator.testing.scenes.meter_room_scene import BOX, METER, ROOM, TRUNKING


@pytest.mark.parametrize(
    ("kind", "item", "inside"),
    [
        (WorkKind.DE_ENERGISE, None, True),
        (WorkKind.RE_ENERGISE, None, True),
        (WorkKind.REPOSITION, METER, True),
        (WorkKind.REPOSITION, TRUNKING, False),
        (WorkKind.REPOSITION, replace(METER, kind=ItemKind.CUT_OUT), False),
        (WorkKind.REPOSITION, replace(METER, kind=ItemKind.POINT_OF_ISOLATION), True),
        (WorkKind.REPOSITION, None, False),
        (WorkKind.REMOVE, TRUNKING, True),
        (WorkKind.REMOVE, BOX, True),
        (WorkKind.REMOVE, replace(BOX, redundant=False), False),
        (WorkKind.REPLACE, BOX, False),
    ],
)
def test_the_definition_of_works_is_that_of_6_9(
    kind: WorkKind, item: Item | None, *, inside: bool
) -> None:
    assert within_scope(Work(kind=kind), item) is inside


@pytest.mark.parametrize("kind", [WorkKind.REMOVE, WorkKind.REPLACE])
def test_a_meter_goes_in_an_emergency_alone(kind: WorkKind) -> None:
    assert never(Work(kind=kind), METER) is not None
    assert never(Work(kind=kind, emergency=True), METER) is None
    assert never(Work(kind=kind), TRUNKING) is None


def test_a_meter_may_be_moved() -> None:
    assert never(Work(kind=WorkKind.REPOSITION), METER) is None


def test_works_change_the_room() -> None:
    gone = done(ROOM, Work(kind=WorkKind.REMOVE, item="trunking"))
    assert isinstance(gone, MeterRoom)
    moved = done(gone, Work(kind=WorkKind.REPOSITION, item="meter 1", left=0, bottom=50))

    assert isinstance(moved, MeterRoom)
    assert moved.item("meter 1").place.bottom == 50


def test_switching_changes_nothing_on_the_wall() -> None:
    assert done(ROOM, Work(kind=WorkKind.DE_ENERGISE)) is ROOM


def test_what_would_hang_on_something_else_is_refused() -> None:
    refusal = done(ROOM, Work(kind=WorkKind.REPOSITION, item="meter 1", left=300, bottom=0))

    assert isinstance(refusal, Refusal)
    assert "overlap" in refusal.reason
