"""The OTA Upgrade cluster (ZCL8 11): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_TO_SERVER: Final = (
    Command(0x01, "QueryNextImageRequest"),
    Command(0x03, "ImageBlockRequest"),
    Command(0x04, "ImagePageRequest"),
    Command(0x06, "UpgradeEndRequest"),
    Command(0x08, "QuerySpecificFileRequest"),
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
    Command(0x00, "ImageNotify"),
    Command(0x02, "QueryNextImageResponse"),
    Command(0x05, "ImageBlockResponse"),
    Command(0x07, "UpgradeEndResponse"),
    Command(0x09, "QuerySpecificFileResponse"),
)

OTA_UPGRADE: Final = Cluster(
    id=ClusterId(0x0019),
    name="OTA Upgrade",
    clause="ZCL8 11",
    server=ClusterSide(receives=_TO_SERVER),
    client=ClusterSide(attributes=_CLIENT_ATTRIBUTES, receives=_TO_CLIENT),
)
