import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.gbz_alert import (
    FutureDatedOutcome,
    GbzAlert,
    ImageHash,
    decode_alert,
)
from emulator.gbcs.gbz_component import GbzComponent
from emulator.kernel.errors import LocalError, WireError

TIME = 0x1C374A80

SUCCEEDED = bytes.fromhex(
    "8F66"  # alert code
    "38818890"  # time
    "0E"  # length
    "006B"  # message code
    "00000000000003ED"  # counter
    "0700"  # cluster
    "09 06"  # frame control, command
)


def came_back(octets: bytes, count: int) -> bool:
    """Whether octets are an alert that encodes to them, or refused at a place inside them."""
    try:
        return decode_alert(octets, 0, count).encode() == octets
    except WireError as refused:
        return 0 <= refused.offset <= len(octets)


def test_outcome_of_a_future_dated_command_names_message_and_zcl_command() -> None:
    alert = decode_alert(SUCCEEDED, 0, 1)

    assert alert.content == FutureDatedOutcome(0x006B, 0x3ED, 0x0700, 0x09, 0x06)
    assert alert.encode() == SUCCEEDED


@pytest.mark.parametrize("code", ["8F72", "8F1C"])
def test_receipt_of_an_image_carries_its_hash(code: str) -> None:
    octets = bytes.fromhex(code + "1C374A80" + "09 20") + bytes(range(32))

    alert = decode_alert(octets, 0, 0)

    assert alert.content == ImageHash(bytes(range(32)))
    assert alert.encode() == octets


def test_billing_data_carries_a_component() -> None:
    octets = bytes.fromhex("8F0A 1C374A8000 0702 0005 00 01 00 0000")

    alert = decode_alert(octets, 0, 1)

    assert isinstance(alert.content, GbzComponent)
    assert alert.encode() == octets


def test_octets_that_nothing_explains_are_kept() -> None:
    alert = decode_alert(bytes.fromhex("81A0 1C374A80 0005"), 0, 1)

    assert alert == GbzAlert(0x81A0, TIME, bytes.fromhex("0005"), 1)


@given(st.binary(max_size=60), st.integers(0, 3))
def test_any_octets_give_an_alert_or_a_wire_error(octets: bytes, count: int) -> None:
    assert came_back(octets, count)


@given(
    st.sampled_from((0x8F66, 0x8F67, 0x8F72, 0x8F1C, 0x8F0A)),
    st.binary(max_size=40),
    st.integers(0, 1),
)
def test_known_codes_with_any_content_give_an_alert_or_a_wire_error(
    code: int, content: bytes, count: int
) -> None:
    octets = code.to_bytes(2, "big") + bytes(4) + content
    assert came_back(octets, count)


@pytest.mark.parametrize(
    ("octets", "path"),
    [
        ("8F66 00", "GbzPayload.alert"),
        ("8F66 00000000 0E", "GbzPayload.alert.outcome"),
        ("8F66 00000000 0D 006B 00000000000003ED 0700 09 06", "GbzPayload.alert.outcome"),
        ("8F72 00000000 09 20 00", "GbzPayload.alert.hash"),
        ("8F0A 00000000 00 0702 0005 00 01 00 0000 FF", "GbzPayload"),
    ],
)
def test_refusal_names_the_field(octets: str, path: str) -> None:
    with pytest.raises(WireError) as refused:
        decode_alert(bytes.fromhex(octets), 0, 1)

    assert refused.value.path == path


def test_code_that_does_not_fit_is_the_callers_error() -> None:
    with pytest.raises(LocalError):
        GbzAlert(0x10000, 0).encode()
    with pytest.raises(LocalError):
        GbzAlert(0x8F72, 0, ImageHash(b"short")).encode()
    with pytest.raises(LocalError):
        GbzAlert(0x8F66, 0, FutureDatedOutcome(0, 1 << 64, 0, 0, 0)).encode()
