from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dlms.data import BitString
from emulator.gbcs.commands.kinds import kind
from emulator.gbcs.commands.template_reader import templates
from emulator.kernel.errors import UsageError


@pytest.mark.parametrize(
    ("name", "written", "carried"),
    [
        ("number", "0x10", 16),
        ("number", -5, -5),
        ("boolean", "yes", 0xFF),
        ("boolean", False, 0),
        ("octets", "00ff", b"\x00\xff"),
        ("octets:2-2", b"\x01\x02", b"\x01\x02"),
        ("text", "E-ON", b"E-ON"),
        ("label", "Heating", "Heating"),
        ("eui64", "00-DB-12-34-56-78-90-A0", bytes.fromhex("00DB1234567890A0")),
        ("eui64", bytes.fromhex("00DB1234567890A0"), bytes.fromhex("00DB1234567890A0")),
        ("bits", "1110", BitString(4, b"\xe0")),
        ("bits", "", BitString(0, b"")),
        ("flags", "0080", BitString(16, b"\x00\x80")),
        ("decimal:5", "1.02264", 102264),
        ("decimal:1", Decimal("40.0"), 400),
        ("enum:OFF=0|ON=0x10", "on", 16),
        ("enum:OFF=0|ON=0x10", 3, 3),
        ("certificate", "3000", b"\x30\x00"),
        ("certificate", "MAA=", b"\x30\x00"),
    ],
)
def test_what_people_write_becomes_what_a_payload_holds(
    name: str, written: object, carried: object
) -> None:
    assert kind(name).write(written) == carried


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("number", "ten"),
        ("number", True),
        ("boolean", "perhaps"),
        ("boolean", 1),
        ("octets", "0g"),
        ("octets", 5),
        ("octets:2-4", "00"),
        ("text", 5),
        ("eui64", "00-DB"),
        ("bits", "012"),
        ("bits", 7),
        ("flags", "0"),
        ("decimal:1", "0.55"),
        ("decimal:1", "ten"),
        ("enum:OFF=0", "ON"),
        ("certificate", "0000"),
        ("certificate", "MAA"),
    ],
)
def test_what_is_of_another_kind_is_refused(name: str, written: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        kind(name).write(written)


@given(st.text("01", max_size=70))
def test_bits_come_back(bits: str) -> None:
    assert kind("bits").read(kind("bits").write(bits)) == bits


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_decimals_come_back(number: int, places: int) -> None:
    scaled = kind(f"decimal:{places}")

    assert scaled.write(scaled.read(number)) == number


def test_a_number_without_a_name_stays_a_number() -> None:
    assert kind("enum:OFF=0|ON=1").read(7) == 7
    assert kind("enum:OFF=0|ON=1").read(1) == "ON"


def test_the_example_of_every_kind_in_use_is_one() -> None:
    used = {hole.kind for each in templates().values() for hole in each.holes} - {"list"}
    made_up = {"certificate"}

    for name in used - made_up:
        known = kind(name)
        assert known.write(known.example) is not None, name


def test_no_kind_has_another_name() -> None:
    with pytest.raises(UsageError, match="'colour'"):
        kind("colour")
