"""A slow and obvious reading of a declaration, to hold the compiled one against.

It takes one field after the other, and bits one by one, and knows nothing of runs and cells.
"""

from typing import Any, TypeVar

from emulator.kernel.errors import WireError
from emulator.wire.codecs import Bits, Fixed, Many, Prefixed, Rest, Told, UInt
from emulator.wire.plan import FieldPlan, Nested
from emulator.wire.struct import Struct

AnyStruct = TypeVar("AnyStruct", bound=Struct)


def decode(cls: type[AnyStruct], data: bytes) -> AnyStruct:
    """The value `data` is, all of it."""
    value, after = take(cls, data, 0)
    if after != len(data):
        raise WireError(cls.__name__, after, "left over")
    return value


def take(cls: type[AnyStruct], data: bytes, at: int) -> tuple[AnyStruct, int]:
    """The value at octet `at`, and the octet after it."""
    value = object.__new__(cls)
    bit = 0
    for plan in cls.plan:
        if isinstance(plan.codec, Bits):
            number = 0
            for index in range(plan.codec.width):
                here = at + (bit + index) // 8
                _want(data, here, 1)
                number |= (data[here] >> (bit + index) % 8 & 1) << index
            bit += plan.codec.width
            value.__dict__[plan.name] = _converted(plan, number, at)
            continue
        at, bit = at + bit // 8, 0
        if plan.present is not None and not plan.present(value):
            value.__dict__[plan.name] = None
            continue
        value.__dict__[plan.name], at = _field(plan, value, data, at)
    return value, at + bit // 8


def _field(plan: FieldPlan, value: Struct, data: bytes, at: int) -> tuple[Any, int]:
    codec = plan.codec
    match codec:
        case UInt(size=size, order=order, signed=signed):
            octets = _want(data, at, size)
            return _converted(plan, int.from_bytes(octets, order, signed=signed), at), at + size
        case Fixed(size=size):
            return _want(data, at, size), at + size
        case Rest():
            return data[at:], len(data)
        case Prefixed(size=size):
            count = int.from_bytes(_want(data, at, size), "little")
            return _want(data, at + size, count), at + size + count
        case Nested(struct=struct):
            return take(struct, data, at)
        case Many():
            return _items(codec, value, data, at)
        case Told() | Bits():
            raise NotImplementedError


def _items(codec: Many, value: Struct, data: bytes, at: int) -> tuple[tuple[Any, ...], int]:
    count: int | None = None
    if codec.prefix:
        count = int.from_bytes(_want(data, at, codec.prefix), "little")
        at += codec.prefix
    elif codec.count is not None:
        count = codec.count(value)
        if count < 0:
            raise WireError("items", at, "fewer than none")
    items: list[Any] = []
    while at < len(data) if count is None else len(items) < count:
        was = at
        if isinstance(codec.item, UInt):
            size = codec.item.size
            octets = _want(data, at, size)
            items.append(int.from_bytes(octets, codec.item.order, signed=codec.item.signed))
            at += size
        else:
            item, at = take(codec.item, data, at)
            items.append(item)
        if at == was:
            raise WireError("items", at, "an item without octets")
    return tuple(items), at


def _converted(plan: FieldPlan, number: int, at: int) -> object:
    if plan.convert is None:
        return number
    try:
        return plan.convert(number)
    except ValueError as fault:
        raise WireError(plan.name, at, "no such code") from fault


def _want(data: bytes, at: int, size: int) -> bytes:
    if len(data) - at < size:
        raise WireError("field", at, "cut off")
    return data[at : at + size]
