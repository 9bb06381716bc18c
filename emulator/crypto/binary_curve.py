"""The Koblitz curves sect163k1 and sect283k1 (SEC 2 3.2.1 and 3.3.1): points and their octets.

The curve is y^2 + x y = x^3 + a x^2 + 1 over GF(2^m). `None` is the point at infinity, which has
no octets here: nothing that arrives may be it.
"""

from dataclasses import dataclass
from typing import Final

from emulator.crypto.binary_field import BinaryField
from emulator.kernel.errors import SecurityError, WireError

_EVEN: Final = 2
_ODD: Final = 3
"""First octet of a compressed point: the low bit of y/x (SEC 1 2.3.3)."""


@dataclass(frozen=True, slots=True)
class Point:
    """An affine point that is not infinity."""

    x: int
    y: int


@dataclass(frozen=True, slots=True, eq=False)
class BinaryCurve:
    """A Koblitz curve and its subgroup of prime order.

    Args:
        name: as SEC 2 calls it.
        field: GF(2^m).
        a: the coefficient of x^2, 0 or 1.
        order: the prime n, the order of the generator.
        cofactor: 2 when a is 1, 4 when a is 0.
        generator: G.
    """

    name: str
    field: BinaryField
    a: int
    order: int
    cofactor: int
    generator: Point

    @property
    def point_length(self) -> int:
        """How many octets a compressed point takes."""
        return self.field.octets + 1

    def contains(self, point: Point) -> bool:
        """Whether the coordinates are field elements that fulfil the curve's equation."""
        x, y = point.x, point.y
        if x > self.field.mask or y > self.field.mask:
            return False
        multiply, square = self.field.multiply, self.field.square
        return square(y) ^ multiply(x, y) == multiply(square(x), x ^ self.a) ^ 1

    def in_subgroup(self, point: Point) -> bool:
        """Whether a point of the curve is a multiple of the generator.

        A point can be halved if and only if Tr(x) = Tr(a); the subgroup is what can be halved as
        often as the cofactor has factors of two, which spares a multiplication by the order.
        """
        slope = self.field.quadratic_root(point.x ^ self.a)
        if slope is None or point.x == 0:
            return False
        if self.cofactor == 2:
            return True
        half_x_squared = point.y ^ self.field.multiply(point.x, slope ^ 1)
        return self.field.trace(half_x_squared) == 0

    def negate(self, point: Point) -> Point:
        """The point that adds up with `point` to infinity."""
        return Point(point.x, point.x ^ point.y)

    def double(self, point: Point) -> Point | None:
        """Twice a point."""
        if point.x == 0:
            return None
        multiply, square = self.field.multiply, self.field.square
        slope = point.x ^ multiply(point.y, self.field.inverse(point.x))
        x = square(slope) ^ slope ^ self.a
        return Point(x, square(point.x) ^ multiply(slope ^ 1, x))

    def add(self, left: Point | None, right: Point | None) -> Point | None:
        """The sum of two points."""
        if left is None:
            return right
        if right is None:
            return left
        if left.x == right.x:
            return self.double(left) if left.y == right.y else None
        multiply = self.field.multiply
        slope = multiply(left.y ^ right.y, self.field.inverse(left.x ^ right.x))
        x = self.field.square(slope) ^ slope ^ left.x ^ right.x ^ self.a
        return Point(x, multiply(slope, left.x ^ x) ^ x ^ left.y)

    def compress(self, point: Point) -> bytes:
        """The octets of a point whose x is not zero (SEC 1 2.3.3), as on air."""
        odd = self.field.multiply(point.y, self.field.inverse(point.x)) & 1
        return bytes([_ODD if odd else _EVEN]) + point.x.to_bytes(self.field.octets, "big")

    def decompress(self, octets: bytes) -> Point:
        """The point of the prime-order subgroup that the octets are (SEC 1 2.3.4).

        Raises:
            WireError: when the number of octets is not that of a compressed point.
            SecurityError: when they are no such point: another first octet, x out of range or
                not on the curve, or a point of another order.
        """
        if len(octets) != self.point_length:
            raise WireError(
                f"{self.name} point", 0, f"{len(octets)} octets, expected {self.point_length}"
            )
        x = int.from_bytes(octets[1:], "big")
        if octets[0] not in {_EVEN, _ODD} or not 0 < x <= self.field.mask:
            raise SecurityError(f"{octets[:1].hex()}.. is no compressed {self.name} point")
        point = self._point_at(x, octets[0] & 1)
        if point is None:
            raise SecurityError(f"no {self.name} point has this x")
        if not self.in_subgroup(point):
            raise SecurityError(f"the {self.name} point has not the order of the generator")
        return point

    def _point_at(self, x: int, odd: int) -> Point | None:
        """The point (x, x z) where z^2 + z = x + a + x^-2, if there is one."""
        field = self.field
        value = x ^ self.a ^ field.square(field.inverse(x))
        root = field.quadratic_root(value)
        return None if root is None else Point(x, field.multiply(x, root ^ odd))


SECT163K1: Final = BinaryCurve(
    name="sect163k1",
    field=BinaryField(163, (7, 6, 3)),
    a=1,
    order=0x04000000000000000000020108A2E0CC0D99F8A5EF,
    cofactor=2,
    generator=Point(
        0x02FE13C0537BBC11ACAA07D793DE4E6D5E5C94EEE8,
        0x0289070FB05D38FF58321F2E800536D538CCDAA3D9,
    ),
)
SECT283K1: Final = BinaryCurve(
    name="sect283k1",
    field=BinaryField(283, (12, 7, 5)),
    a=0,
    order=0x01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE9AE2ED07577265DFF7F94451E061E163C61,
    cofactor=4,
    generator=Point(
        0x0503213F78CA44883F1A3B8162F188E553CD265F23C1567A16876913B0C2AC2458492836,
        0x01CCDA380F1C9E318D90F95D07E5426FE87E45C0E8184698E45962364E34116177DD2259,
    ),
)
