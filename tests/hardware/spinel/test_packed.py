"""Packed unsigned integers (Spinel draft 3.2 gives 0x95 0x0A for 1337's low part)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import LocalError, WireError
from hardware.spinel.packed import packed, take_packed


@pytest.mark.parametrize(
    ("value", "octets"),
    [(0, "00"), (127, "7f"), (128, "8001"), (1337, "b90a"), (4867, "8326"), (2097151, "ffff7f")],
)
def test_values_are_packed_as_in_the_draft(value: int, octets: str) -> None:
    assert packed(value) == bytes.fromhex(octets)


@given(st.integers(0, 2**32 - 1), st.binary(max_size=3))
def test_every_value_comes_back(value: int, rest: bytes) -> None:
    octets = packed(value)

    assert take_packed(octets + rest, 0, len(octets + rest)) == (value, len(octets))


@pytest.mark.parametrize("value", [-1, 2**32])
def test_what_does_not_fit_is_a_mistake_of_ours(value: int) -> None:
    with pytest.raises(LocalError):
        packed(value)


@pytest.mark.parametrize("octets", ["", "80", "ffffffffff00", "ffffffff7f"])
def test_cut_off_or_too_long_is_a_wire_error(octets: str) -> None:
    data = bytes.fromhex(octets)

    with pytest.raises(WireError):
        take_packed(data, 0, len(data))
