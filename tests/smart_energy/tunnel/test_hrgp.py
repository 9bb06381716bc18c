import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from emulator.smart_energy.tunnel.hrgp import GET, HrgpCommand, HrgpFrame, get_response, put
from emulator.testing.strategies.strategies import any_octets

MESSAGE = bytes.fromhex("DD00")


def test_octets_are_those_of_the_specification() -> None:
    assert bytes.fromhex("01") == GET
    assert get_response(3, MESSAGE) == bytes.fromhex("02 03 DD00")
    assert get_response(0, b"") == bytes.fromhex("02 00")
    assert put(MESSAGE) == bytes.fromhex("03 DD00")


def test_count_that_does_not_fit_its_octet_is_the_most_it_can_say() -> None:
    assert get_response(300, MESSAGE) == bytes.fromhex("02 FF DD00")


@given(message=st.binary(max_size=1200), remaining=st.integers(0, 255))
def test_message_survives_both_headers(message: bytes, remaining: int) -> None:
    answered = HrgpFrame.decode(get_response(remaining, message))
    given_up = HrgpFrame.decode(put(message))

    assert (answered.remaining, answered.message) == (remaining, message)
    assert (given_up.command, given_up.message) == (HrgpCommand.PUT, message)


@given(octets=any_octets(80))
def test_any_octets_are_a_frame_or_a_wire_error(octets: bytes) -> None:
    try:
        frame = HrgpFrame.decode(octets)
    except WireError:
        return

    assert frame.encode() == octets


@pytest.mark.parametrize("octets", ["", "02"])
def test_frame_that_ends_too_early_is_none(octets: str) -> None:
    with pytest.raises(WireError):
        HrgpFrame.decode(bytes.fromhex(octets))
