"""Numbers in Z[tau], tau being the Frobenius map (x, y) -> (x^2, y^2) of a Koblitz curve.

On the curve tau^2 + 2 = mu tau with mu = -1 when a is 0 and 1 when a is 1, so a multiple of a
point becomes squarings and few additions (J. A. Solinas, "Efficient Arithmetic on Koblitz
Curves", 2000; Hankerson, Menezes, Vanstone, "Guide to Elliptic Curve Cryptography" 3.4).
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from emulator.crypto.binary_curve import BinaryCurve

PLAIN: Final = 2
"""The width whose only digits are -1, 0 and 1."""


@dataclass(frozen=True, slots=True)
class TauNumber:
    """real + tau * imaginary."""

    real: int
    imaginary: int


@dataclass(frozen=True, slots=True)
class TauRing:
    """Z[tau] for one trace mu, 1 or -1."""

    mu: int

    def multiply(self, left: TauNumber, right: TauNumber) -> TauNumber:
        """The product, with tau^2 = mu tau - 2."""
        high = left.imaginary * right.imaginary
        return TauNumber(
            left.real * right.real - 2 * high,
            left.real * right.imaginary + left.imaginary * right.real + self.mu * high,
        )

    def norm(self, number: TauNumber) -> int:
        """The product with the conjugate."""
        real, imaginary = number.real, number.imaginary
        return real * real + self.mu * real * imaginary + 2 * imaginary * imaginary

    def remainder(self, number: int, divisor: TauNumber) -> TauNumber:
        """A small element that is congruent to `number` modulo `divisor`."""
        norm = self.norm(divisor)
        conjugate = TauNumber(divisor.real + self.mu * divisor.imaginary, -divisor.imaginary)
        quotient = TauNumber(
            _nearest(number * conjugate.real, norm), _nearest(number * conjugate.imaginary, norm)
        )
        product = self.multiply(quotient, divisor)
        return TauNumber(number - product.real, -product.imaginary)

    def power(self, exponent: int) -> TauNumber:
        """Tau to a power of at least 1, by its Lucas sequence."""
        before, now = 0, 1
        for _ in range(exponent - 1):
            before, now = now, self.mu * now - 2 * before
        return TauNumber(-2 * before, now)


def ring_of(curve: BinaryCurve) -> TauRing:
    """The ring that the Frobenius map of `curve` generates."""
    return TauRing(2 * curve.a - 1)


@cache
def digit_values(ring: TauRing, width: int) -> dict[int, TauNumber]:
    """What each positive digit stands for: congruent to it modulo tau^width, and small."""
    modulus = ring.power(width)
    return {digit: ring.remainder(digit, modulus) for digit in range(1, 1 << width - 1, 2)}


@cache
def _group_modulus(curve: BinaryCurve) -> TauNumber:
    """(tau^m - 1) / (tau - 1), which maps every point of the subgroup to infinity."""
    ring = ring_of(curve)
    real, imaginary = 1, 0
    for exponent in range(1, curve.field.degree):
        power = ring.power(exponent)
        real += power.real
        imaginary += power.imaginary
    return TauNumber(real, imaginary)


@cache
def _tau_as_integer(ring: TauRing, width: int) -> int:
    """The even solution of t^2 + 2 = mu t modulo 2^width, which tau is there."""
    power = ring.power(width)
    modulus = 1 << width
    return -power.real * pow(power.imaginary, -1, modulus) % modulus


def expand(ring: TauRing, number: TauNumber, width: int) -> list[int]:
    """The width-w non-adjacent form: digits from tau^0 up, each zero or odd and below 2^(w-1)."""
    values = digit_values(ring, width)
    tau = _tau_as_integer(ring, width)
    modulus, limit, mu = 1 << width, 1 << width - 1, ring.mu
    real, imaginary = number.real, number.imaginary
    digits = []
    while real or imaginary:
        digit = 0
        if real & 1:
            digit = (real + imaginary * tau) % modulus
            value = values[digit] if digit < limit else values[modulus - digit]
            sign = 1 if digit < limit else -1
            real -= sign * value.real
            imaginary -= sign * value.imaginary
            digit = digit if digit < limit else digit - modulus
        digits.append(digit)
        half = real >> 1
        real, imaginary = imaginary + mu * half, -half
    return digits


def expand_scalar(curve: BinaryCurve, scalar: int, width: int) -> list[int]:
    """The expansion of a scalar, short because it is first reduced modulo what maps to infinity.

    It multiplies points of the prime-order subgroup right, and only those.
    """
    ring = ring_of(curve)
    reduced = ring.remainder(scalar % curve.order, _group_modulus(curve))
    return expand(ring, reduced, width)


def _nearest(dividend: int, divisor: int) -> int:
    """The integer nearest to dividend / divisor, for a positive divisor."""
    return (2 * dividend + divisor) // (2 * divisor)
