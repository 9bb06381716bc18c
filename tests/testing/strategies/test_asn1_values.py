from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.gbcs.asn1.catalogue import ASN1_TYPES
from emulator.gbcs.asn1.tlv import Lengths
from emulator.testing.strategies.asn1_values import asn1_values


@given(data=st.data())
@settings(max_examples=40)
def test_drawn_values_are_written(data: st.DataObject) -> None:
    element = ASN1_TYPES[data.draw(st.sampled_from(sorted(ASN1_TYPES)))]

    value = data.draw(asn1_values(element))

    assert element.write(value, Lengths.DER)[0] in element.tags
