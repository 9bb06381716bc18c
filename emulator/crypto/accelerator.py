"""Multiplication by the system's libcrypto, where it still knows these curves; equal, only faster.

`cryptography` brings a libcrypto of its own without binary curves, and some distributions leave
them out, so this is never needed: `available` says whether the library was found and repeats
known multiples.
"""

import ctypes
import os
from collections.abc import Iterable
from functools import cache
from typing import Final, Self

from emulator.crypto.binary_curve import SECT163K1, SECT283K1, BinaryCurve, Point
from emulator.crypto.scalar_multiplication import PurePython, ScalarBackend
from emulator.kernel.errors import EnvironmentFault

SWITCH: Final = "HANLAB_ACCELERATOR"
"""The environment variable that, set to `off`, leaves the library alone."""

_NAMES: Final = (
    "libcrypto.so.3",
    "libcrypto.so.1.1",
    "libcrypto.so",
    "libcrypto.3.dylib",
    "libcrypto-3-x64.dll",
)
_UNCOMPRESSED: Final = 4
"""First octet of a point with both coordinates (SEC 1 2.3.3)."""

_POINTER: Final = ctypes.c_void_p
_SIGNATURES: Final = {
    "OBJ_sn2nid": (ctypes.c_int, (ctypes.c_char_p,)),
    "EC_GROUP_new_by_curve_name": (_POINTER, (ctypes.c_int,)),
    "EC_POINT_new": (_POINTER, (_POINTER,)),
    "EC_POINT_free": (None, (_POINTER,)),
    "EC_POINT_oct2point": (
        ctypes.c_int,
        (_POINTER, _POINTER, ctypes.c_char_p, ctypes.c_size_t, _POINTER),
    ),
    "EC_POINT_point2oct": (
        ctypes.c_size_t,
        (_POINTER, _POINTER, ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, _POINTER),
    ),
    "EC_POINT_mul": (
        ctypes.c_int,
        (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER),
    ),
    "EC_POINT_add": (ctypes.c_int, (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER)),
    "BN_bin2bn": (_POINTER, (ctypes.c_char_p, ctypes.c_int, _POINTER)),
    "BN_free": (None, (_POINTER,)),
    "OpenSSL_version": (ctypes.c_char_p, (ctypes.c_int,)),
}


_Pairs = tuple[tuple[int, str], ...]
_KEY_PAIRS: Final[tuple[tuple[BinaryCurve, _Pairs], ...]] = (
    (
        SECT163K1,
        (
            (
                0x01E9DDB5580CF72ECE7F215F0AE594E48DF3E7FEE8,
                "03025BBA38D0C7B5436B68DF728F093E7A1D6C437E6D",
            ),
            (
                0x03D48C7210DDBCC4FB2E5E7A0AA16A0DB89540820B,
                "0306AB52062201D995B8B8591F3F086A3A2E214D845E",
            ),
        ),
    ),
    (
        SECT283K1,
        (
            (
                0x00F2561ADB39EF49C1D62EF5186C6E0C158A5A45BFCE38660931ACC3694592D5ACDE9006,
                "03030E56F7ADE866E76372764BA20A9FF1FE4CAE522F94839E70F2ADFC1CA3E97F4DDCAF2E",
            ),
            (
                0x03D48C7210DDBCC4FB2E5E7A0AA16A0DB89540820B8DC091AB521EA824AFE117CADE995B,
                "03009A5131CF5B92A016378C0F7F284ECD47F94010F875D43BF1E9A65474ADBFC63696A930",
            ),
        ),
    ),
)


class Libcrypto:
    """Multiplication by a loaded libcrypto.

    Args:
        name: file name or path of the library.

    Raises:
        EnvironmentFault: when it does not load, lacks a function or does not know the curves.
    """

    def __init__(self, name: str) -> None:
        try:
            self._library = ctypes.CDLL(name)
            for function, (result, arguments) in _SIGNATURES.items():
                entry = getattr(self._library, function)
                entry.restype, entry.argtypes = result, arguments
        except (OSError, AttributeError) as fault:
            raise EnvironmentFault(f"{name} is no usable libcrypto: {fault}") from fault
        self._groups = {curve.name: self._group(curve) for curve in (SECT163K1, SECT283K1)}

    @property
    def version(self) -> str:
        """What the library calls itself."""
        return str(self._library.OpenSSL_version(0).decode())

    def multiply(self, curve: BinaryCurve, scalar: int, point: Point) -> Point | None:
        """The multiple scalar * point, None being infinity."""
        with _Work(self._library, self._groups[curve.name], curve) as work:
            return work.read(work.multiple(scalar, point))

    def multiply_sum(self, curve: BinaryCurve, a: int, p: Point, b: int, q: Point) -> Point | None:
        """The sum a * p + b * q, None being infinity."""
        with _Work(self._library, self._groups[curve.name], curve) as work:
            return work.read(work.sum(work.multiple(a, p), work.multiple(b, q)))

    def _group(self, curve: BinaryCurve) -> int:
        nid = self._library.OBJ_sn2nid(curve.name.encode())
        group = self._library.EC_GROUP_new_by_curve_name(nid)
        if not group:
            raise EnvironmentFault(f"{self.version} does not know {curve.name}")
        return int(group)


