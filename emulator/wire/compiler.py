"""Turns a planned `Struct` into straight-line Python: one encoder, one decoder, one span finder.

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
    spans: Callable[[bytes, int, int], tuple[Any, int, list[Span]]]


def compile_struct(cls: type, plans: tuple[FieldPlan, ...]) -> Compiled:
    """The functions for `cls`, whose fields are `plans`."""
    names: Names = {
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
    parts = runs(plans)
    source = "\n".join(
        [
            *decoder("take", parts, names, spans=False),
            *decoder("spans", parts, names, spans=True),
            *encoder(parts, names),
            *_constructor(cls, plans, names),
        ]
    )
    code = compile(source, f"<{cls.__name__}>", "exec")
    exec(code, names)  # noqa: S102 - made from declarations in source code, as dataclasses does
    return Compiled(names["construct"], names["encode"], names["take"], names["spans"])


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
