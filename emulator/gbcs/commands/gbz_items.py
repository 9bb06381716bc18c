"""GBZ payloads from templates, and back to the values (GBCS 7.2.10)."""

from collections.abc import Sequence
from typing import Final

from emulator.gbcs.commands.context import gbz_context
from emulator.gbcs.commands.kinds import Carrier
from emulator.gbcs.commands.template import Constant, Each, GbzItem, Node, Reference
from emulator.gbcs.commands.values import FoundValues, GivenValues
from emulator.gbcs.gbz import GbzPayload, gbz_payload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.kernel.errors import LocalError, UsageError
from emulator.zcl.foundation.header import ZclHeader

_WIDTHS: Final = {"u8": 1, "u16": 2, "u24": 3, "u32": 4, "u48": 6, "i32": 4}
_SIGNED: Final = frozenset(("i32",))
_DATE: Final = 4


def made_payload(items: Sequence[GbzItem], values: GivenValues) -> GbzPayload:
    """The payload that a template and values make.

    Raises:
        UsageError: when a value is missing, or is not of its kind.
    """
    components: list[GbzComponent] = []
    for item in items:
        for inside in _repeats(item, values):
            components.append(_component(item, len(components), inside))
    return gbz_payload(components)


def read_payload(items: Sequence[GbzItem], payload: GbzPayload, found: FoundValues) -> None:
    """Note the values of a payload.

    Raises:
        UsageError: when it is none that the template makes.
    """
    at = 0
    for item in items:
        if item.each is not None:
            found.listed(item.each)
        taken = 0
        while at < len(payload.components) and _names(item, payload.components[at]):
            inside = found if item.each is None else found.element(item.each)
            _read(item, payload.components[at], inside)
            at, taken = at + 1, taken + 1
            if item.each is None:
                break
        if not taken and item.when is None and item.each is None:
            raise UsageError(f"component {at} is not command {item.command:02X}")
    if at != len(payload.components):
        raise UsageError(f"component {at} is none of the use case")


def _repeats(item: GbzItem, values: GivenValues) -> Sequence[GivenValues]:
    if item.when is not None and not values.has(item.when):
        return ()
    return (values,) if item.each is None else values.elements(item.each)


def _component(item: GbzItem, sequence: int, values: GivenValues) -> GbzComponent:
    time = item.from_date_time
    header = bytes((item.frame_control, sequence, item.command))
    return GbzComponent(
        item.cluster,
        ZclHeader.take(header, 0)[0],
        b"".join(_octets(node, values) for node in item.payload),
        from_date_time=None if time is None else _whole(_carried(time, values)),
    )


def _octets(node: Node, values: GivenValues) -> bytes:
    match node:
        case Constant(kind, value):
            return _field(kind, bytes.fromhex(value) if isinstance(value, str) else value or 0)
        case Reference(kind, name):
            carried = _carried(name, values)
            try:
                return _field(kind, carried)
            except LocalError as fault:
                raise UsageError(f"{values.place}: value {name.lstrip('$#.')}: {fault}") from None
        case Each(name, of):
            return b"".join(
                b"".join(_octets(part, each) for part in _row(of)) for each in values.elements(name)
            )
        case _:
            raise UsageError("a template for GBZ has a part that is no field")


def _row(node: Node) -> tuple[Node, ...]:
    parts: tuple[Node, ...] = getattr(node, "parts", (node,))
    return parts


def _carried(reference: str, values: GivenValues) -> Carrier:
    if reference.startswith("@"):
        return gbz_context(reference, values.heading)
    return values.carried(reference)


def _field(kind: str, carried: Carrier) -> bytes:
    if kind in _WIDTHS:
        try:
            return _whole(carried).to_bytes(_WIDTHS[kind], "little", signed=kind in _SIGNED)
        except OverflowError:
            raise LocalError(f"{carried!r} does not fit {8 * _WIDTHS[kind]} bits") from None
    if not isinstance(carried, bytes):
        raise LocalError(f"{carried!r} in a field of type {kind}")
    if kind == "octstr":
        if len(carried) > 0xFE:
            raise LocalError(f"{len(carried)} octets of text, at most 254")
        return bytes((len(carried),)) + carried
    return carried


def _whole(carried: Carrier) -> int:
    if not isinstance(carried, int):
        raise LocalError(f"{carried!r} is no number")
    return carried


def _names(item: GbzItem, component: GbzComponent) -> bool:
    header = component.header.encode()
    wanted = (item.cluster, item.frame_control, item.command)
    return wanted == (component.cluster, header[0], component.header.command)


def _read(item: GbzItem, component: GbzComponent, found: FoundValues) -> None:
    if item.from_date_time is not None and component.from_date_time is not None:
        found.note(item.from_date_time, component.from_date_time)
    rest = component.payload
    for node in item.payload:
        rest = _read_node(node, rest, found)
    if rest:
        raise UsageError(f"command {item.command:02X}: {len(rest)} octets after the last field")


def _read_node(node: Node, octets: bytes, found: FoundValues) -> bytes:
    match node:
        case Constant(kind, value):
            carried, rest = _take(kind, octets)
            if carried != (bytes.fromhex(value) if isinstance(value, str) else value):
                raise UsageError(f"{carried!r} instead of {value!r}")
            return rest
        case Reference(kind, name):
            carried, rest = _take(kind, octets)
            found.note(name, carried)
            return rest
        case Each(name, of):
            found.listed(name)
            rest = octets
            while rest:
                inside = found.element(name)
                for part in _row(of):
                    rest = _read_node(part, rest, inside)
            return rest
        case _:
            raise UsageError("a template for GBZ has a part that is no field")


def _take(kind: str, octets: bytes) -> tuple[int | bytes, bytes]:
    width = _WIDTHS.get(kind) or (_DATE if kind == "date" else 1)
    if kind == "octstr" and octets:
        width = 1 + octets[0]
    taken, rest = octets[:width], octets[width:]
    if len(taken) < width:
        raise UsageError(f"field of type {kind} needs {width} octets, found {len(taken)}")
    if kind in _WIDTHS:
        return int.from_bytes(taken, "little", signed=kind in _SIGNED), rest
    return taken[1:] if kind == "octstr" else taken, rest
