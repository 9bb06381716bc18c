"""Answers to reads of attributes, whose text may be octets that no character set knows.

Model identifiers of GBCS devices hold an EUI-64 as it is (RTDS 4.5.0, GCS21e). So values of text
types are octets here, where the cluster library elsewhere asks for UTF-8.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from emulator.wire.codecs import U16, Many, Told, UInt, When
from emulator.wire.struct import Struct
from emulator.zcl.data_types import DataType
from emulator.zcl.data_values import encode_value, take_value
from emulator.zcl.foundation.general_commands import StatusField
from emulator.zcl.primitives import ZclStatus

_OCTETS: Final[Mapping[int, int]] = {
    DataType.STRING: DataType.OCTSTR,
    DataType.STRING16: DataType.OCTSTR16,
}


def octet_type(data_type: int) -> int:
    """The type as which values of a type are read and written."""
    return _OCTETS.get(data_type, data_type)


def _take(record: Any, data: bytes, at: int, end: int) -> tuple[Any, int]:
    return take_value(octet_type(record.data_type), data, at, end)


def _put(record: Any, value: object) -> bytes:
    return encode_value(octet_type(record.data_type), value)


def _succeeded(record: "AttributeAnswer") -> bool:
    return record.status == ZclStatus.SUCCESS


class AttributeAnswer(Struct):
    """One attribute of an answer: its value, or why there is none (ZCL8 2.5.2)."""

    attribute: U16
    status: StatusField
    data_type: Annotated[int | None, UInt(1), When(_succeeded)] = None
    value: Annotated[object, Told(take=_take, put=_put), When(_succeeded)] = None


class AttributeAnswers(Struct):
    """Read Attributes Response (ZCL8 2.5.2)."""

    records: Annotated[tuple[AttributeAnswer, ...], Many(AttributeAnswer)]
