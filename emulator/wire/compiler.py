"""Turns a planned `Struct` into straight-line Python: one encoder, one decoder.

A span finder is made apart, for those who ask which octets are which.

The declaration stays the only description of the format; this is the compiled form for speed.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from emulator.kernel.errors import LocalError, WireError
from emulator.wire.decoder import Names, decoder
from emulator.wire.encoder import encoder, misfit
from emulator.wire.plan import FieldPlan, Span
from emulator.wire.runs import runs

_STRUCT_ERRORS: Final = (
    struct.error,
    OverflowError,
    TypeError,
    AttributeError,
    ValueError,
    KeyError,
)
"""What Python raises when a value does not fit the field it is encoded into."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """The functions of one struct."""

    construct: Callable[..., None]
    encode: Callable[[Any], bytes]
    take: Callable[[bytes, int, int], tuple[Any, int]]


SpanFinder = Callable[[bytes, int, int], tuple[Any, int, list[Span]]]


def compile_struct(cls: type, plans: tuple[FieldPlan, ...]) -> Compiled:
    """The functions for `cls`, whose fields are `plans`."""
    names = _names(cls, plans)
    parts = runs(plans)
    lines = decoder("take", parts, names, spans=False)
    _define(cls, [*lines, *encoder(parts, names), *_constructor(cls, plans, names)], names)
    return Compiled(names["construct"], names["encode"], names["take"])


def compile_spans(cls: type, plans: tuple[FieldPlan, ...]) -> SpanFinder:
    """The function that says which octets each of the fields `plans` of `cls` occupies."""
    names = _names(cls, plans)
    _define(cls, decoder("spans", runs(plans), names, spans=True), names)
    finder: SpanFinder = names["spans"]
    return finder


def _names(cls: type, plans: tuple[FieldPlan, ...]) -> Names:
    return {
        "cls": cls,
        "new": object.__new__,
        "short": _short(cls.__name__),
        "within": _within,
        "WireError": WireError,
        "LocalError": LocalError,
        "Span": Span,
        "STRUCT_ERRORS": _STRUCT_ERRORS,
        "misfit": misfit(cls.__name__, plans),
    }


def _define(cls: type, lines: list[str], names: Names) -> None:
    """Add the functions that `lines` are to `names`."""
    code = compile("\n".join(lines), f"<{cls.__name__}>", "exec")
    exec(code, names)  # noqa: S102 - made from declarations in source code, as dataclasses does


def _constructor(cls: type, plans: tuple[FieldPlan, ...], names: Names) -> list[str]:
    """The lines of `construct`: what a frozen dataclass does, without its call for each field."""
    parameters = ["self"]
    for plan in plans:
        names[f"default_{plan.name}"] = getattr(cls, plan.name, None)
        default = f"=default_{plan.name}" if hasattr(cls, plan.name) else ""
        parameters.append(plan.name + default)
    return [
        f"def construct({', '.join(parameters)}):",
        " values_ = self.__dict__",
        *(f" values_[{plan.name!r}] = {plan.name}" for plan in plans),
    ]


def _short(owner: str) -> Callable[[list[tuple[str, int]], int, int], NoReturn]:
    """A function that raises for the first field that the octets from `at` to `end` cut off."""

    def short(fields: list[tuple[str, int]], at: int, end: int) -> NoReturn:
        for name, size in fields:
            if end - at < size:
                raise WireError(f"{owner}.{name}", at, f"{size} octets wanted, {end - at} left")
            at += size
        raise WireError(owner, at, "cut off")

    return short


def _within(cls: type, name: str, fault: WireError) -> WireError:
    """The fault of a nested value, named from the outside."""
    _, _, inner = fault.path.partition(".")
    path = f"{cls.__name__}.{name}" + (f".{inner}" if inner else "")
    return WireError(path, fault.offset, fault.reason)
