"""The Power Configuration cluster (ZCL8 3.3): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Access, Attribute, Cluster, ClusterSide, series
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "MainsVoltage", DataType.UINT16),
    Attribute(0x0001, "MainsFrequency", DataType.UINT8),
    Attribute(0x0010, "MainsAlarmMask", DataType.MAP8, Access.READ_WRITE),
    Attribute(0x0011, "MainsVoltageMinThreshold", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0012, "MainsVoltageMaxThreshold", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0013, "MainsVoltageDwellTripPoint", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0020, "BatteryVoltage", DataType.UINT8),
    Attribute(0x0021, "BatteryPercentageRemaining", DataType.UINT8),
    Attribute(0x0030, "BatteryManufacturer", DataType.STRING, Access.READ_WRITE),
    Attribute(0x0031, "BatterySize", DataType.ENUM8, Access.READ_WRITE),
    Attribute(0x0032, "BatteryAHrRating", DataType.UINT16, Access.READ_WRITE),
    Attribute(0x0033, "BatteryQuantity", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0034, "BatteryRatedVoltage", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0035, "BatteryAlarmMask", DataType.MAP8, Access.READ_WRITE),
    Attribute(0x0036, "BatteryVoltageMinimumThreshold", DataType.UINT8, Access.READ_WRITE),
    *series(
        Attribute(
            0x0037, "BatteryVoltageThreshold{}", DataType.UINT8, Access.READ_WRITE, verified=False
        ),
        range(1, 4),
    ),
    Attribute(
        0x003A, "BatteryPercentageMinThreshold", DataType.UINT8, Access.READ_WRITE, verified=False
    ),
    *series(
        Attribute(
            0x003B,
            "BatteryPercentageThreshold{}",
            DataType.UINT8,
            Access.READ_WRITE,
            verified=False,
        ),
        range(1, 4),
    ),
    Attribute(0x003E, "BatteryAlarmState", DataType.MAP32, verified=False),
    Attribute(0x0040, "Battery2Voltage", DataType.UINT8, verified=False),
    Attribute(0x0041, "Battery2PercentageRemaining", DataType.UINT8, verified=False),
    Attribute(0x0050, "Battery2Manufacturer", DataType.STRING, Access.READ_WRITE, verified=False),
    Attribute(0x0051, "Battery2Size", DataType.ENUM8, Access.READ_WRITE, verified=False),
    Attribute(0x0052, "Battery2AhrRating", DataType.UINT16, Access.READ_WRITE, verified=False),
    Attribute(0x0053, "Battery2Quantity", DataType.UINT8, Access.READ_WRITE, verified=False),
    Attribute(0x0054, "Battery2RatedVoltage", DataType.UINT8, Access.READ_WRITE, verified=False),
    Attribute(0x0055, "Battery2AlarmMask", DataType.MAP8, Access.READ_WRITE, verified=False),
    Attribute(
        0x0056, "Battery2VoltageMinThreshold", DataType.UINT8, Access.READ_WRITE, verified=False
    ),
    *series(
        Attribute(
            0x0057, "Battery2VoltageThreshold{}", DataType.UINT8, Access.READ_WRITE, verified=False
        ),
        range(1, 4),
    ),
    Attribute(
        0x005A, "Battery2PercentageMinThreshold", DataType.UINT8, Access.READ_WRITE, verified=False
    ),
    *series(
        Attribute(
            0x005B,
            "Battery2PercentageThreshold{}",
            DataType.UINT8,
            Access.READ_WRITE,
            verified=False,
        ),
        range(1, 4),
    ),
    Attribute(0x005E, "Battery2AlarmState", DataType.MAP32, verified=False),
    Attribute(0x0060, "Battery3Voltage", DataType.UINT8, verified=False),
    Attribute(0x0061, "Battery3PercentageRemaining", DataType.UINT8, verified=False),
    Attribute(0x0070, "Battery3Manufacturer", DataType.STRING, Access.READ_WRITE, verified=False),
    Attribute(0x0071, "Battery3Size", DataType.ENUM8, Access.READ_WRITE, verified=False),
    Attribute(0x0072, "Battery3AhrRating", DataType.UINT16, Access.READ_WRITE, verified=False),
    Attribute(0x0073, "Battery3Quantity", DataType.UINT8, Access.READ_WRITE, verified=False),
    Attribute(0x0074, "Battery3RatedVoltage", DataType.UINT8, Access.READ_WRITE, verified=False),
    Attribute(0x0075, "Battery3AlarmMask", DataType.MAP8, Access.READ_WRITE, verified=False),
    Attribute(
        0x0076, "Battery3VoltageMinThreshold", DataType.UINT8, Access.READ_WRITE, verified=False
    ),
    *series(
        Attribute(
            0x0077, "Battery3VoltageThreshold{}", DataType.UINT8, Access.READ_WRITE, verified=False
        ),
        range(1, 4),
    ),
    Attribute(
        0x007A, "Battery3PercentageMinThreshold", DataType.UINT8, Access.READ_WRITE, verified=False
    ),
    *series(
        Attribute(
            0x007B,
            "Battery3PercentageThreshold{}",
            DataType.UINT8,
            Access.READ_WRITE,
            verified=False,
        ),
        range(1, 4),
    ),
    Attribute(0x007E, "Battery3AlarmState", DataType.MAP32, verified=False),
)

POWER_CONFIGURATION: Final = Cluster(
    id=ClusterId(0x0001),
    name="Power Configuration",
    clause="ZCL8 3.3",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES),
)
