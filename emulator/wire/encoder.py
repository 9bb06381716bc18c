"""Writes the encoder of a `Struct` as straight-line Python, and finds what did not fit."""

from collections.abc import Callable, Mapping
from typing import Any

from emulator.kernel.errors import LocalError
from emulator.wire.bit_groups import Together
from emulator.wire.codecs import Bits, Fixed, Many, Prefixed, Rest, Told, UInt
from emulator.wire.decoder import Names
from emulator.wire.plan import Codec, FieldPlan, Nested
from emulator.wire.presence import asks, presence
from emulator.wire.runs import Run, plans_of


def encoder(parts: list[Run | FieldPlan], names: Names) -> list[str]:
    """The lines of function `encode`, which returns octets or raises `LocalError`."""
    lines = ["def encode(obj):", " try:", "  d = obj.__dict__", "  out = b''"]
    names["there"], told = presence(names["cls"].__name__, parts)
    for number, part in enumerate(parts):
        if isinstance(part, FieldPlan):
            written = _put_value(part, number, names)
        else:
            written = _put_run(part, number, names, told)
        lines += ["  " + line for line in _where_present(part, number, names, told, written)]
    return [
        *lines,
        "  return out",
        " except STRUCT_ERRORS as fault:",
        "  raise misfit(obj, fault) from fault",
    ]


def _put_run(run: Run, number: int, names: Names, told: Mapping[int, str]) -> list[str]:
    names[f"pack{number}"] = run.layout.pack
    values: list[str] = []
    wrong_size: list[str] = []
    leading: list[str] = []
    for cell in run.cells:
        plan = cell.plans[0]
        if isinstance(plan.codec, Bits):
            names[f"together_{plan.name}"] = Together(cell.plans, cell.size)
            parts = "".join(f"d[{plan.name!r}], " for plan in cell.plans)
            values.append(f"together_{plan.name}[{parts}]")
            if told and not number and not leading:
                leading = [
                    f"bits = {values.pop()}",
                    f"{''.join(f'{each}, ' for each in told.values())}= there[bits]",
                ]
                values.append("bits")
            continue
        values.append(f"d[{plan.name!r}]")
        if isinstance(plan.codec, Fixed):
            wrong_size.append(f"len(d[{plan.name!r}]) != {plan.codec.size}")
    guard = [f"if {' or '.join(wrong_size)}: raise ValueError"] if wrong_size else []
    return [*guard, *leading, f"out += pack{number}({', '.join(values)})"]


def _where_present(
    part: Run | FieldPlan, number: int, names: Names, told: Mapping[int, str], lines: list[str]
) -> list[str]:
    """The lines, and the refusal of values where the condition of their fields does not hold."""
    if part.present is None:
        return lines
    names[f"present{number}"] = part.present
    given = " or ".join(f"d[{plan.name!r}] is not None" for plan in plans_of(part))
    body = [" " + line for line in lines]
    return [f"if {asks(number, told)}:", *body, f"elif {given}: raise ValueError"]


def _put_value(plan: FieldPlan, number: int, names: Names) -> list[str]:
    codec, value = plan.codec, f"d[{plan.name!r}]"
    match codec:
        case UInt():
            return [
                f"out += {value}.to_bytes({codec.size}, {codec.order!r}, signed={codec.signed})"
            ]
        case Fixed():
            return [f"if len({value}) != {codec.size}: raise ValueError", f"out += {value}"]
        case Rest():
            return [f"out += {value}"]
        case Prefixed():
            return [f"out += len({value}).to_bytes({codec.size}, 'little') + {value}"]
        case Nested() | Many() | Told():
            return _put_made(value, number, codec, names)
        case Bits():
            raise LocalError(f"{plan.name}: bits stand only among bits and without a condition")


def _put_made(value: str, number: int, codec: Nested | Many | Told, names: Names) -> list[str]:
    """Lines for a field that other code writes."""
    if isinstance(codec, Nested):
        return [f"out += {value}.encode()"]
    if isinstance(codec, Many):
        return _put_many(value, number, codec, names)
    names[f"told_put{number}"] = codec.put
    return [f"out += told_put{number}(obj, {value})"]


def _put_many(value: str, number: int, codec: Many, names: Names) -> list[str]:
    lines: list[str] = []
    if codec.prefix:
        lines.append(f"out += len({value}).to_bytes({codec.prefix}, 'little')")
    elif codec.count is not None:
        names[f"count{number}"] = codec.count
        lines.append(f"if count{number}(obj) != len({value}): raise ValueError")
    return [*lines, f"for item in {value}: out += {_put_item(codec.item)}"]


def _put_item(item: Any) -> str:
    if isinstance(item, UInt):
        return f"item.to_bytes({item.size}, {item.order!r}, signed={item.signed})"
    return "item.encode()"


def misfit(owner: str, plans: tuple[FieldPlan, ...]) -> Callable[[Any, Exception], LocalError]:
    """A function that says which field of a value cannot be encoded."""

    def explain(value: Any, fault: Exception) -> LocalError:
        for plan in plans:
            try:
                reason = _reason(plan, getattr(value, plan.name), value)
            except (TypeError, AttributeError):
                reason = str(fault)
            if reason:
                return LocalError(f"{owner}.{plan.name}: {reason}")
        return LocalError(f"{owner}: {fault}")

    return explain


def _reason(plan: FieldPlan, given: Any, value: Any) -> str | None:
    codec = plan.codec
    if plan.present is not None and not plan.present(value):
        return None if given is None else f"{given!r} where the fields before it rule it out"
    if given is None:
        return "missing, though the fields before it call for it"
    if isinstance(codec, UInt | Bits):
        return _number_reason(codec, given)
    if isinstance(codec, Fixed | Rest | Prefixed) and not isinstance(given, bytes):
        return f"{given!r} is not octets"
    return _size_reason(codec, given, value)


def _size_reason(codec: Codec, given: Any, value: Any) -> str | None:
    if isinstance(codec, Fixed) and len(given) != codec.size:
        return f"{len(given)} octets, not {codec.size}"
    if isinstance(codec, Prefixed) and len(given) >= 1 << 8 * codec.size:
        return f"{len(given)} octets do not fit a count of {codec.size} octets"
    if isinstance(codec, Many) and codec.count is not None and codec.count(value) != len(given):
        return f"{len(given)} items where the fields before it say {codec.count(value)}"
    return None


def _number_reason(codec: UInt | Bits, given: Any) -> str | None:
    width = codec.width if isinstance(codec, Bits) else 8 * codec.size
    signed = isinstance(codec, UInt) and codec.signed
    low, high = (-(1 << width - 1), (1 << width - 1) - 1) if signed else (0, (1 << width) - 1)
    if not isinstance(given, int):
        return f"{given!r} is no number"
    return None if low <= given <= high else f"{given} is outside {low} to {high}"
