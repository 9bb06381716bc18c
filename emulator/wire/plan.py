"""The declaration of a `Struct`, read once: which codec, which condition, which Python type."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints

from emulator.kernel.errors import LocalError
from emulator.wire.codecs import Bits, Fixed, Many, Prefixed, Rest, Told, UInt, When

CODECS = (UInt, Bits, Fixed, Rest, Prefixed, Many, Told)


@dataclass(frozen=True, slots=True)
class Nested:
    """A field that is a `Struct` itself."""

    struct: Any


Codec = UInt | Bits | Fixed | Rest | Prefixed | Many | Told | Nested

Condition = Callable[[Any], object]
"""Whether a field is there, told by the fields before it."""


@dataclass(frozen=True, slots=True)
class Span:
    """The octets from `start` up to, not including, `end` that the field at `path` occupies."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """One field: name, codec, type to convert to, and the condition for its presence."""

    name: str
    codec: Codec
    convert: type[Enum] | type[bool] | None
    present: Condition | None


def plan_fields(cls: type, base: type) -> tuple[FieldPlan, ...]:
    """The fields of `cls` in order; `base` is the class whose subclasses nest.

    Raises:
        LocalError: when a field has no codec, or bits do not fill whole octets.
    """
    hints = get_type_hints(cls, include_extras=True)
    plans = tuple(
        _plan(cls, name, hint, base)
        for name, hint in hints.items()
        if get_origin(hint) is not ClassVar and hint is not ClassVar
    )
    _check_bits(cls, plans)
    _check_last(cls, plans)
    return plans


def _plan(cls: type, name: str, hint: Any, base: type) -> FieldPlan:
    kind: Any = hint
    notes: tuple[Any, ...] = ()
    if get_origin(hint) is Annotated:
        kind, *rest = get_args(hint)
        notes = tuple(rest)
    kind, inherited = _without_none(kind)
    found = [note for note in (*inherited, *notes) if isinstance(note, CODECS)]
    condition = next((note.present for note in notes if isinstance(note, When)), None)
    if isinstance(kind, type) and issubclass(kind, base):
        return FieldPlan(name, Nested(kind), None, condition)
    if not found:
        raise LocalError(f"{cls.__name__}.{name}: no codec in {hint}")
    convert = kind if isinstance(kind, type) and issubclass(kind, Enum | bool) else None
    if convert is not None and not issubclass(convert, int):
        raise LocalError(f"{cls.__name__}.{name}: {convert.__name__} has no whole-number codes")
    return FieldPlan(name, found[0], convert, condition)


def _without_none(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type an optional field has when present, and codecs that came with that type."""
    if get_origin(kind) in (Union, UnionType):
        kind = next(part for part in get_args(kind) if part is not NoneType)
    if get_origin(kind) is Annotated:
        inner, *notes = get_args(kind)
        return inner, tuple(notes)
    return kind, ()


def _check_bits(cls: type, plans: tuple[FieldPlan, ...]) -> None:
    width = 0
    for plan in plans:
        if isinstance(plan.codec, Bits):
            width += plan.codec.width
            if plan.present is not None:
                raise LocalError(f"{cls.__name__}.{plan.name}: bits stand without a condition")
        elif width % 8:
            raise LocalError(f"{cls.__name__}.{plan.name}: {width} bits before it fill no octet")
    if width % 8:
        raise LocalError(f"{cls.__name__}: {width} bits fill no octet")


def _check_last(cls: type, plans: tuple[FieldPlan, ...]) -> None:
    for plan in plans[:-1]:
        if plan.present is None and _takes_all(plan.codec):
            raise LocalError(f"{cls.__name__}.{plan.name}: nothing is left for the next field")


def _takes_all(codec: Codec) -> bool:
    """Whether the field always reaches up to the end."""
    if isinstance(codec, Many):
        return codec.count is None and not codec.prefix
    if isinstance(codec, Nested):
        last: FieldPlan | None = next(reversed(codec.struct.plan), None)
        return last is not None and last.present is None and _takes_all(last.codec)
    return isinstance(codec, Rest)
