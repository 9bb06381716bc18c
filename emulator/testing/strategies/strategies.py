"""Hypothesis strategies made from the declarations themselves.

Whoever declares a format gets values of it: every field within its width, optional fields where
the fields before them call for them, as many items as were counted, known and unknown codes.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

from emulator.kernel.errors import LocalError
from emulator.wire.codecs import Bits, Fixed, Many, OpenEnum, Prefixed, Rest, Told, UInt
from emulator.wire.plan import FieldPlan, Nested
from emulator.wire.struct import Struct

AnyStruct = TypeVar("AnyStruct", bound=Struct)

FREE_LENGTH: Final = 24
"""Most octets or items where the format sets no limit: enough to differ, quick to draw."""


def any_octets(max_size: int = 160) -> st.SearchStrategy[bytes]:
    """Octets of any kind, for total-decode tests; longer than any 802.15.4 frame by default."""
    return st.binary(max_size=max_size)


def structs(cls: type[AnyStruct], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[AnyStruct]:
    """Values of `cls` that encode, drawn field by field as its declaration says.

    Args:
        cls: a declared format.
        fields: a strategy instead of the declared one, for fields whose values must hang together.
    """
    return _values(cls, fields)


@st.composite
def _values(
    draw: st.DrawFn, cls: type[AnyStruct], fields: Mapping[str, st.SearchStrategy[Any]]
) -> AnyStruct:
    value = object.__new__(cls)
    drawn = value.__dict__
    for plan in cls.plan:
        if plan.present is not None and not plan.present(value):
            drawn[plan.name] = None
        else:
            given = fields.get(plan.name)
            drawn[plan.name] = draw(_field(plan, value) if given is None else given)
    return value


def _field(plan: FieldPlan, so_far: Struct) -> st.SearchStrategy[Any]:
    """Values of one field; conditions and counts look at the fields drawn so far."""
    codec = plan.codec
    if isinstance(codec, UInt | Bits):
        return _number(codec, plan.convert)
    if isinstance(codec, Nested):
        return structs(codec.struct)
    if isinstance(codec, Many):
        return _items(codec, so_far)
    if isinstance(codec, Told):
        raise LocalError(f"{plan.name}: only its codec knows its values; give a strategy")
    return _octets(codec)


def _octets(codec: Fixed | Rest | Prefixed) -> st.SearchStrategy[bytes]:
    match codec:
        case Fixed(size=size):
            return st.binary(min_size=size, max_size=size)
        case Prefixed(size=size):
            return st.binary(max_size=min(FREE_LENGTH, (1 << 8 * size) - 1))
        case Rest():
            return st.binary(max_size=FREE_LENGTH)


def _items(many: Many, so_far: Struct) -> st.SearchStrategy[tuple[Any, ...]]:
    least, most = 0, FREE_LENGTH
    if many.prefix:
        most = min(FREE_LENGTH, (1 << 8 * many.prefix) - 1)
    elif many.count is not None:
        least = most = many.count(so_far)
    return st.lists(_item(many.item), min_size=least, max_size=most).map(tuple)


def _item(item: UInt | type[Struct]) -> st.SearchStrategy[Any]:
    return _number(item, None) if isinstance(item, UInt) else structs(item)


def _number(codec: UInt | Bits, convert: type[Enum] | type[bool] | None) -> st.SearchStrategy[Any]:
    """Whole numbers as wide as the field, or the codes of an enumeration that fit it."""
    width = codec.width if isinstance(codec, Bits) else 8 * codec.size
    low = -(1 << width - 1) if isinstance(codec, UInt) and codec.signed else 0
    numbers = st.integers(low, low + (1 << width) - 1)
    if convert is None:
        return numbers
    if not issubclass(convert, Enum):
        return st.booleans()
    members = st.sampled_from([each for each in convert if 0 <= each.value - low < 1 << width])
    if not issubclass(convert, OpenEnum):
        return members
    return st.one_of(members, numbers.map(convert))