class _Work:
    """The library's numbers and points of one calculation, freed at its end."""

    def __init__(self, library: ctypes.CDLL, group: int, curve: BinaryCurve) -> None:
        self._library = library
        self._group = group
        self._curve = curve
        self._points: list[int] = []
        self._numbers: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for point in self._points:
            self._library.EC_POINT_free(point)
        for number in self._numbers:
            self._library.BN_free(number)

    def multiple(self, scalar: int, point: Point) -> int:
        result, number = self._new(), self._number(scalar % self._curve.order)
        if point == self._curve.generator:
            self._check(self._library.EC_POINT_mul(self._group, result, number, None, None, None))
        else:
            base = self._write(point)
            self._check(self._library.EC_POINT_mul(self._group, result, None, base, number, None))
        return result

    def sum(self, left: int, right: int) -> int:
        result = self._new()
        self._check(self._library.EC_POINT_add(self._group, result, left, right, None))
        return result

    def read(self, point: int) -> Point | None:
        size = 2 * self._curve.field.octets + 1
        buffer = ctypes.create_string_buffer(size)
        length = self._library.EC_POINT_point2oct(
            self._group, point, _UNCOMPRESSED, buffer, size, None
        )
        self._check(length)
        if length == 1:
            return None
        middle = self._curve.field.octets + 1
        octets = buffer.raw
        return Point(
            int.from_bytes(octets[1:middle], "big"), int.from_bytes(octets[middle:], "big")
        )

    def _write(self, point: Point) -> int:
        size = self._curve.field.octets
        octets = (
            bytes([_UNCOMPRESSED]) + point.x.to_bytes(size, "big") + point.y.to_bytes(size, "big")
        )
        result = self._new()
        self._check(
            self._library.EC_POINT_oct2point(self._group, result, octets, len(octets), None)
        )
        return result

    def _number(self, value: int) -> int:
        octets = value.to_bytes(self._curve.field.octets, "big")
        number = int(self._check(self._library.BN_bin2bn(octets, len(octets), None)))
        self._numbers.append(number)
        return number

    def _new(self) -> int:
        point = int(self._check(self._library.EC_POINT_new(self._group)))
        self._points.append(point)
        return point

    def _check(self, result: int | None) -> int:
        if not result:
            raise EnvironmentFault(f"libcrypto refused a calculation on {self._curve.name}")
        return result


def self_test(backend: ScalarBackend) -> bool:
    """Whether a backend repeats the key pairs of ZSE 1.4 Annex C.5 and C.6, and sums of them."""
    return all(_repeats(backend, curve, pairs) for curve, pairs in _KEY_PAIRS)


def _repeats(backend: ScalarBackend, curve: BinaryCurve, pairs: _Pairs) -> bool:
    base = curve.generator
    for private, public in pairs:
        point = backend.multiply(curve, private, base)
        if point is None or curve.compress(point).hex() != public.lower():
            return False
        total = backend.multiply_sum(curve, 2**80 + 3, point, private, base)
        if total != backend.multiply(curve, (2**80 + 4) * private, base):
            return False
        if backend.multiply_sum(curve, curve.order - 1, point, private, base) is not None:
            return False
    return True


def find(names: Iterable[str]) -> Libcrypto | None:
    """The first library of these names that passes the self-test."""
    for name in names:
        try:
            found = Libcrypto(name)
            if self_test(found):
                return found
        except EnvironmentFault:
            continue
    return None


@cache
def libcrypto() -> Libcrypto | None:
    """The system's libcrypto, if there is one that passes the self-test; searched for once."""
    return find(_NAMES)


@cache
def _switched_off() -> bool:
    return os.environ.get(SWITCH, "").strip().lower() == "off"


@cache
def default_backend() -> ScalarBackend:
    """What multiplies unless a caller says otherwise; decided once, at the first question."""
    found = None if _switched_off() else libcrypto()
    return found or PurePython()


def available() -> bool:
    """Whether the default backend is the library."""
    return isinstance(default_backend(), Libcrypto)


def describe() -> str:
    """One line for people: what multiplies, and why."""
    backend = default_backend()
    if isinstance(backend, Libcrypto):
        return f"{backend.version} through ctypes"
    reason = f"{SWITCH}=off" if _switched_off() else "no libcrypto that knows the two curves"
    return f"plain Python ({reason})"
