import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.asn1.tlv import Lengths, Reader, tlv
from emulator.kernel.errors import LocalError, WireError


@pytest.mark.parametrize(
    ("count", "der", "long"),
    [
        (0, "04 00", "04 00"),
        (0x7F, "04 7F", "04 7F"),
        (0x80, "04 81 80", "04 82 00 80"),
        (0xFF, "04 81 FF", "04 82 00 FF"),
        (0x100, "04 82 01 00", "04 82 01 00"),
        (0xFFFF, "04 82 FF FF", "04 82 FF FF"),
    ],
)
def test_lengths_are_written_as_asked(count: int, der: str, long: str) -> None:
    content = bytes(count)

    assert tlv(4, content, Lengths.DER) == bytes.fromhex(der) + content
    assert tlv(4, content, Lengths.LONG) == bytes.fromhex(long) + content


@given(st.binary(max_size=400), st.sampled_from(Lengths))
def test_span_is_that_of_what_was_written(content: bytes, lengths: Lengths) -> None:
    octets = tlv(0x30, content, lengths)

    reader = Reader(octets)
    span = reader.span(0, len(octets))

    assert span == (0, len(octets) - len(content), len(octets))
    assert reader.long_lengths is (lengths is Lengths.LONG and 0x80 <= len(content) <= 0xFF)


@pytest.mark.parametrize("octets", ["04 82 00 01 FF", "04 81 01 FF", "04 84 00 00 00 01 FF"])
def test_length_longer_than_it_has_to_be_is_read_and_noted(octets: str) -> None:
    reader = Reader(bytes.fromhex(octets))

    _, start, end = reader.span(0, len(reader.octets))

    assert end - start == 1
    assert reader.long_lengths


@pytest.mark.parametrize(
    ("octets", "offset"),
    [
        ("", 0),
        ("04", 0),
        ("04 01", 1),
        ("04 80 00 00", 1),  # indefinite
        ("04 85 00 00 00 00 01 FF", 1),
        ("04 82 00", 1),
        ("04 82 00 02 FF", 1),
    ],
)
def test_cut_or_indefinite_value_is_refused(octets: str, offset: int) -> None:
    reader = Reader(bytes.fromhex(octets))

    with pytest.raises(WireError) as refused:
        reader.span(0, len(reader.octets))

    assert refused.value.offset == offset


def test_content_longer_than_a_message_is_the_callers_error() -> None:
    with pytest.raises(LocalError):
        tlv(4, bytes(0x10000), Lengths.DER)
