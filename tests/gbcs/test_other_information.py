import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.other_information import OtherInformation
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64

CODE = "0008"
PARTY = "90b3d51f30010000"
COUNTER = "0000000000000abc"
ORIGINATOR_COUNTER = "00000000000003e8"
CERTIFICATE = "3006" + "020101" + "020102" + "04"


@pytest.mark.parametrize(
    ("octets", "value"),
    [
        (CODE, OtherInformation(8)),
        (CODE + PARTY, OtherInformation(8, Eui64(0x90B3D51F30010000))),
        (CODE + PARTY + COUNTER, OtherInformation(8, Eui64(0x90B3D51F30010000), 0xABC)),
        (
            CODE + PARTY + COUNTER + ORIGINATOR_COUNTER,
            OtherInformation(8, Eui64(0x90B3D51F30010000), 0xABC, 1000),
        ),
        (
            CODE + PARTY + COUNTER + CERTIFICATE,
            OtherInformation(
                8, Eui64(0x90B3D51F30010000), 0xABC, certificate=bytes.fromhex(CERTIFICATE)
            ),
        ),
    ],
)
def test_each_form_is_read_and_written(octets: str, value: OtherInformation) -> None:
    assert OtherInformation.decode(bytes.fromhex(octets)) == value
    assert value.encode().hex() == octets


@given(st.binary(max_size=40))
def test_any_octets_are_a_value_or_refused(octets: bytes) -> None:
    try:
        value = OtherInformation.decode(octets, 30)
    except WireError:
        return

    assert value.encode() == octets


def test_octets_that_go_on_with_no_certificate_are_refused_with_their_place() -> None:
    with pytest.raises(WireError, match="27 octets, expected 2, 10, 18, 26") as refused:
        OtherInformation.decode(bytes(27), 33)

    assert refused.value.offset == 33


@pytest.mark.parametrize(
    "value",
    [
        OtherInformation(8, None, 5),
        OtherInformation(8, Eui64(1), None, 7),
        OtherInformation(8, Eui64(1), None, None, b"\x30"),
        OtherInformation(8, Eui64(1), 2, 3, b"\x30"),
        OtherInformation(0x10000),
        OtherInformation(-1),
        OtherInformation(8, Eui64(2**64)),
        OtherInformation(8, Eui64(1), 2**64),
    ],
)
def test_item_that_does_not_fit_its_place_is_refused(value: OtherInformation) -> None:
    with pytest.raises(LocalError, match="other information"):
        value.encode()
