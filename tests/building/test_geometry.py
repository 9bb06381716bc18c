import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.building.geometry import area, common_area, within

Corners = tuple[tuple[float, float], ...]
L_SHAPED: Corners = ((0, 0), (4, 0), (4, 2), (2, 2), (2, 4), (0, 4))

whole = st.integers(-20, 20)
sizes = st.integers(1, 20)


def box(left: float, bottom: float, width: float, height: float) -> Corners:
    right, top = left + width, bottom + height
    return ((left, bottom), (right, bottom), (right, top), (left, top))


boxes = st.tuples(whole, whole, sizes, sizes)


@given(boxes, boxes)
def test_common_area_of_boxes_is_that_of_their_widths_and_heights(
    one: tuple[int, int, int, int], other: tuple[int, int, int, int]
) -> None:
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    up = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    expected = max(0, across) * max(0, up)

    assert common_area(box(*one), box(*other)) == pytest.approx(expected)


@given(st.lists(st.tuples(whole, whole), min_size=3, max_size=3), boxes)
def test_common_area_is_the_same_both_ways_and_no_more_than_either(
    corners: list[tuple[int, int]], other: tuple[int, int, int, int]
) -> None:
    triangle: Corners = tuple(corners)
    common = common_area(triangle, box(*other))

    assert common == pytest.approx(common_area(box(*other), triangle), abs=1e-6)
    assert -1e-6 <= common <= min(area(triangle), area(box(*other))) + 1e-6


@given(st.lists(st.tuples(whole, whole), min_size=3, max_size=3))
def test_a_room_has_all_of_itself_in_common_with_itself(corners: list[tuple[int, int]]) -> None:
    triangle: Corners = tuple(corners)

    assert common_area(triangle, triangle) == pytest.approx(area(triangle), abs=1e-6)


def test_a_room_with_a_corner_cut_out_is_not_what_was_cut_out() -> None:
    assert area(L_SHAPED) == 12
    assert common_area(L_SHAPED, box(2, 2, 2, 2)) == pytest.approx(0)
    assert common_area(L_SHAPED, box(1, 1, 2, 2)) == pytest.approx(3)


def test_a_point_is_within_a_room_on_its_walls_and_as_near_as_is_asked() -> None:
    assert within((1, 3), L_SHAPED)
    assert within((4, 1), L_SHAPED)
    assert not within((3, 3), L_SHAPED)
    assert not within((4.4, 1), L_SHAPED)
    assert within((4.4, 1), L_SHAPED, margin=0.5)
