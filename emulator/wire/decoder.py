"""Writes the decoder of a `Struct` as straight-line Python."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from emulator.kernel.errors import LocalError, WireError
from emulator.wire.bit_groups import Apart
from emulator.wire.codecs import Bits, Fixed, Many, Prefixed, Rest, Told, UInt
from emulator.wire.plan import FieldPlan, Nested
from emulator.wire.presence import asks, presence
from emulator.wire.runs import Cell, Run, plans_of

Names = dict[str, Any]
"""What the generated code may call, by the name it uses."""


def decoder(name: str, parts: list[Run | FieldPlan], names: Names, *, spans: bool) -> list[str]:
    """The lines of function `name`; with `spans` it also says which octets each field occupies."""
    lines = [
        f"def {name}(data, at=0, end=None):",
        " if end is None: end = len(data)",
        " obj = new(cls)",
        " d = obj.__dict__",
    ]
    if spans:
        lines.append(" found = []")
    names["there"], told = presence(names["cls"].__name__, parts)
    for number, part in enumerate(parts):
        if isinstance(part, FieldPlan):
            taken = _take_field(part, number, names, spans=spans)
        else:
            taken = _take_run(part, number, names, spans=spans)
        if told and not number:
            taken.append(f"{''.join(f'{each}, ' for each in told.values())}= there[v0]")
        lines += [" " + line for line in _where_present(part, number, names, told, taken)]
    lines.append(" return obj, at, found" if spans else " return obj, at")
    return lines


def _take_run(run: Run, number: int, names: Names, *, spans: bool) -> list[str]:
    cells, layout = run.cells, run.layout
    names[f"unpack{number}"] = layout.unpack_from
    names[f"cells{number}"] = [(cell.plans[0].name, cell.size) for cell in cells]
    lines = [f"if end - at < {layout.size}: short(cells{number}, at, end)"]
    variables = [f"v{index}" for index in range(len(cells))]
    if layout.format == "<B":
        lines.append("v0 = data[at]")
    else:
        lines.append(f"{', '.join(variables)}, = unpack{number}(data, at)")
    offset = 0
    for variable, cell in zip(variables, cells, strict=True):
        lines += _store_cell(cell, variable, offset, names)
        if spans:
            lines += [
                f"found.append(Span({plan.name!r}, at + {offset}, at + {offset + cell.size}))"
                for plan in cell.plans
            ]
        offset += cell.size
    lines.append(f"at += {layout.size}")
    return lines


def _store_cell(cell: Cell, variable: str, offset: int, names: Names) -> list[str]:
    first = cell.plans[0]
    if not isinstance(first.codec, Bits):
        return _store(first, variable, names, offset)
    apart = f"apart_{first.name}"
    names[apart] = Apart(names["cls"].__name__, cell.plans, cell.size)
    names[f"{apart}_kept"] = names[apart].get
    names[f"{apart}_new"] = names[apart].work_out
    targets = "".join(f"d[{plan.name!r}], " for plan in cell.plans)
    return [f"{targets}= {apart}_kept({variable}) or {apart}_new({variable}, at + {offset})"]


def _store(plan: FieldPlan, value: str, names: Names, offset: int = 0) -> list[str]:
    """Lines that convert `value`, an integer expression or octets `offset` on, and keep it."""
    target = f"d[{plan.name!r}]"
    if plan.convert is None:
        return [f"{target} = {value}"]
    if plan.convert is bool:
        return [f"{target} = ({value}) != 0"]
    names[f"known_{plan.name}"] = {member.value: member for member in _members(plan.convert)}.get
    names[f"enum_{plan.name}"] = _converter(plan, names["cls"])
    return [
        f"c = {value}",
        f"m = known_{plan.name}(c)",
        f"{target} = enum_{plan.name}(c, at + {offset}) if m is None else m",
    ]


def _members(enumeration: type) -> list[Enum]:
    return list(enumeration) if issubclass(enumeration, Enum) else []


def _converter(plan: FieldPlan, cls: type) -> Callable[[int, int], object]:
    """The member for a code the enumeration does not list, or a `WireError` where it is closed."""

    def convert(code: int, at: int) -> object:
        assert plan.convert is not None  # noqa: S101 - narrows for the type checker
        try:
            return plan.convert(code)
        except ValueError as fault:
            path = f"{cls.__name__}.{plan.name}"
            raise WireError(path, at, f"{code} is no {plan.convert.__name__}") from fault

    return convert


def _take_field(plan: FieldPlan, number: int, names: Names, *, spans: bool) -> list[str]:
    lines = _take_value(plan, number, names, spans=spans)
    if spans and not isinstance(plan.codec, Nested):
        lines = ["was = at", *lines, f"found.append(Span({plan.name!r}, was, at))"]
    return lines


def _where_present(
    part: Run | FieldPlan, number: int, names: Names, told: Mapping[int, str], lines: list[str]
) -> list[str]:
    """The lines, and what stands for the fields where their condition does not hold."""
    if part.present is None:
        return lines
    names[f"present{number}"] = part.present
    nothing = [f" d[{plan.name!r}] = None" for plan in plans_of(part)]
    there = asks(number, told)
    return [f"if {there}:", *(" " + line for line in lines), "else:", *nothing]


def _take_value(plan: FieldPlan, number: int, names: Names, *, spans: bool) -> list[str]:
    codec, name = plan.codec, plan.name
    match codec:
        case UInt():
            names[f"cells{number}"] = [(name, codec.size)]
            octets = f"data[at:at + {codec.size}]"
            read = f"int.from_bytes({octets}, {codec.order!r}, signed={codec.signed})"
            stored = _store(plan, read, names)
            return [
                f"if end - at < {codec.size}: short(cells{number}, at, end)",
                *stored,
                f"at += {codec.size}",
            ]
        case Fixed():
            names[f"cells{number}"] = [(name, codec.size)]
            stored = [f"d[{name!r}] = data[at:at + {codec.size}]", f"at += {codec.size}"]
            return [f"if end - at < {codec.size}: short(cells{number}, at, end)", *stored]
        case Rest():
            return [f"d[{name!r}] = data[at:end]", "at = end"]
        case Prefixed():
            return [
                *_take_count(name, codec.size, number, names),
                *_take_octets(name, number, names),
            ]
        case Nested() | Many() | Told():
            return _take_made(name, number, codec, names, spans=spans)
        case Bits():
            raise LocalError(f"{name}: bits stand only among bits and without a condition")


def _take_count(name: str, size: int, number: int, names: Names) -> list[str]:
    names[f"cells{number}"] = [(name, size)]
    return [
        f"if end - at < {size}: short(cells{number}, at, end)",
        f"n = int.from_bytes(data[at:at + {size}], 'little')",
        f"at += {size}",
    ]


def _take_octets(name: str, number: int, names: Names) -> list[str]:
    names[f"name{number}"] = name
    return [
        f"if end - at < n: short([(name{number}, n)], at, end)",
        f"d[{name!r}] = data[at:at + n]",
        "at += n",
    ]


def _take_made(
    name: str, number: int, codec: Nested | Many | Told, names: Names, *, spans: bool
) -> list[str]:
    """Lines for a field that other code reads."""
    if isinstance(codec, Nested):
        return _take_nested(name, number, codec, names, spans=spans)
    if isinstance(codec, Many):
        return _take_many(name, number, codec, names)
    names[f"told{number}"] = codec.take
    return _placed(name, f"d[{name!r}], at = told{number}(obj, data, at, end)")


def _take_nested(name: str, number: int, codec: Nested, names: Names, *, spans: bool) -> list[str]:
    names[f"inner{number}"] = codec.struct
    call = f"inner{number}._{'spans' if spans else 'take'}(data, at, end)"
    keep = f"d[{name!r}], at, parts = {call}" if spans else f"d[{name!r}], at = {call}"
    lines = _placed(name, keep)
    if spans:
        lines.append(f"found.extend(Span({name + '.'!r} + p.path, p.start, p.end) for p in parts)")
    return lines


def _placed(name: str, statement: str) -> list[str]:
    """The statement, with the faults inside it named from the outside."""
    return [
        "try:",
        f" {statement}",
        "except WireError as fault:",
        f" raise within(cls, {name!r}, fault) from None",
    ]


def _take_many(name: str, number: int, codec: Many, names: Names) -> list[str]:
    names[f"item{number}"] = _item_reader(name, codec.item)
    names[f"path{number}"] = f"{names['cls'].__name__}.{name}"
    head: list[str] = []
    more = "at < end"
    if codec.prefix:
        head = _take_count(name, codec.prefix, number, names)
        more = "len(items) < n"
    elif codec.count is not None:
        names[f"count{number}"] = codec.count
        head = [
            f"n = count{number}(obj)",
            f"if n < 0: raise WireError(path{number}, at, f'{{n}} items')",
        ]
        more = "len(items) < n"
    return [
        *head,
        "items = []",
        f"while {more}:",
        " was_at = at",
        " try:",
        f"  item, at = item{number}(data, at, end)",
        " except WireError as fault:",
        f"  raise within(cls, f'{name}[{{len(items)}}]', fault) from None",
        f" if at == was_at: raise WireError(path{number}, at, 'an item without octets')",
        " items.append(item)",
        f"d[{name!r}] = tuple(items)",
    ]


def _item_reader(name: str, item: Any) -> Callable[[bytes, int, int], tuple[Any, int]]:
    if not isinstance(item, UInt):
        item._compile()  # noqa: SLF001 - a Struct, perhaps not used before
        reader: Callable[[bytes, int, int], tuple[Any, int]] = item._take  # noqa: SLF001 - as above
        return reader

    def read(data: bytes, at: int, end: int) -> tuple[int, int]:
        if end - at < item.size:
            raise WireError(name, at, f"{item.size} octets wanted, {end - at} left")
        octets = data[at : at + item.size]
        return int.from_bytes(octets, item.order, signed=item.signed), at + item.size

    return read
