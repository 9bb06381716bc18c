import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.crypto.binary_curve import SECT163K1, SECT283K1, BinaryCurve, Point
from emulator.kernel.errors import SecurityError, WireError

CURVES = [SECT163K1, SECT283K1]
ORDER_TWO = Point(0, 1)
"""The one point that is its own negative, on both curves."""

both_curves = pytest.mark.parametrize("curve", CURVES, ids=lambda curve: str(curve.name))
few = settings(deadline=None, max_examples=15)
curves = st.sampled_from(CURVES)
small = st.integers(1, 200)


def multiple(curve: BinaryCurve, scalar: int, point: Point) -> Point | None:
    """Double and add, the slow way every faster one is judged by."""
    total: Point | None = None
    power: Point | None = point
    while scalar:
        if scalar & 1:
            total = curve.add(total, power)
        power = curve.add(power, power)
        scalar >>= 1
    return total


def point_at(curve: BinaryCurve, scalar: int) -> Point:
    point = multiple(curve, scalar, curve.generator)
    assert point is not None
    return point


def order_four(curve: BinaryCurve) -> Point:
    """A point with x = 1, whose double is the point of order two (only where a is 0)."""
    assert curve.a == 0
    return Point(1, 0)


@both_curves
def test_generator_has_the_prime_order(curve: BinaryCurve) -> None:
    assert curve.contains(curve.generator)
    assert multiple(curve, curve.order, curve.generator) is None
    assert multiple(curve, curve.order - 1, curve.generator) == curve.negate(curve.generator)


@given(curves, small, small, small)
@few
def test_addition_is_associative_and_commutative(
    curve: BinaryCurve, one: int, two: int, three: int
) -> None:
    p, q, r = point_at(curve, one), point_at(curve, two), point_at(curve, three)

    assert curve.add(p, q) == curve.add(q, p)
    assert curve.add(curve.add(p, q), r) == curve.add(p, curve.add(q, r))


@given(curves, small, small)
@few
def test_sums_are_points_of_the_subgroup(curve: BinaryCurve, one: int, two: int) -> None:
    total = curve.add(point_at(curve, one), point_at(curve, two))

    assert total is not None
    assert curve.contains(total)
    assert curve.in_subgroup(total)
    assert total == point_at(curve, one + two)


@both_curves
def test_infinity_changes_nothing_and_a_negative_cancels(curve: BinaryCurve) -> None:
    point = curve.generator

    assert curve.add(None, point) == point
    assert curve.add(point, None) == point
    assert curve.add(point, curve.negate(point)) is None
    assert curve.double(ORDER_TWO) is None


@both_curves
def test_points_beyond_the_field_or_off_the_curve_are_not_contained(curve: BinaryCurve) -> None:
    x, y = curve.generator.x, curve.generator.y

    assert not curve.contains(Point(x ^ 1, y))
    assert not curve.contains(Point(x, y ^ 1))
    assert not curve.contains(Point(x + curve.field.mask + 1, y))
    assert not curve.contains(Point(x, y + curve.field.mask + 1))


@given(curves, small)
@few
def test_compressed_point_is_read_back(curve: BinaryCurve, scalar: int) -> None:
    point = point_at(curve, scalar)
    octets = curve.compress(point)

    assert curve.decompress(octets) == point
    assert len(octets) == curve.point_length
    assert curve.compress(curve.negate(point)) == bytes([octets[0] ^ 1]) + octets[1:]


@given(curves, st.integers(1, 2**283 - 1), st.sampled_from([2, 3]))
@settings(deadline=None, max_examples=60)
def test_any_x_gives_a_point_of_the_subgroup_or_a_refusal(
    curve: BinaryCurve, x: int, first: int
) -> None:
    octets = bytes([first]) + (x & curve.field.mask).to_bytes(curve.field.octets, "big")

    try:
        point = curve.decompress(octets)
    except SecurityError:
        return

    assert curve.contains(point)
    assert curve.compress(point) == octets


@both_curves
def test_points_of_another_order_are_refused(curve: BinaryCurve) -> None:
    strays = [curve.add(point_at(curve, 77), ORDER_TWO)]
    if curve.cofactor == 4:
        strays.append(curve.add(point_at(curve, 78), order_four(curve)))

    for stray in strays:
        assert stray is not None
        assert curve.contains(stray)
        assert multiple(curve, curve.order, stray) is not None
        assert not curve.in_subgroup(stray)
        with pytest.raises(SecurityError, match="has not the order of the generator"):
            curve.decompress(curve.compress(stray))


@both_curves
def test_small_order_points_are_not_in_the_subgroup(curve: BinaryCurve) -> None:
    assert curve.contains(ORDER_TWO)
    assert not curve.in_subgroup(ORDER_TWO)


def test_the_point_of_order_four_is_not_in_the_subgroup() -> None:
    stray = order_four(SECT283K1)

    assert SECT283K1.contains(stray)
    assert SECT283K1.double(stray) == ORDER_TWO
    assert not SECT283K1.in_subgroup(stray)


@both_curves
def test_x_without_a_point_is_refused(curve: BinaryCurve) -> None:
    missing = next(
        x
        for x in range(2, 100)
        if curve.field.trace(x ^ curve.a ^ curve.field.square(curve.field.inverse(x)))
    )

    with pytest.raises(SecurityError, match=f"no {curve.name} point has this x"):
        curve.decompress(b"\x02" + missing.to_bytes(curve.field.octets, "big"))


@both_curves
@pytest.mark.parametrize("first", [0, 1, 4, 6, 0xFF])
def test_other_first_octets_are_refused(curve: BinaryCurve, first: int) -> None:
    octets = bytes([first]) + curve.compress(curve.generator)[1:]

    with pytest.raises(SecurityError, match=f"{first:02x}.. is no compressed {curve.name} point"):
        curve.decompress(octets)


@both_curves
def test_x_out_of_range_is_refused(curve: BinaryCurve) -> None:
    size = curve.field.octets

    for x in (0, curve.field.mask + 1, curve.field.mask + 1 + curve.generator.x):
        with pytest.raises(SecurityError, match="no compressed"):
            curve.decompress(b"\x02" + x.to_bytes(size, "big"))


@both_curves
@pytest.mark.parametrize("surplus", [-1, 1])
def test_other_lengths_are_no_point(curve: BinaryCurve, surplus: int) -> None:
    length = curve.point_length + surplus

    with pytest.raises(WireError, match=f"{length} octets, expected {curve.point_length}"):
        curve.decompress(bytes(length))
    with pytest.raises(WireError, match="0 octets"):
        curve.decompress(b"")
