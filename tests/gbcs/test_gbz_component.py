import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.gbz_component import (
    AdditionalHeader,
    GbzComponent,
    GbzControl,
    take_component,
)
from emulator.kernel.errors import LocalError, WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.zcl.foundation.header import ZclHeader

OCTET = st.integers(0, 0xFF)
READ = bytes.fromhex("000702000500 01 000000")
ENCRYPTED = bytes.fromhex(
    "03"  # last, encrypted
    "0702"  # Metering
    "001A"  # length
    "00 02"  # additional header
    "18 01 01"  # ZCL header
    "0013"  # length of the block
    "31 00000000"  # security header
    "A1A2"  # ciphertext
    "C1C2C3C4C5C6C7C8C9CACBCC"  # tag
)


def components() -> st.SearchStrategy[GbzComponent]:
    return st.builds(
        GbzComponent,
        cluster=st.integers(0, 0xFFFF),
        header=structs(ZclHeader),
        payload=st.binary(max_size=40),
        last=st.booleans(),
        additional_header=st.none() | st.builds(AdditionalHeader, OCTET, OCTET),
        from_date_time=st.none() | st.integers(0, 0xFFFFFFFF),
        reserved=OCTET.map(lambda bits: bits & 0xEC),
    )


def came_back(octets: bytes) -> bool:
    """Whether octets start with a component that encodes to them, or are refused inside them."""
    try:
        component, after = take_component(octets, 0, "components[0]")
    except WireError as refused:
        return 0 <= refused.offset <= len(octets) and refused.path.startswith("components[0].")
    return component.encode() == octets[:after]


@given(components())
def test_component_comes_back(component: GbzComponent) -> None:
    octets = component.encode()

    taken, after = take_component(b"\xff" + octets + b"\xff", 1, "components[0]")

    assert taken == component
    assert after == 1 + len(octets)


@given(any_octets())
def test_any_octets_give_a_component_or_a_wire_error(octets: bytes) -> None:
    assert came_back(octets)


def test_extended_header_is_big_endian_and_zcl_little_endian() -> None:
    component, after = take_component(READ, 0, "c")

    assert (component.cluster, component.header.sequence, after) == (0x0702, 1, len(READ))
    assert component.payload == bytes.fromhex("0000")
    assert not component.encrypted


def test_encrypted_component_keeps_its_block_without_the_length() -> None:
    component, _ = take_component(ENCRYPTED, 0, "c")

    assert component.additional_header == AdditionalHeader(0, 2)
    assert component.encrypted
    assert component.payload.hex(" ", -4).startswith("31000000 00a1a2")
    assert component.control == GbzControl.LAST | GbzControl.ENCRYPTED


@pytest.mark.parametrize(
    ("octets", "path", "offset"),
    [
        (bytes.fromhex("00 0702 00"), "c.control", 0),
        (bytes.fromhex("00 0702 0009 00"), "c.length", 3),
        (bytes.fromhex("02 0702 0001 00"), "c.additional_header", 5),
        (bytes.fromhex("10 0702 0003 000000"), "c.from_date_time", 5),
        (bytes.fromhex("00 0702 0001 00"), "c.ZclHeader", 6),
        (bytes.fromhex("02 0702 0006 0000 000100 00"), "c.encrypted_length", 10),
        (bytes.fromhex("02 0702 0008 0000 000100 0005 31"), "c.encrypted_length", 10),
    ],
)
def test_refusal_names_field_and_offset(octets: bytes, path: str, offset: int) -> None:
    with pytest.raises(WireError) as refused:
        take_component(octets, 0, "c")

    assert refused.value.path.startswith(path)
    assert refused.value.offset == offset


@pytest.mark.parametrize(
    "component",
    [
        GbzComponent(0x10000, ZclHeader.decode(bytes.fromhex("000100"))),
        GbzComponent(0, ZclHeader.decode(bytes.fromhex("000100")), bytes(0x10000)),
        GbzComponent(0, ZclHeader.decode(bytes.fromhex("000100")), from_date_time=1 << 32),
        GbzComponent(
            0,
            ZclHeader.decode(bytes.fromhex("000100")),
            bytes(0x10000),
            additional_header=AdditionalHeader(0, 0),
        ),
    ],
)
def test_what_does_not_fit_is_the_callers_error(component: GbzComponent) -> None:
    with pytest.raises(LocalError):
        component.encode()
