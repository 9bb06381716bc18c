from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.binary_curve import SECT163K1, SECT283K1, BinaryCurve
from emulator.crypto.tau_adic import TauNumber, TauRing, digit_values, expand, expand_scalar

rings = st.sampled_from([TauRing(1), TauRing(-1)])
widths = st.integers(2, 7)
numbers = st.builds(TauNumber, st.integers(-(2**80), 2**80), st.integers(-(2**80), 2**80))


def value(ring: TauRing, digits: list[int], width: int) -> TauNumber:
    """What an expansion stands for, by Horner's rule."""
    values = digit_values(ring, width)
    total = TauNumber(0, 0)
    for digit in reversed(digits):
        total = ring.multiply(total, TauNumber(0, 1))
        meant = values[abs(digit)] if digit else TauNumber(0, 0)
        sign = -1 if digit < 0 else 1
        total = TauNumber(total.real + sign * meant.real, total.imaginary + sign * meant.imaginary)
    return total


@given(rings)
def test_tau_fulfils_its_equation(ring: TauRing) -> None:
    tau = TauNumber(0, 1)

    assert ring.multiply(tau, tau) == TauNumber(-2, ring.mu)
    assert ring.norm(tau) == 2


@given(rings, numbers, numbers)
def test_norm_of_a_product_is_the_product_of_norms(
    ring: TauRing, left: TauNumber, right: TauNumber
) -> None:
    assert ring.norm(ring.multiply(left, right)) == ring.norm(left) * ring.norm(right)


@given(rings, st.integers(1, 20))
def test_power_is_repeated_multiplication(ring: TauRing, exponent: int) -> None:
    expected = TauNumber(1, 0)
    for _ in range(exponent):
        expected = ring.multiply(expected, TauNumber(0, 1))

    assert ring.power(exponent) == expected


@given(rings, numbers, widths)
def test_expansion_stands_for_its_number(ring: TauRing, number: TauNumber, width: int) -> None:
    digits = expand(ring, number, width)

    assert value(ring, digits, width) == number


@given(rings, numbers, widths)
def test_digits_are_odd_small_and_apart(ring: TauRing, number: TauNumber, width: int) -> None:
    digits = expand(ring, number, width)
    places = [place for place, digit in enumerate(digits) if digit]

    assert all(digit % 2 and abs(digit) < 2 ** (width - 1) for digit in digits if digit)
    assert all(later - place >= width for place, later in pairwise(places))


@pytest.mark.parametrize("curve", [SECT163K1, SECT283K1], ids=lambda curve: str(curve.name))
@given(scalar=st.integers(0, 2**290))
def test_expansion_of_a_scalar_is_no_longer_than_the_field(curve: BinaryCurve, scalar: int) -> None:
    assert len(expand_scalar(curve, scalar, 5)) <= curve.field.degree + 5


def test_zero_has_no_digits() -> None:
    assert expand(TauRing(1), TauNumber(0, 0), 4) == []
    assert expand_scalar(SECT163K1, SECT163K1.order, 4) == []
