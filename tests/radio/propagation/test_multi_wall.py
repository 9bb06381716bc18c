from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.radio.propagation.distance import free_space_loss
from emulator.radio.propagation.floor_plan import (
    FloorPlan,
    Opening,
    PlacedDevice,
    Riser,
    Storey,
    Wall,
)
from emulator.radio.propagation.materials import shipped_materials
from emulator.radio.propagation.multi_wall import MultiWall
from emulator.radio.propagation.path_loss import Place

M = shipped_materials()
HIGH = 2_440e6
STOREYS = tuple(Storey(str(n), n, 2.6 * n, 2.6, M["timber floor"]) for n in range(3))
MIDDLE = Wall(STOREYS[0], (5, -5), (5, 5), M["brick"])
LEFT, RIGHT = Place("left", 0, 0, 1), Place("right", 10, 0, 1)


def house(*walls: Wall, devices: tuple[PlacedDevice, ...] = ()) -> MultiWall:
    return MultiWall(FloorPlan("house", STOREYS, walls, (), devices))


def beyond_air(model: MultiWall, one: Place, other: Place, frequency: float = HIGH) -> float:
    return model.loss(one, other, frequency) - free_space_loss(one.distance(other), frequency)


def test_empty_house_is_free_space() -> None:
    assert beyond_air(house(), LEFT, RIGHT) == 0


def test_wall_on_the_line_takes_what_its_material_takes_at_the_band() -> None:
    model = house(MIDDLE)

    assert beyond_air(model, LEFT, RIGHT) == pytest.approx(12)
    assert beyond_air(model, LEFT, RIGHT, 868e6) == pytest.approx(8)


def test_wall_beside_the_line_or_on_another_storey_takes_nothing() -> None:
    beside = Wall(STOREYS[0], (5, 1), (5, 5), M["brick"])
    above = Wall(STOREYS[1], (5, -5), (5, 5), M["brick"])
    along = Wall(STOREYS[0], (2, 0), (8, 0), M["brick"])

    assert beyond_air(house(beside, above, along), LEFT, RIGHT) == 0


def test_line_through_a_door_meets_the_door() -> None:
    door = Opening(4.5, 5.5, 0, 2, M["door"])
    model = house(replace(MIDDLE, openings=(door,)))

    assert beyond_air(model, LEFT, RIGHT) == pytest.approx(4)
    assert beyond_air(model, replace(LEFT, z=2.3), replace(RIGHT, z=2.3)) == pytest.approx(12)


def test_wall_that_two_rooms_share_counts_once_as_the_heavier() -> None:
    twin = Wall(STOREYS[0], (5, 5), (5, -5), M["concrete"])
    cavity = Wall(STOREYS[0], (5.3, 5), (5.3, -5), M["brick"])

    assert beyond_air(house(MIDDLE, twin), LEFT, RIGHT) == pytest.approx(25)
    assert beyond_air(house(MIDDLE, twin, cavity), LEFT, RIGHT) == pytest.approx(37)


def test_corner_where_two_walls_meet_counts_once() -> None:
    first = Wall(STOREYS[0], (5, -5), (5, 0), M["brick"])
    second = Wall(STOREYS[0], (5, 0), (5, 5), M["brick"])

    assert beyond_air(house(first, second), LEFT, RIGHT) == pytest.approx(12)


def test_several_floors_take_less_than_their_sum() -> None:
    first = beyond_air(house(), LEFT, replace(LEFT, z=3.6))
    second = beyond_air(house(), LEFT, replace(LEFT, z=6.2))

    assert first == pytest.approx(15 * 1 ** (3 / 2 - 0.46))
    assert second == pytest.approx(15 * 2 ** (4 / 3 - 0.46))
    assert second < 2 * first


def test_slanting_line_meets_the_walls_of_the_storeys_it_is_in() -> None:
    upstairs = Wall(STOREYS[1], (8, -5), (8, 5), M["block"])
    downstairs = Wall(STOREYS[0], (8, -5), (8, 5), M["concrete"])
    lost = beyond_air(house(upstairs, downstairs), LEFT, Place("up", 10, 0, 4))

    assert lost == pytest.approx(15 + 11)


def test_device_in_a_cupboard_loses_what_the_cupboard_takes() -> None:
    shut = PlacedDevice("left", LEFT, M["steel"])

    assert beyond_air(house(devices=(shut,)), LEFT, RIGHT) == pytest.approx(30)
    assert beyond_air(house(devices=(shut,)), RIGHT, LEFT) == pytest.approx(30)


def test_constant_of_a_fit_is_added() -> None:
    model = MultiWall(FloorPlan("house", STOREYS, (), (), ()), constant=3.5)

    assert beyond_air(model, LEFT, RIGHT) == pytest.approx(3.5)


coordinates = st.floats(-20, 20)
places = st.builds(Place, st.just("p"), coordinates, coordinates, st.floats(0.1, 7))


@given(places, places)
def test_loss_is_equal_both_ways_and_never_below_free_space(one: Place, other: Place) -> None:
    model = house(MIDDLE, Wall(STOREYS[1], (-3, -3), (9, 4), M["plasterboard"]))

    there = beyond_air(model, one, other)

    assert there >= -1e-9
    assert beyond_air(model, other, one) == pytest.approx(there)


SHAFT = Riser("riser", ((-1, -1), (1, -1), (1, 1), (-1, 1)), 0, 2, M["open"])
GROUND, SECOND = Place("below", 0, 0, 1), Place("above", 0.5, 0, 6.2)


def shafted(*risers: Riser) -> MultiWall:
    return MultiWall(FloorPlan("house", STOREYS, (), (), (), risers))


def test_line_through_a_riser_meets_no_slab() -> None:
    assert beyond_air(shafted(SHAFT), GROUND, SECOND) == pytest.approx(0)
    assert beyond_air(shafted(), GROUND, SECOND) > 10


def test_what_stops_a_riser_takes_its_part_at_each_slab() -> None:
    stopped = replace(SHAFT, stop=M["brick"])

    assert beyond_air(shafted(stopped), GROUND, SECOND) == pytest.approx(2 * 12)


def test_line_beside_a_riser_meets_the_slabs() -> None:
    away = replace(GROUND, x=4), replace(SECOND, x=4)

    assert beyond_air(shafted(SHAFT), *away) == pytest.approx(beyond_air(shafted(), *away))


def test_slab_above_the_end_of_a_riser_is_whole() -> None:
    short = replace(SHAFT, highest=1)
    one = beyond_air(shafted(), replace(GROUND, z=3), SECOND)

    assert beyond_air(shafted(short), GROUND, SECOND) == pytest.approx(one)


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(0, 7), st.floats(-2, 2), st.floats(0, 7))
def test_riser_never_makes_a_path_worse_than_its_stops_and_is_the_same_both_ways(
    x: float, y: float, z: float, far: float, up: float
) -> None:
    one, other = Place("a", x, y, z), Place("b", far, -far, up)
    model = shafted(SHAFT)

    assert beyond_air(model, one, other) <= beyond_air(shafted(), one, other) + 1e-9
    assert model.loss(one, other, HIGH) == model.loss(other, one, HIGH)
