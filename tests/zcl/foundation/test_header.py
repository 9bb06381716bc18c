from contextlib import suppress

from hypothesis import given

from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets, structs
from emulator.zcl.foundation.header import FrameType, ZclHeader, header
from emulator.zcl.primitives import Side


def test_general_command_to_the_server_has_an_empty_frame_control() -> None:
    head = header(FrameType.GENERAL, Side.SERVER, 0x19, 0x00)

    assert head.encode().hex(" ") == "00 19 00"
    assert head.to_side is Side.SERVER


def test_cluster_answer_names_its_direction_and_wants_no_default_response() -> None:
    head = header(FrameType.CLUSTER, Side.CLIENT, 0x07, 0x02, disable_default_response=True)

    assert head.encode().hex(" ") == "19 07 02"
    assert head.to_side is Side.CLIENT


def test_manufacturer_code_stands_before_the_sequence() -> None:
    head, after = ZclHeader.take(bytes.fromhex("04 5e 10 01 0a"))

    assert (head.manufacturer, head.sequence, head.command, after) == (0x105E, 1, 0x0A, 5)


@given(structs(ZclHeader))
def test_header_survives_the_wire(head: ZclHeader) -> None:
    assert ZclHeader.decode(head.encode()) == head


@given(any_octets(8))
def test_any_octets_are_a_header_or_a_wire_error(data: bytes) -> None:
    with suppress(WireError):
        ZclHeader.decode(data)
