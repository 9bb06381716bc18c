"""Hypothesis strategies for DLMS data: every type, nested, that encodes."""

from typing import Final

from hypothesis import strategies as st

from emulator.dlms.data import BitString, CompactArray, Data, TypeDescription
from emulator.dlms.data_types import FIXED, NUMBERS, DataType
from emulator.dlms.descriptors import AccessKind, Descriptor, Selection

_LONGEST: Final = 200
"""Octets of the longest string drawn: long enough for a length of two octets."""


def numbers() -> st.SearchStrategy[Data]:
    """Whole numbers of every width and sign."""
    return st.sampled_from(sorted(NUMBERS)).flatmap(_of_number)


def _of_number(kind: DataType) -> st.SearchStrategy[Data]:
    width, signed = NUMBERS[kind]
    return st.binary(min_size=width, max_size=width).map(
        lambda octets: Data(kind, int.from_bytes(octets, "big", signed=signed))
    )


def bit_strings() -> st.SearchStrategy[Data]:
    """Bit strings, also with bits after their end."""
    return st.binary(max_size=20).flatmap(
        lambda octets: st.integers(max(0, len(octets) * 8 - 7), len(octets) * 8).map(
            lambda length: Data(DataType.BIT_STRING, BitString(length, octets))
        )
    )


def _fixed() -> st.SearchStrategy[Data]:
    return st.sampled_from(sorted(FIXED)).flatmap(
        lambda kind: st.binary(min_size=FIXED[kind], max_size=FIXED[kind]).map(
            lambda octets: Data(kind, octets)
        )
    )


def scalars() -> st.SearchStrategy[Data]:
    """Values without parts."""
    return st.one_of(
        st.sampled_from((Data(DataType.NULL_DATA), Data(DataType.DONT_CARE))),
        numbers(),
        bit_strings(),
        _fixed(),
        st.binary(max_size=_LONGEST).map(lambda octets: Data(DataType.OCTET_STRING, octets)),
        st.binary(max_size=_LONGEST).map(
            lambda octets: Data(DataType.VISIBLE_STRING, octets.decode("latin-1"))
        ),
        st.text(max_size=40).map(lambda text: Data(DataType.UTF8_STRING, text)),
    )


@st.composite
def compact_arrays(draw: st.DrawFn) -> Data:
    """Compact arrays of scalars, of structures, and of structures with an array in them."""
    element = draw(numbers())
    parts = tuple(draw(st.lists(numbers(), min_size=1, max_size=4)))
    inner = Data(DataType.ARRAY, (element, element))
    chosen = draw(
        st.sampled_from((element, Data(DataType.STRUCTURE, parts))).map(
            lambda data: data if data is element else Data(data.type, (*parts, inner))
        )
    )
    count = draw(st.integers(0, 5))
    return Data(DataType.COMPACT_ARRAY, CompactArray(_described(chosen), (chosen,) * count))


def _described(data: Data) -> TypeDescription:
    parts = data.value if isinstance(data.value, tuple) else ()
    inside = tuple(_described(part) for part in parts if isinstance(part, Data))
    if data.type is DataType.ARRAY:
        return TypeDescription(data.type, inside[:1], len(inside))
    return TypeDescription(data.type, inside if data.type is DataType.STRUCTURE else ())


def data_values() -> st.SearchStrategy[Data]:
    """Values of every type, structures and arrays some levels deep."""
    return st.recursive(
        scalars() | compact_arrays(),
        lambda inside: st.tuples(
            st.sampled_from((DataType.STRUCTURE, DataType.ARRAY)),
            st.lists(inside, max_size=5).map(tuple),
        ).map(lambda pair: Data(*pair)),
        max_leaves=12,
    )


def descriptors() -> st.SearchStrategy[Descriptor]:
    """Items of a request, with a selection where their kind calls for one."""
    return st.sampled_from(sorted(AccessKind)).flatmap(
        lambda kind: st.builds(
            Descriptor,
            st.just(kind),
            st.integers(0, 0xFFFF),
            st.binary(min_size=6, max_size=6),
            st.integers(-0x80, 0x7F),
            st.builds(Selection, st.integers(0, 0xFF), scalars()) if kind.selective else st.none(),
        )
    )
