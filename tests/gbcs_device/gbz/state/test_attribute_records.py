"""Answers to reads come back octet for octet, whatever octets their texts hold."""

from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs_device.gbz.state.attribute_records import (
    AttributeAnswer,
    AttributeAnswers,
    octet_type,
)
from emulator.kernel.errors import WireError
from emulator.testing.strategies.strategies import any_octets
from emulator.zcl.data_types import DataType
from emulator.zcl.primitives import ZclStatus


@given(st.binary(max_size=40))
def test_text_may_be_any_octets(text: bytes) -> None:
    answer = AttributeAnswer(
        attribute=0x0005, status=ZclStatus.SUCCESS, data_type=DataType.STRING, value=text
    )

    again = AttributeAnswer.decode(answer.encode())

    assert again == answer


@given(any_octets())
def test_any_octets_give_answers_or_a_wire_error(octets: bytes) -> None:
    try:
        right = AttributeAnswers.decode(octets).encode() == octets
    except WireError as refused:
        right = 0 <= refused.offset <= len(octets)

    assert right


def test_an_attribute_without_value_has_only_its_status() -> None:
    answer = AttributeAnswer(attribute=0x0203, status=ZclStatus(0xC0))

    assert answer.encode() == bytes.fromhex("0302 C0")


def test_only_texts_are_read_as_octets() -> None:
    assert octet_type(DataType.STRING) == DataType.OCTSTR
    assert octet_type(DataType.STRING16) == DataType.OCTSTR16
    assert octet_type(DataType.UINT8) == DataType.UINT8
    assert octet_type(0x99) == 0x99
