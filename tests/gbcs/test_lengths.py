import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.lengths import encode_length, take_length
from emulator.kernel.errors import LocalError, WireError


@given(st.integers(0, 0xFFFF))
def test_every_length_comes_back(count: int) -> None:
    octets = encode_length(count)

    assert take_length(b"\xaa" + octets + b"\xbb", 1, "x") == (count, 1 + len(octets))


@pytest.mark.parametrize(
    ("count", "octets"),
    [(0, "00"), (0x7F, "7f"), (0x80, "8180"), (0xFF, "81ff"), (0x100, "820100")],
)
def test_length_takes_the_shortest_form(count: int, octets: str) -> None:
    assert encode_length(count).hex() == octets


@pytest.mark.parametrize("count", [-1, 0x1_0000])
def test_length_without_a_form_is_refused(count: int) -> None:
    with pytest.raises(LocalError, match="expected 0 to 65535"):
        encode_length(count)


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        ("", "found the end"),
        ("80", "starts with 80"),
        ("83000100", "starts with 83"),
        ("81", "length of 1 octets, found 0"),
        ("8201", "length of 2 octets, found 1"),
        ("817f", "length 127 in 2 octets, expected the shortest form"),
        ("8200ff", "length 255 in 3 octets, expected the shortest form"),
    ],
)
def test_octets_that_are_no_length_are_refused_where_they_are(octets: str, reason: str) -> None:
    with pytest.raises(WireError, match=reason) as refused:
        take_length(b"\x00" + bytes.fromhex(octets), 1, "Message.payload")

    assert (refused.value.path, refused.value.offset) == ("Message.payload", 1)
