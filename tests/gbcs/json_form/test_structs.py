from typing import Any

import pytest

from emulator.gbcs.json_form.structs import struct_document, struct_from
from emulator.kernel.errors import LocalError, UsageError
from emulator.wire.struct import Struct
from emulator.zcl.data_types import DataType
from emulator.zcl.data_values import Collection
from emulator.zcl.foundation.general_commands import (
    AttributeRecord,
    ReadAttributes,
    ReadAttributesResponse,
    ReadRecord,
    WriteAttributes,
)
from emulator.zcl.foundation.header import ZclHeader
from emulator.zcl.payloads.events import PublishEventLog
from emulator.zcl.payloads.prepayment import ConsumerTopUp
from emulator.zcl.primitives import ZclStatus

HEADER = ZclHeader.decode(bytes.fromhex("18 05 0B"))
ANSWER = ReadAttributesResponse(
    (
        ReadRecord(0x0000, ZclStatus.SUCCESS, DataType.UINT16, 90),
        ReadRecord(0x0001, ZclStatus.UNSUPPORTED_ATTRIBUTE),
        ReadRecord(0x0002, ZclStatus.SUCCESS, DataType.STRING, "GB"),
        ReadRecord(0x0003, ZclStatus.SUCCESS, DataType.OCTSTR, b"\x01\x02"),
        ReadRecord(0x0004, ZclStatus.SUCCESS, DataType.BOOL, True),
    )
)
WORDS = WriteAttributes((AttributeRecord(1, DataType.OCTSTR, b"\x0f"),))


def test_a_declared_format_is_a_document_of_its_fields() -> None:
    assert struct_document(ANSWER) == {
        "records": [
            {"attribute": 0, "status": 0, "data_type": 0x21, "value": 90},
            {"attribute": 1, "status": 0x86},
            {"attribute": 2, "status": 0, "data_type": 0x42, "value": {"text": "GB"}},
            {"attribute": 3, "status": 0, "data_type": 0x41, "value": "0102"},
            {"attribute": 4, "status": 0, "data_type": 0x10, "value": True},
        ]
    }


@pytest.mark.parametrize(
    "value",
    [
        HEADER,
        ANSWER,
        WORDS,
        ReadAttributes((1, 2)),
        ConsumerTopUp(0, b"73943333"),
        PublishEventLog.decode(bytes.fromhex("0100 00 01 11 01 8F66 00000000 00".replace(" ", ""))),
    ],
)
def test_a_declared_format_comes_back(value: Struct) -> None:
    again = struct_from(type(value), struct_document(value), "value")

    assert again == value
    assert again.encode() == value.encode()


def test_a_value_without_a_form_is_told() -> None:
    strange = AttributeRecord(1, DataType.ARRAY, Collection(0x21, (1, 2)))

    with pytest.raises(LocalError, match="no form in JSON"):
        struct_document(strange)


@pytest.mark.parametrize(
    ("cls", "document", "place"),
    [
        (ReadAttributes, {}, "value.attributes"),
        (ReadAttributes, {"attributes": 5}, "value.attributes"),
        (ReadAttributes, {"attributes": ["5"]}, r"value.attributes\[0\]"),
        (ReadAttributes, {"attribute": []}, "value"),
        (WriteAttributes, {"records": [7]}, r"value.records\[0\]"),
        (ConsumerTopUp, {"originating_device": 0, "top_up_code": "x"}, "value.top_up_code"),
        (ZclHeader, struct_document(HEADER) | {"frame_type": 9}, "value.frame_type"),
    ],
)
def test_a_document_of_another_shape_is_refused_with_its_place(
    cls: type[Struct], document: dict[str, Any], place: str
) -> None:
    with pytest.raises(UsageError, match=f"^{place}: found "):
        struct_from(cls, document, "value")
