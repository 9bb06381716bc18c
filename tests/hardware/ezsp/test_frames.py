"""EZSP headers, as UG100 lays them out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import WireError
from hardware.ezsp.frames import EzspRequest, callback, read_request, response


def test_the_first_version_command_has_the_old_header() -> None:
    request = read_request(bytes.fromhex("00000004"))

    assert request == EzspRequest(0, 0x0000, b"\x04", legacy=True)
    assert response(request, 0x0000, b"\x0d\x02\x00\x74").hex() == "0080000d020074"


def test_every_other_command_has_the_new_one() -> None:
    request = read_request(bytes.fromhex("07000134000102"))

    assert request == EzspRequest(7, 0x0034, b"\x01\x02", legacy=False)
    assert response(request, 0x0034, b"\x00\x05").hex() == "07800134000005"


def test_a_callback_says_that_nobody_asked_for_it() -> None:
    assert callback(9, 0x0019, b"\x90").hex() == "099001190090"


@pytest.mark.parametrize(
    "octets", [b"", b"\x00", b"\x00\x00", b"\x00\x00\x01\x34", b"\x00\x80\x00"]
)
def test_what_is_no_command_is_refused(octets: bytes) -> None:
    with pytest.raises(WireError):
        read_request(octets)


@given(st.binary(max_size=40))
def test_whatever_comes_is_a_command_or_refused(octets: bytes) -> None:
    try:
        request = read_request(octets)
    except WireError:
        return
    assert octets.endswith(request.parameters)
