"""Bits that share an integer, taken apart and put together, with what was seen before kept.

A control field takes few values in a run, and each is worked out once. Only groups of up to two
octets are kept, so that nobody can fill the memory by sending every value there is.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any, Final

from emulator.kernel.errors import WireError
from emulator.wire.codecs import Bits
from emulator.wire.plan import FieldPlan

KEPT_SIZE: Final = 2
"""Octets up to which values are kept: 65,536 of them at most."""

Convert = Callable[[int], object]


class Apart(dict[int, tuple[Any, ...]]):
    """The values of the fields for each shared integer.

    Args:
        owner: name of the format, for faults.
        plans: the fields that share the integer, least significant first.
        size: of the integer, in octets.
    """

    def __init__(self, owner: str, plans: tuple[FieldPlan, ...], size: int) -> None:
        super().__init__()
        self._owner = owner
        self._parts = tuple((plan.name, width(plan), _converter(plan)) for plan in plans)
        self._kept = size <= KEPT_SIZE

    def work_out(self, shared: int, at: int) -> tuple[Any, ...]:
        """The values for an integer that is not kept yet and stood at octet `at`; never empty.

        Raises:
            WireError: when an enumeration that is closed does not list one of them.
        """
        values: list[object] = []
        rest = shared
        for name, bits, convert in self._parts:
            number = rest & (1 << bits) - 1
            rest >>= bits
            try:
                values.append(convert(number))
            except ValueError as fault:
                raise WireError(f"{self._owner}.{name}", at, str(fault)) from fault
        if self._kept:
            self[shared] = tuple(values)
        return tuple(values)


class Together(dict[tuple[Any, ...], int]):
    """The shared integer for the values of the fields; worked out where it is not kept yet.

    Args:
        plans: the fields that share the integer, least significant first.
        size: of the integer, in octets.
    """

    def __init__(self, plans: tuple[FieldPlan, ...], size: int) -> None:
        super().__init__()
        self._widths = tuple(width(plan) for plan in plans)
        self._kept = size <= KEPT_SIZE

    def __missing__(self, values: tuple[Any, ...]) -> int:
        shared = shift = 0
        for value, bits in zip(values, self._widths, strict=True):
            if value >> bits:
                raise ValueError(f"{value} in {bits} bits")
            shared |= value << shift
            shift += bits
        if self._kept:
            self[values] = shared
        return shared


def width(plan: FieldPlan) -> int:
    """How many bits a field has; 0 when it is none of a group."""
    return plan.codec.width if isinstance(plan.codec, Bits) else 0


def _converter(plan: FieldPlan) -> Convert:
    kind = plan.convert
    if kind is None:
        return int
    if not issubclass(kind, Enum):
        return bool
    return lambda code: _member(kind, code)


def _member(kind: type[Enum], code: int) -> Enum:
    try:
        return kind(code)
    except ValueError as fault:
        raise ValueError(f"{code} is no {kind.__name__}") from fault
