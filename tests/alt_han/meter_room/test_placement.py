from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from emulator.alt_han.meter_room.items import Item, ItemKind, Owner
from emulator.alt_han.meter_room.placement import Need, fit
from emulator.alt_han.meter_room.room import MeterRoom
from emulator.alt_han.meter_room.shapes import Rectangle
from emulator.testing.scenes.meter_room_scene import BRIDGE, FIRST, ROOM, SECOND


def test_a_bridge_does_not_fit_into_a_crowded_room() -> None:
    found = fit(ROOM, [BRIDGE])

    assert found.missing == (BRIDGE,)
    assert found.room == ROOM
    assert found.searched


def test_it_fits_once_the_trunking_is_gone_and_hangs_near_its_meter() -> None:
    found = fit(ROOM.without("trunking"), [BRIDGE])

    placed = found.room.item(BRIDGE.name)
    assert found.fits
    assert list(found.room.problems()) == []
    assert placed.place.gap(ROOM.item("meter 1").place) <= BRIDGE.lead


def test_a_lead_that_does_not_reach_is_as_good_as_no_space() -> None:
    free = replace(ROOM, width=2_000)

    assert not fit(free, [replace(BRIDGE, lead=50)]).fits
    assert fit(free, [replace(BRIDGE, lead=310)]).fits


def test_a_new_meter_takes_the_place_of_the_old_one() -> None:
    meter = Need(
        kind=ItemKind.SMETS2_METER,
        meter_point=SECOND,
        width=200,
        height=300,
        lead=0,
        in_place_of_meter=True,
    )

    found = fit(ROOM, [meter])

    assert found.fits
    assert found.room.meter_of(SECOND) == found.room.item(meter.name)


def test_what_can_be_placed_is_placed_though_the_rest_is_missing() -> None:
    room = ROOM.without("trunking")
    large = replace(BRIDGE, meter_point=SECOND, width=400)

    found = fit(room, [BRIDGE, large])

    assert found.missing == (large,)
    assert found.room.item(BRIDGE.name).meter_point == FIRST


def test_what_belongs_to_a_meter_point_without_a_meter_does_not_fit() -> None:
    assert not fit(ROOM.without("meter 1").without("trunking"), [BRIDGE]).fits


boxes = st.builds(
    Rectangle, st.integers(0, 8), st.integers(0, 8), st.integers(1, 5), st.integers(1, 5)
)


@given(st.lists(boxes, max_size=4), st.integers(1, 6), st.integers(1, 6), st.integers(0, 6))
def test_one_item_fits_exactly_where_some_place_on_the_wall_is_free_and_near(
    obstacles: list[Rectangle], width: int, height: int, lead: int
) -> None:
    home = Rectangle(4, 4, 2, 2)
    items = [
        Item(
            name="meter",
            kind=ItemKind.METER,
            owner=Owner.SUPPLIER,
            place=home,
            meter_point="1",
        )
    ]
    for number, place in enumerate(obstacles):
        if all(not place.overlaps(each.place) for each in items):
            items.append(
                Item(
                    name=f"obstacle {number}",
                    kind=ItemKind.FABRIC,
                    owner=Owner.BUILDING_OWNER,
                    place=place,
                )
            )
    room = MeterRoom(name="room", width=10, height=10, items=tuple(items))
    need = Need(kind=ItemKind.BRIDGE, meter_point="1", width=width, height=height, lead=lead)

    by_hand = any(
        place.within(room.wall)
        and place.gap(home) <= lead
        and not any(place.overlaps(each.place) for each in items)
        for left, bottom in product(range(10), range(10))
        for place in [Rectangle(left, bottom, width, height)]
    )

    assert fit(room, [need]).fits is by_hand
