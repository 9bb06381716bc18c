import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from emulator.crypto.accelerator import Libcrypto, libcrypto
from emulator.crypto.binary_curve import SECT163K1, SECT283K1, BinaryCurve, Point
from emulator.crypto.scalar_multiplication import PurePython
from emulator.testing.judges.judges import require

CURVES = [SECT163K1, SECT283K1]
PURE = PurePython()

few = settings(deadline=None, max_examples=8)
many = settings(deadline=None, max_examples=40)
curves = st.sampled_from(CURVES)
scalars = st.integers(0, SECT283K1.order + 5)
both_curves = pytest.mark.parametrize("curve", CURVES, ids=lambda curve: str(curve.name))


@pytest.fixture(scope="module")
def library() -> Libcrypto:
    found = libcrypto()
    require("libcrypto", found is not None, "OpenSSL 3 with binary curves, as Debian's libssl3")
    assert found is not None
    return found


def double_and_add(curve: BinaryCurve, scalar: int, point: Point) -> Point | None:
    """The slow way, with affine points."""
    total: Point | None = None
    for bit in f"{scalar:b}":
        total = curve.add(total, total)
        if bit == "1":
            total = curve.add(total, point)
    return total


def base_point(curve: BinaryCurve) -> Point:
    """A point of the subgroup that is not the generator."""
    point = double_and_add(curve, 1_000_003, curve.generator)
    assert point is not None
    return point


@given(curves, scalars)
@few
def test_multiple_is_that_of_double_and_add(curve: BinaryCurve, scalar: int) -> None:
    point = base_point(curve)

    assert PURE.multiply(curve, scalar, point) == double_and_add(curve, scalar % curve.order, point)


@given(curves, scalars)
@few
def test_multiple_of_the_generator_is_that_of_double_and_add(
    curve: BinaryCurve, scalar: int
) -> None:
    assert PURE.multiply(curve, scalar, curve.generator) == double_and_add(
        curve, scalar % curve.order, curve.generator
    )


@both_curves
@pytest.mark.parametrize("scalar", [1, 2, 3, 4, 5, 7, 8, 31, 32, 63])
def test_small_multiples_are_right(curve: BinaryCurve, scalar: int) -> None:
    expected = double_and_add(curve, scalar, curve.generator)

    assert PURE.multiply(curve, scalar, curve.generator) == expected
    assert PURE.multiply(curve, scalar - curve.order, curve.generator) == expected


@both_curves
def test_multiples_of_the_order_are_infinity(curve: BinaryCurve) -> None:
    for scalar in (0, curve.order, 2 * curve.order):
        assert PURE.multiply(curve, scalar, curve.generator) is None
    assert PURE.multiply(curve, -1, curve.generator) == curve.negate(curve.generator)


@given(curves, scalars, scalars)
@example(SECT163K1, 1, 1)
@example(SECT283K1, 1, 1)
@many
def test_sum_is_the_sum_of_its_multiples(curve: BinaryCurve, a: int, b: int) -> None:
    p, q = base_point(curve), curve.generator

    assert PURE.multiply_sum(curve, a, p, b, q) == curve.add(
        PURE.multiply(curve, a, p), PURE.multiply(curve, b, q)
    )


@given(curves, scalars)
@many
def test_sum_with_one_point_plain_is_its_sum(curve: BinaryCurve, a: int) -> None:
    p, q = base_point(curve), curve.generator

    assert PURE.multiply_sum(curve, a, p, 1, q) == curve.add(PURE.multiply(curve, a, p), q)


@both_curves
def test_sum_of_equal_and_of_opposite_multiples(curve: BinaryCurve) -> None:
    point = base_point(curve)

    assert PURE.multiply_sum(curve, 9, point, 9, point) == PURE.multiply(curve, 18, point)
    assert PURE.multiply_sum(curve, 9, point, curve.order - 9, point) is None
    assert PURE.multiply_sum(curve, 9, point, 9, curve.negate(point)) is None


@given(curve=curves, a=scalars, b=scalars)
@example(curve=SECT163K1, a=0, b=0)
@example(curve=SECT283K1, a=SECT283K1.order - 1, b=2)
@many
def test_results_are_those_of_libcrypto(
    library: Libcrypto, curve: BinaryCurve, a: int, b: int
) -> None:
    p, q = base_point(curve), curve.generator

    assert PURE.multiply(curve, a, p) == library.multiply(curve, a, p)
    assert PURE.multiply(curve, b, q) == library.multiply(curve, b, q)
    assert PURE.multiply_sum(curve, a, p, b, q) == library.multiply_sum(curve, a, p, b, q)
