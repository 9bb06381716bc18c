"""APS frame formats: header, extended header, acknowledgement (R22 2.2.5)."""

from typing import Annotated, Any, Final

from emulator.wire.codecs import U8, U16, Bits, Flag, OpenEnum, UInt, When
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import ClusterId, Endpoint, ProfileId


class FrameType(OpenEnum):
    """Frame type sub-field (R22 Table 2-20)."""

    DATA = 0
    COMMAND = 1
    ACKNOWLEDGEMENT = 2
    INTER_PAN = 3


class DeliveryMode(OpenEnum):
    """Delivery mode sub-field (R22 Table 2-21)."""

    UNICAST = 0
    INDIRECT = 1
    BROADCAST = 2
    GROUP = 3


class Fragmentation(OpenEnum):
    """Fragmentation sub-field of the extended frame control (R22 Table 2-22)."""

    NONE = 0
    FIRST = 1
    OTHER = 2
    RESERVED = 3


class FragmentHeader(Struct):
    """Extended header of a data or command frame (R22 2.2.5.1.8).

    `block` is the number of blocks in the first fragment, in the others their own number.
    """

    fragmentation: Annotated[Fragmentation, Bits(2)]
    reserved: Annotated[int, Bits(6)] = 0
    block: Annotated[U8 | None, When(lambda x: x.fragmentation != Fragmentation.NONE)] = None


class AcknowledgedBlocks(Struct):
    """Extended header of an acknowledgement (R22 2.2.5.1.8.3).

    `block` is the first of the window; bit n of `bitfield` says that block + n has come. Bits
    beyond the window are one.
    """

    fragmentation: Annotated[Fragmentation, Bits(2)]
    reserved: Annotated[int, Bits(6)] = 0
    block: Annotated[U8 | None, When(lambda x: x.fragmentation != Fragmentation.NONE)] = None
    bitfield: Annotated[U8 | None, When(lambda x: x.fragmentation != Fragmentation.NONE)] = None


_DATA: Final = FrameType.DATA
_ACKNOWLEDGEMENT: Final = FrameType.ACKNOWLEDGEMENT
_GROUP: Final = DeliveryMode.GROUP


def _addressed(header: Any) -> bool:
    """Whether endpoints, cluster and profile are there: in data and in acknowledgements of data."""
    kind = header.frame_type
    return kind is _DATA or (kind is _ACKNOWLEDGEMENT and not header.ack_format)


def _to_endpoint(header: Any) -> bool:
    return header.delivery_mode is not _GROUP and _addressed(header)


def _to_group(header: Any) -> bool:
    return header.delivery_mode is _GROUP and _addressed(header)


def _extended(header: Any) -> bool:
    return bool(header.extended) and header.frame_type is not _ACKNOWLEDGEMENT


def _extended_acknowledgement(header: Any) -> bool:
    return bool(header.extended) and header.frame_type is _ACKNOWLEDGEMENT


class ApsHeader(Struct):
    """General APS frame header with its frame control (R22 Figures 2-2 to 2-8)."""

    frame_type: Annotated[FrameType, Bits(2)]
    delivery_mode: Annotated[DeliveryMode, Bits(2)]
    ack_format: Flag
    security: Flag
    ack_request: Flag
    extended: Flag
    destination_endpoint: Annotated[Endpoint | None, UInt(1), When(_to_endpoint)] = None
    group: Annotated[U16 | None, When(_to_group)] = None
    cluster: Annotated[ClusterId | None, UInt(2), When(_addressed)] = None
    profile: Annotated[ProfileId | None, UInt(2), When(_addressed)] = None
    source_endpoint: Annotated[Endpoint | None, UInt(1), When(_addressed)] = None
    counter: U8 = 0
    fragment: Annotated[FragmentHeader | None, When(_extended)] = None
    acknowledged: Annotated[AcknowledgedBlocks | None, When(_extended_acknowledgement)] = None


def fragment_header(block: int, blocks: int) -> FragmentHeader:
    """The extended header of block number `block` out of `blocks` (R22 2.2.8.4.5.1)."""
    if block == 0:
        return FragmentHeader(Fragmentation.FIRST, 0, blocks)
    return FragmentHeader(Fragmentation.OTHER, 0, block)


def acknowledgement_of(header: ApsHeader, *, secured: bool) -> ApsHeader:
    """The acknowledgement that a data or command frame asks for (R22 2.2.5.2.3, 2.2.8.4.2).

    Args:
        header: of the frame that came; endpoints swap, the counter stays.
        secured: whether it goes out under the link key, as what it acknowledges did.
    """
    came = header.fragment
    blocks = None
    if came is not None and came.fragmentation != Fragmentation.NONE:
        number = 0 if came.fragmentation == Fragmentation.FIRST else came.block
        blocks = AcknowledgedBlocks(came.fragmentation, 0, number, 0xFF)
    return ApsHeader(
        FrameType.ACKNOWLEDGEMENT,
        DeliveryMode.UNICAST,
        header.frame_type is FrameType.COMMAND,
        secured,
        False,
        blocks is not None,
        header.source_endpoint,
        None,
        header.cluster,
        header.profile,
        header.destination_endpoint,
        header.counter,
        None,
        blocks,
    )
