"""The data types of the cluster library and their codes (ZCL8 Table 2-10)."""

from typing import Annotated, Final

from emulator.wire.codecs import U8, OpenEnum, UInt
from emulator.wire.struct import Struct


class DataType(OpenEnum):
    """A data type's code, as it stands in front of a value (ZCL8 Table 2-10)."""

    NO_DATA = 0x00
    DATA8 = 0x08
    DATA16 = 0x09
    DATA24 = 0x0A
    DATA32 = 0x0B
    DATA40 = 0x0C
    DATA48 = 0x0D
    DATA56 = 0x0E
    DATA64 = 0x0F
    BOOL = 0x10
    MAP8 = 0x18
    MAP16 = 0x19
    MAP24 = 0x1A
    MAP32 = 0x1B
    MAP40 = 0x1C
    MAP48 = 0x1D
    MAP56 = 0x1E
    MAP64 = 0x1F
    UINT8 = 0x20
    UINT16 = 0x21
    UINT24 = 0x22
    UINT32 = 0x23
    UINT40 = 0x24
    UINT48 = 0x25
    UINT56 = 0x26
    UINT64 = 0x27
    INT8 = 0x28
    INT16 = 0x29
    INT24 = 0x2A
    INT32 = 0x2B
    INT40 = 0x2C
    INT48 = 0x2D
    INT56 = 0x2E
    INT64 = 0x2F
    ENUM8 = 0x30
    ENUM16 = 0x31
    SEMI = 0x38
    SINGLE = 0x39
    DOUBLE = 0x3A
    OCTSTR = 0x41
    STRING = 0x42
    OCTSTR16 = 0x43
    STRING16 = 0x44
    ARRAY = 0x48
    STRUCT = 0x4C
    SET = 0x50
    BAG = 0x51
    TIME_OF_DAY = 0xE0
    DATE = 0xE1
    UTC = 0xE2
    CLUSTER_ID = 0xE8
    ATTRIBUTE_ID = 0xE9
    BACNET_OID = 0xEA
    EUI64 = 0xF0
    KEY128 = 0xF1
    UNKNOWN = 0xFF


DataTypeField = Annotated[DataType, UInt(1)]

ANALOGUE: Final = frozenset(
    {
        *range(DataType.UINT8, DataType.INT64 + 1),
        *range(DataType.SEMI, DataType.DOUBLE + 1),
        DataType.TIME_OF_DAY,
        DataType.DATE,
        DataType.UTC,
    }
)
"""Types whose values can be added to and subtracted from (ZCL8 Table 2-10, "Analog")."""


class TimeOfDay(Struct):
    """Hours, minutes, seconds, hundredths; 0xFF in a field that is not used (ZCL8 2.6.2)."""

    hours: U8
    minutes: U8
    seconds: U8
    hundredths: U8


class Date(Struct):
    """Year since 1900, month, day, day of week from Monday 1; 0xFF unused (ZCL8 2.6.2)."""

    year: U8
    month: U8
    day: U8
    day_of_week: U8
