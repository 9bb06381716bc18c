"""Multiples of points and sums of two multiples, in plain Python.

Points in between are Lopez-Dahab projective, (X, Y, Z) for (X/Z, Y/Z^2), so that only the end
costs an inversion (Guide to Elliptic Curve Cryptography 3.2.3 and 3.4.2). Running times depend on
the scalars: this is a test tool, not a vault for real keys.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Final, Protocol

from emulator.crypto.binary_curve import BinaryCurve, Point
from emulator.crypto.tau_adic import PLAIN, digit_values, expand, expand_scalar, ring_of

Projective = tuple[int, int, int]
Term = tuple[list[int], dict[int, Point]]
"""Digits of a scalar from tau^0 up, and what to add for each digit that is not zero."""

_WIDTH: Final = 5
_GENERATOR_WIDTH: Final = 7
"""The generator's table is made once, so it may be longer."""


class ScalarBackend(Protocol):
    """Who multiplies points of the prime-order subgroup; every backend gives equal results."""

    def multiply(self, curve: BinaryCurve, scalar: int, point: Point) -> Point | None:
        """The multiple scalar * point, None being infinity."""
        ...

    def multiply_sum(self, curve: BinaryCurve, a: int, p: Point, b: int, q: Point) -> Point | None:
        """The sum a * p + b * q, None being infinity."""
        ...


class PurePython:
    """Multiplication by width-w tau-adic expansions, jointly where there are two."""

    def multiply(self, curve: BinaryCurve, scalar: int, point: Point) -> Point | None:
        """The multiple scalar * point, for a point of the prime-order subgroup."""
        return _evaluate(curve, [_term(curve, scalar, point)])

    def multiply_sum(self, curve: BinaryCurve, a: int, p: Point, b: int, q: Point) -> Point | None:
        """The sum a * p + b * q, for points of the prime-order subgroup."""
        if b == 1:
            return curve.add(self.multiply(curve, a, p), q)
        return _evaluate(curve, [_term(curve, a, p), _term(curve, b, q)])


def _term(curve: BinaryCurve, scalar: int, point: Point) -> Term:
    if point == curve.generator:
        digits = expand_scalar(curve, scalar, _GENERATOR_WIDTH)
        return digits, _generator_table(curve)
    return expand_scalar(curve, scalar, _WIDTH), _table(curve, point, _WIDTH)


@lru_cache(maxsize=4)
def _generator_table(curve: BinaryCurve) -> dict[int, Point]:
    return _table(curve, curve.generator, _GENERATOR_WIDTH)


def _table(curve: BinaryCurve, point: Point, width: int) -> dict[int, Point]:
    """Digit times point, for every digit of a width and its negative."""
    ring = ring_of(curve)
    units = {1: point, -1: curve.negate(point)}
    values = digit_values(ring, width)
    multiples = [_run(curve, [(expand(ring, value, PLAIN), units)]) for value in values.values()]
    table = dict(zip(values, _affine(curve, multiples), strict=True))
    return table | {-digit: curve.negate(multiple) for digit, multiple in table.items()}


def _affine(curve: BinaryCurve, points: Sequence[Projective | None]) -> list[Point]:
    """Affine points with one inversion for all of them (Montgomery's trick); none is infinity."""
    multiply, square = curve.field.multiply, curve.field.square
    finite = [point for point in points if point is not None]
    products = [1]
    for _, _, z in finite:
        products.append(multiply(products[-1], z))
    inverse = curve.field.inverse(products.pop())
    affine = []
    for x, y, z in reversed(finite):
        own = multiply(inverse, products.pop())
        inverse = multiply(inverse, z)
        affine.append(Point(multiply(x, own), multiply(y, square(own))))
    return affine[::-1]


def _evaluate(curve: BinaryCurve, terms: Sequence[Term]) -> Point | None:
    total = _run(curve, terms)
    return None if total is None else _affine(curve, [total])[0]


def _run(curve: BinaryCurve, terms: Sequence[Term]) -> Projective | None:
    """The sum of the terms, by Horner's rule in tau with one accumulator for all."""
    square = curve.field.square
    tables = [table for _, table in terms]
    columns = list(zip_longest(*(digits for digits, _ in terms), fillvalue=0))
    total: Projective | None = None
    for column in reversed(columns):
        if total is not None:
            x, y, z = total
            total = square(x), square(y), square(z)
        for digit, table in zip(column, tables, strict=True):
            if digit:
                total = _add(curve, total, table[digit])
    return total


def _add(curve: BinaryCurve, left: Projective | None, right: Point) -> Projective | None:
    """The sum of a projective and an affine point (Guide to ECC, algorithm 3.27)."""
    if left is None:
        return right.x, right.y, 1
    multiply, square = curve.field.multiply, curve.field.square
    x, y, z = left
    z_squared = square(z)
    rise = multiply(right.y, z_squared) ^ y
    run = multiply(right.x, z) ^ x
    if not run:
        doubled = None if rise else curve.double(right)
        return None if doubled is None else (doubled.x, doubled.y, 1)
    width = multiply(z, run)
    shear = width ^ z_squared if curve.a else width
    new_z = square(width)
    cross = multiply(rise, width)
    new_x = square(rise) ^ multiply(square(run), shear) ^ cross
    offset = new_x ^ multiply(right.x, new_z)
    base = multiply(right.x ^ right.y, square(new_z))
    return new_x, multiply(cross ^ new_z, offset) ^ base, new_z
