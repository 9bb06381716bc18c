from hypothesis import given
from hypothesis import strategies as st

from emulator.alt_han.meter_room.shapes import Rectangle

sizes = st.integers(1, 20)
places = st.integers(-20, 20)
rectangles = st.builds(Rectangle, places, places, sizes, sizes)


def cells(shape: Rectangle) -> set[tuple[int, int]]:
    return {
        (x, y)
        for x in range(shape.left, shape.left + shape.width)
        for y in range(shape.bottom, shape.bottom + shape.height)
    }


@given(rectangles, rectangles)
def test_two_overlap_when_they_share_a_square_millimetre(one: Rectangle, other: Rectangle) -> None:
    assert one.overlaps(other) is bool(cells(one) & cells(other))


@given(rectangles, rectangles)
def test_one_is_within_another_when_all_of_it_is(one: Rectangle, other: Rectangle) -> None:
    assert one.within(other) is (cells(one) <= cells(other))


@given(rectangles, rectangles, st.integers(0, 10))
def test_one_is_no_farther_than_a_margin_that_reaches_the_other(
    one: Rectangle, other: Rectangle, margin: int
) -> None:
    near = one.grown(margin + 1).overlaps(other)

    assert (one.gap(other) <= margin) is near


def test_a_moved_place_keeps_its_size() -> None:
    assert Rectangle(1, 2, 30, 40).moved(5, 6) == Rectangle(5, 6, 30, 40)
