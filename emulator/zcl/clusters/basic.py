"""The Basic cluster (ZCL8 3.2): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Access, Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "ZCLVersion", DataType.UINT8, default=0x08),
    Attribute(0x0001, "ApplicationVersion", DataType.UINT8),
    Attribute(0x0002, "StackVersion", DataType.UINT8),
    Attribute(0x0003, "HWVersion", DataType.UINT8),
    Attribute(0x0004, "ManufacturerName", DataType.STRING),
    Attribute(0x0005, "ModelIdentifier", DataType.STRING),
    Attribute(0x0006, "DateCode", DataType.STRING),
    Attribute(0x0007, "PowerSource", DataType.ENUM8, default=0x00),
    Attribute(0x0008, "GenericDeviceClass", DataType.ENUM8, verified=False),
    Attribute(0x0009, "GenericDeviceType", DataType.ENUM8, verified=False),
    Attribute(0x000A, "ProductCode", DataType.OCTSTR, verified=False),
    Attribute(0x000B, "ProductUrl", DataType.STRING, verified=False),
    Attribute(0x000C, "ManufacturerVersionDetails", DataType.STRING, verified=False),
    Attribute(0x000D, "SerialNumber", DataType.STRING, verified=False),
    Attribute(0x000E, "ProductLabel", DataType.STRING, verified=False),
    Attribute(0x0010, "LocationDescription", DataType.STRING, Access.READ_WRITE),
    Attribute(0x0011, "PhysicalEnvironment", DataType.ENUM8, Access.READ_WRITE),
    Attribute(0x0012, "DeviceEnabled", DataType.BOOL, Access.READ_WRITE),
    Attribute(0x0013, "AlarmMask", DataType.MAP8, Access.READ_WRITE),
    Attribute(0x0014, "DisableLocalConfig", DataType.MAP8, Access.READ_WRITE),
    Attribute(0x4000, "SoftwareBuildId", DataType.STRING, verified=False),
)

_TO_SERVER: Final = (Command(0x00, "ResetToFactoryDefaults"),)

BASIC: Final = Cluster(
    id=ClusterId(0x0000),
    name="Basic",
    clause="ZCL8 3.2",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
)
