"""The Commissioning cluster (ZCL8 13.2): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Access, Attribute, Cluster, ClusterSide, Command
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "ShortAddress", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0001, "ExtendedPANId", DataType.EUI64, Access.READ_WRITE),
    Attribute(0x0002, "PANId", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0003, "ChannelMask", DataType.MAP32, Access.READ_WRITE),
    Attribute(0x0004, "ProtocolVersion", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0005, "StackProfile", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0006, "StartupControl", DataType.ENUM8, Access.READ_WRITE),
    Attribute(0x0010, "TrustCenterAddress", DataType.EUI64, Access.READ_WRITE),
    Attribute(0x0011, "TrustCenterMasterKey", DataType.KEY128, Access.READ_WRITE),
    Attribute(0x0012, "NetworkKey", DataType.KEY128, Access.READ_WRITE),
    Attribute(0x0013, "UseInsecureJoin", DataType.BOOL, Access.READ_WRITE),
    Attribute(0x0014, "PreconfiguredLinkKey", DataType.KEY128, Access.READ_WRITE),
    Attribute(0x0015, "NetworkKeySequenceNumber", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0016, "NetworkKeyType", DataType.ENUM8, Access.READ_WRITE),
    Attribute(0x0017, "NetworkManagerAddress", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0020, "ScanAttempts", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0021, "TimeBetweenScans", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0022, "RejoinInterval", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0023, "MaxRejoinInterval", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0030, "IndirectPollRate", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0031, "ParentRetryThreshold", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0040, "ConcentratorFlag", DataType.BOOL, Access.READ_WRITE),
    Attribute(0x0041, "ConcentratorRadius", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0042, "ConcentratorDiscoveryTime", DataType.UINT8, Access.READ_WRITE),
)

_TO_SERVER: Final = (
    Command(0x00, "RestartDevice", verified=False),
    Command(0x01, "SaveStartupParameters", verified=False),
    Command(0x02, "RestoreStartupParameters", verified=False),
    Command(0x03, "ResetStartupParameters", verified=False),
)

_TO_CLIENT: Final = (
    Command(0x00, "RestartDeviceResponse", verified=False),
    Command(0x01, "SaveStartupParametersResponse", verified=False),
    Command(0x02, "RestoreStartupParametersResponse", verified=False),
    Command(0x03, "ResetStartupParametersResponse", verified=False),
)

COMMISSIONING: Final = Cluster(
    id=ClusterId(0x0015),
    name="Commissioning",
    clause="ZCL8 13.2",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
