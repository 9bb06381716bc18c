"""Hypothesis strategies of ASN.1 values, made from the declarations themselves."""

from typing import Any, Final

from hypothesis import strategies as st

from emulator.gbcs.asn1.composites import Alone, Choice, Field, Sequence, SequenceOf, Tagged
from emulator.gbcs.asn1.elements import (
    Element,
    GeneralizedTime,
    Integer,
    NamedBits,
    Null,
    OctetString,
    Whole,
)
from emulator.gbcs.asn1.tlv import Lengths, tlv

_MOST_OCTETS: Final = 300
"""Enough for lengths of one, two and three octets."""
_TIMES: Final = st.integers(0, 10**14 - 1).map("{:014}Z".format)
_WHOLES: Final = st.binary(max_size=_MOST_OCTETS).map(lambda body: tlv(0x30, body, Lengths.DER))

_FIXED: Final[dict[type[Any], st.SearchStrategy[Any]]] = {
    GeneralizedTime: _TIMES,
    Null: st.none(),
    Whole: _WHOLES,
}


def asn1_values(element: Element) -> st.SearchStrategy[Any]:
    """Values that the element writes."""
    match element:
        case Alone() | Sequence():
            return st.builds(element.cls, **{each.name: _field(each) for each in element.fields})
        case SequenceOf():
            return st.lists(asn1_values(element.element), max_size=3).map(tuple)
        case Tagged():
            return asn1_values(element.element)
        case Choice():
            return asn1_values(element.first) | asn1_values(element.second)
        case _:
            return _plain(element)


def _plain(element: Element) -> st.SearchStrategy[Any]:
    match element:
        case Integer(names=None):
            return st.integers(-(2**127), 2**127)
        case Integer(names=names) if names is not None:
            return st.integers(0, 300).map(names)
        case NamedBits():
            return st.integers(0, 0xFF).map(element.names)
        case OctetString():
            size = element.size
            return st.binary(min_size=size or 0, max_size=_MOST_OCTETS if size is None else size)
        case _:
            return _FIXED[type(element)]


def _field(field: Field) -> st.SearchStrategy[Any]:
    drawn = asn1_values(field.element)
    return st.just(field.default) | drawn if field.optional else drawn
