import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dlms.lengths import encode_length, take_length
from emulator.kernel.errors import LocalError, WireError


@pytest.mark.parametrize(
    ("count", "octets"),
    [(0, "00"), (127, "7F"), (128, "81 80"), (255, "81 FF"), (256, "82 0100"), (65535, "82 FFFF")],
)
def test_a_length_takes_its_shortest_form(count: int, octets: str) -> None:
    assert encode_length(count) == bytes.fromhex(octets)


@given(st.integers(0, 0xFFFF), st.binary(max_size=3))
def test_every_length_comes_back_and_tells_where_it_ends(count: int, rest: bytes) -> None:
    octets = encode_length(count)

    taken = take_length(octets + rest, 0, "length")

    assert taken == (count, len(octets))


@pytest.mark.parametrize("octets", ["", "80", "83 000001", "81", "82 01", "81 7F", "82 00FF"])
def test_a_length_that_is_cut_off_indefinite_or_too_long_is_refused(octets: str) -> None:
    with pytest.raises(WireError, match="length"):
        take_length(bytes.fromhex(octets), 0, "length")


@pytest.mark.parametrize("count", [-1, 65536])
def test_a_length_without_a_form_is_refused(count: int) -> None:
    with pytest.raises(LocalError, match="expected 0 to 65535"):
        encode_length(count)
