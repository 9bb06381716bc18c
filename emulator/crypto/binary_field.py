"""Arithmetic in GF(2^m) with a pentanomial, on plain integers: bit i is the coefficient of x^i.

Running times depend on the values: this is a test tool, not a vault for real keys.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Final


def _spread(nibble: int) -> int:
    return sum((nibble >> bit & 1) << 2 * bit for bit in range(4))


_LOW_SPREAD: Final = bytes(_spread(octet & 0xF) for octet in range(256))
_HIGH_SPREAD: Final = bytes(_spread(octet >> 4) for octet in range(256))
"""A zero put between any two bits of the low, or of the high, half of an octet."""


@dataclass(frozen=True, slots=True, eq=False)
class BinaryField:
    """The field of polynomials over GF(2) modulo x^degree + x^a + x^b + x^c + 1.

    Args:
        degree: m, odd.
        taps: (a, b, c), all of them less than m / 2.
    """

    degree: int
    taps: tuple[int, int, int]
    octets: int = field(init=False)
    """How many octets an element takes on the wire."""
    mask: int = field(init=False)
    """The element of all coefficients one."""
    _trace_mask: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "octets", (self.degree + 7) // 8)
        object.__setattr__(self, "mask", (1 << self.degree) - 1)
        object.__setattr__(self, "_trace_mask", self._traces())

    def reduce(self, polynomial: int) -> int:
        """The element congruent to a polynomial of degree at most 2 m - 2."""
        degree = self.degree
        a, b, c = self.taps
        high = polynomial >> degree
        high ^= high >> degree - a ^ high >> degree - b ^ high >> degree - c
        return (polynomial ^ high ^ high << a ^ high << b ^ high << c) & self.mask

    def multiply(self, left: int, right: int) -> int:
        """The product, four bits of `right` at a time."""
        double = left << 1
        triple = double ^ left
        quadruple = left << 2
        octuple = left << 3
        twelvefold = octuple ^ quadruple
        multiples = (
            0,
            left,
            double,
            triple,
            quadruple,
            quadruple ^ left,
            quadruple ^ double,
            quadruple ^ triple,
            octuple,
            octuple ^ left,
            octuple ^ double,
            octuple ^ triple,
            twelvefold,
            twelvefold ^ left,
            twelvefold ^ double,
            twelvefold ^ triple,
        )
        low = high = 0
        for octet in right.to_bytes(self.octets, "big"):
            low = low << 8 ^ multiples[octet & 0xF]
            high = high << 8 ^ multiples[octet >> 4]
        return self.reduce(low ^ high << 4)

    def square(self, element: int) -> int:
        """The square: every coefficient moves to twice its place."""
        octets = self.octets
        packed = element.to_bytes(octets, "little")
        spread = bytearray(2 * octets)
        spread[::2] = packed.translate(_LOW_SPREAD)
        spread[1::2] = packed.translate(_HIGH_SPREAD)
        polynomial = int.from_bytes(spread, "little")
        degree = self.degree
        a, b, c = self.taps
        high = polynomial >> degree
        high ^= high >> degree - a ^ high >> degree - b ^ high >> degree - c
        return (polynomial ^ high ^ high << a ^ high << b ^ high << c) & self.mask

    def inverse(self, element: int) -> int:
        """The inverse of an element that is not zero, by Euclid's algorithm."""
        a, b, c = self.taps
        dividend = 1 << self.degree | 1 << a | 1 << b | 1 << c | 1
        divisor = element
        before, inverse = 0, 1
        while divisor != 1:
            shift = dividend.bit_length() - divisor.bit_length()
            if shift < 0:
                dividend, divisor = divisor, dividend
                before, inverse = inverse, before
                shift = -shift
            dividend ^= divisor << shift
            before ^= inverse << shift
            if dividend == 1:
                return before
        return inverse

    def trace(self, element: int) -> int:
        """The trace, 0 or 1."""
        return (element & self._trace_mask).bit_count() & 1

    def quadratic_root(self, element: int) -> int | None:
        """An even z with z^2 + z = element; None where the trace of `element` is 1."""
        basis = _quadratic_basis(self)
        root = 0
        while element:
            found = basis.get(element.bit_length())
            if found is None:
                return None
            element ^= found[0]
            root ^= found[1]
        return root

    def _traces(self) -> int:
        """The powers of x whose trace is 1, as Newton's identities give them."""
        coefficients = {self.degree - tap for tap in (*self.taps, 0)}
        traces = [self.degree & 1]
        for power in range(1, self.degree):
            value = power & 1 if power in coefficients else 0
            for distance in coefficients:
                if distance < power:
                    value ^= traces[power - distance]
            traces.append(value)
        return sum(value << power for power, value in enumerate(traces))


@cache
def _quadratic_basis(field: BinaryField) -> dict[int, tuple[int, int]]:
    """Pairs (z^2 + z, z) by the length of the first, one of each length there is.

    z^2 + z is linear in z, so any solvable equation is solved by adding up such pairs, which
    costs a tenth of a half-trace.
    """
    basis: dict[int, tuple[int, int]] = {}
    for exponent in range(1, field.degree):
        root = 1 << exponent
        value = field.square(root) ^ root
        while (length := value.bit_length()) in basis:
            value ^= basis[length][0]
            root ^= basis[length][1]
        basis[length] = value, root
    return basis
