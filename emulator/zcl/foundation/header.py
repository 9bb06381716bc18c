"""The header in front of every cluster library command (ZCL8 2.4.1)."""

from enum import IntEnum
from typing import Annotated

from emulator.wire.codecs import U8, Bits, Flag, UInt, When
from emulator.wire.struct import Struct
from emulator.zcl.primitives import Side


class FrameType(IntEnum):
    """What the command belongs to (ZCL8 Table 2-2); two codes are reserved."""

    GENERAL = 0
    CLUSTER = 1
    RESERVED_2 = 2
    RESERVED_3 = 3


class ZclHeader(Struct):
    """Frame control, manufacturer code, transaction number, command (ZCL8 2.4.1)."""

    frame_type: Annotated[FrameType, Bits(2)]
    manufacturer_specific: Flag
    to_client: Flag
    disable_default_response: Flag
    reserved: Annotated[int, Bits(3)]
    manufacturer: Annotated[int | None, UInt(2), When(lambda h: h.manufacturer_specific)]
    sequence: U8
    command: U8

    @property
    def to_side(self) -> Side:
        """The side of the cluster that the command is for."""
        return Side.CLIENT if self.to_client else Side.SERVER


def header(
    frame_type: FrameType,
    to_side: Side,
    sequence: int,
    command: int,
    *,
    disable_default_response: bool = False,
) -> ZclHeader:
    """A header without manufacturer code."""
    return ZclHeader(
        frame_type=frame_type,
        manufacturer_specific=False,
        to_client=to_side is Side.CLIENT,
        disable_default_response=disable_default_response,
        reserved=0,
        manufacturer=None,
        sequence=sequence,
        command=command,
    )
