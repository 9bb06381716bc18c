import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.binary_field import BinaryField

FIELDS = {163: BinaryField(163, (7, 6, 3)), 283: BinaryField(283, (12, 7, 5))}

degrees = st.sampled_from([163, 283])
elements = st.integers(0, 2**283 - 1)


def slow_product(field: BinaryField, left: int, right: int) -> int:
    """Bit by bit: shift, add, and subtract the modulus whenever the degree is reached."""
    modulus = 1 << field.degree | 1 | sum(1 << tap for tap in field.taps)
    total = 0
    for bit in reversed(range(field.degree)):
        total <<= 1
        if total >> field.degree:
            total ^= modulus
        if right >> bit & 1:
            total ^= left
    return total


def repeated_squares(field: BinaryField, element: int) -> int:
    """The trace as it is defined: the sum of all conjugates."""
    total = power = element
    for _ in range(field.degree - 1):
        power = field.square(power)
        total ^= power
    return total


@given(degrees, elements, elements)
def test_product_is_that_of_bit_by_bit_multiplication(degree: int, left: int, right: int) -> None:
    field = FIELDS[degree]
    left, right = left & field.mask, right & field.mask

    assert field.multiply(left, right) == slow_product(field, left, right)


@given(degrees, elements)
def test_square_is_the_product_with_itself(degree: int, element: int) -> None:
    field = FIELDS[degree]
    element &= field.mask

    assert field.square(element) == slow_product(field, element, element)


@given(degrees, elements)
def test_inverse_multiplies_to_one(degree: int, element: int) -> None:
    field = FIELDS[degree]
    element = element & field.mask or 1
    inverse = field.inverse(element)

    assert field.multiply(element, inverse) == 1
    assert inverse <= field.mask


@pytest.mark.parametrize("degree", [163, 283])
def test_trace_of_every_power_is_the_sum_of_its_conjugates(degree: int) -> None:
    field = FIELDS[degree]
    powers = [1 << exponent for exponent in (0, 1, degree - 12, degree - 6, degree - 1)]

    assert [field.trace(power) for power in powers] == [
        repeated_squares(field, power) for power in powers
    ]


@given(degrees, elements)
def test_trace_is_the_sum_of_all_conjugates(degree: int, element: int) -> None:
    field = FIELDS[degree]
    element &= field.mask

    assert field.trace(element) == repeated_squares(field, element)


@given(degrees, elements)
def test_quadratic_equation_has_a_root_where_the_trace_is_zero(degree: int, element: int) -> None:
    field = FIELDS[degree]
    element &= field.mask
    root = field.quadratic_root(element)

    if field.trace(element):
        assert root is None
    else:
        assert root is not None
        assert field.square(root) ^ root == element
        assert root % 2 == 0


@pytest.mark.parametrize(("degree", "octets"), [(163, 21), (283, 36)])
def test_elements_take_as_many_octets_as_they_need(degree: int, octets: int) -> None:
    field = FIELDS[degree]

    assert field.octets == octets
    assert field.mask == 2**degree - 1
