"""The OTA Upgrade cluster (ZCL8 11): its attributes, commands and their payloads."""

from enum import IntEnum
from typing import Annotated, Final

from emulator.wire.codecs import U8, U16, U32, Eui64Field, Prefixed, UInt, When
from emulator.wire.struct import Struct
from emulator.zcl.cluster import Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zcl.primitives import ZclStatus
from emulator.zigbee.addresses import ClusterId


class ToServer(IntEnum):
    """Commands that the server side receives (ZCL8 Table 11-11)."""

    QUERY_NEXT_IMAGE = 0x01
    IMAGE_BLOCK = 0x03
    IMAGE_PAGE = 0x04
    UPGRADE_END = 0x06
    QUERY_SPECIFIC_FILE = 0x08


class ToClient(IntEnum):
    """Commands that the client side receives (ZCL8 Table 11-11)."""

    IMAGE_NOTIFY = 0x00
    QUERY_NEXT_IMAGE_RESPONSE = 0x02
    IMAGE_BLOCK_RESPONSE = 0x05
    UPGRADE_END_RESPONSE = 0x07
    QUERY_SPECIFIC_FILE_RESPONSE = 0x09


class ImageNotify(Struct):
    """Image Notify (ZCL8 11.13.3); the payload type says how many of the last three follow."""

    payload_type: U8
    query_jitter: U8
    manufacturer: Annotated[U16 | None, When(lambda x: x.payload_type >= 1)] = None
    image_type: Annotated[U16 | None, When(lambda x: x.payload_type >= 2)] = None
    version: Annotated[U32 | None, When(lambda x: x.payload_type >= 3)] = None


class QueryNextImageRequest(Struct):
    """Query Next Image Request (ZCL8 11.13.4)."""

    field_control: U8
    manufacturer: U16
    image_type: U16
    version: U32
    hardware_version: Annotated[U16 | None, When(lambda x: x.field_control & 1)] = None


class QueryNextImageResponse(Struct):
    """Query Next Image Response (ZCL8 11.13.5); nothing but the status where it is no success."""

    status: Annotated[ZclStatus, UInt(1)]
    manufacturer: Annotated[U16 | None, When(lambda x: x.status == ZclStatus.SUCCESS)] = None
    image_type: Annotated[U16 | None, When(lambda x: x.status == ZclStatus.SUCCESS)] = None
    version: Annotated[U32 | None, When(lambda x: x.status == ZclStatus.SUCCESS)] = None
    size: Annotated[U32 | None, When(lambda x: x.status == ZclStatus.SUCCESS)] = None


class ImageBlockRequest(Struct):
    """Image Block Request (ZCL8 11.13.6)."""

    field_control: U8
    manufacturer: U16
    image_type: U16
    version: U32
    offset: U32
    maximum: U8
    node: Annotated[Eui64Field | None, When(lambda x: x.field_control & 1)] = None
    minimum_period: Annotated[U16 | None, When(lambda x: x.field_control & 2)] = None


class ImageBlockResponse(Struct):
    """Image Block Response (ZCL8 11.13.8): octets, or when to ask again, or nothing."""

    status: Annotated[ZclStatus, UInt(1)]
    manufacturer: Annotated[U16 | None, When(lambda x: x.status == ZclStatus.SUCCESS)] = None
    image_type: Annotated[U16 | None, When(lambda x: x.status == ZclStatus.SUCCESS)] = None
    version: Annotated[U32 | None, When(lambda x: x.status == ZclStatus.SUCCESS)] = None
    offset: Annotated[U32 | None, When(lambda x: x.status == ZclStatus.SUCCESS)] = None
    data: Annotated[bytes | None, Prefixed(), When(lambda x: x.status == ZclStatus.SUCCESS)] = None
    current_time: Annotated[U32 | None, When(lambda x: x.status == ZclStatus.WAIT_FOR_DATA)] = None
    request_time: Annotated[U32 | None, When(lambda x: x.status == ZclStatus.WAIT_FOR_DATA)] = None
    minimum_period: Annotated[U16 | None, When(lambda x: x.status == ZclStatus.WAIT_FOR_DATA)] = (
        None
    )


class UpgradeEndRequest(Struct):
    """Upgrade End Request (ZCL8 11.13.9)."""

    status: Annotated[ZclStatus, UInt(1)]
    manufacturer: U16
    image_type: U16
    version: U32


class UpgradeEndResponse(Struct):
    """Upgrade End Response (ZCL8 11.13.9): when to run the image; all ones: wait to be told."""

    manufacturer: U16
    image_type: U16
    version: U32
    current_time: U32
    upgrade_time: U32


_TO_SERVER: Final = (
    Command(ToServer.QUERY_NEXT_IMAGE, "QueryNextImageRequest", QueryNextImageRequest),
    Command(ToServer.IMAGE_BLOCK, "ImageBlockRequest", ImageBlockRequest),
    Command(ToServer.IMAGE_PAGE, "ImagePageRequest"),
    Command(ToServer.UPGRADE_END, "UpgradeEndRequest", UpgradeEndRequest),
    Command(ToServer.QUERY_SPECIFIC_FILE, "QuerySpecificFileRequest"),
)

_CLIENT_ATTRIBUTES: Final = (
    Attribute(0x0000, "UpgradeServerID", DataType.EUI64),
    Attribute(0x0001, "FileOffset", DataType.UINT32),
    Attribute(0x0002, "CurrentFileVersion", DataType.UINT32),
    Attribute(0x0003, "CurrentZigBeeStackVersion", DataType.UINT16),
    Attribute(0x0004, "DownloadedFileVersion", DataType.UINT32),
    Attribute(0x0005, "DownloadedZigBeeStackVersion", DataType.UINT16),
    Attribute(0x0006, "ImageUpgradeStatus", DataType.ENUM8),
    Attribute(0x0007, "ManufacturerID", DataType.UINT16),
    Attribute(0x0008, "ImageTypeID", DataType.UINT16),
    Attribute(0x0009, "MinimumBlockRequestDelay", DataType.UINT16),
    Attribute(0x000A, "ImageStamp", DataType.UINT32, verified=False),
    Attribute(0x000B, "UpgradeActivationPolicy", DataType.ENUM8, verified=False),
    Attribute(0x000C, "UpgradeTimeoutPolicy", DataType.ENUM8, verified=False),
)

_TO_CLIENT: Final = (
    Command(ToClient.IMAGE_NOTIFY, "ImageNotify", ImageNotify),
    Command(ToClient.QUERY_NEXT_IMAGE_RESPONSE, "QueryNextImageResponse", QueryNextImageResponse),
    Command(ToClient.IMAGE_BLOCK_RESPONSE, "ImageBlockResponse", ImageBlockResponse),
    Command(ToClient.UPGRADE_END_RESPONSE, "UpgradeEndResponse", UpgradeEndResponse),
    Command(ToClient.QUERY_SPECIFIC_FILE_RESPONSE, "QuerySpecificFileResponse"),
)

OTA_UPGRADE: Final = Cluster(
    id=ClusterId(0x0019),
    name="OTA Upgrade",
    clause="ZCL8 11",
    server=ClusterSide(receives=_TO_SERVER),
    client=ClusterSide(attributes=_CLIENT_ATTRIBUTES, receives=_TO_CLIENT),
)
