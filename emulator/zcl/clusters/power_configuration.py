"""The Power Configuration cluster (ZCL8 3.3): its attributes and commands."""

from functools import partial
from typing import Final

from emulator.zcl.cluster import Access, Attribute, Cluster, ClusterSide, series
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId


def _further_battery(number: int) -> tuple[Attribute, ...]:
    """The attributes of battery 2 or 3; each has 32 identifiers."""
    at, name = 0x20 * number, f"Battery{number}"
    writable = partial(Attribute, access=Access.READ_WRITE, verified=False)
    told = partial(Attribute, verified=False)
    return (
        told(at, f"{name}Voltage", DataType.UINT8),
        told(at + 0x01, f"{name}PercentageRemaining", DataType.UINT8),
        writable(at + 0x10, f"{name}Manufacturer", DataType.STRING),
        writable(at + 0x11, f"{name}Size", DataType.ENUM8),
        writable(at + 0x12, f"{name}AhrRating", DataType.UINT16),
        writable(at + 0x13, f"{name}Quantity", DataType.UINT8),
        writable(at + 0x14, f"{name}RatedVoltage", DataType.UINT8),
        writable(at + 0x15, f"{name}AlarmMask", DataType.MAP8),
        writable(at + 0x16, f"{name}VoltageMinThreshold", DataType.UINT8),
        *series(writable(at + 0x17, f"{name}VoltageThreshold{{}}", DataType.UINT8), range(1, 4)),
        writable(at + 0x1A, f"{name}PercentageMinThreshold", DataType.UINT8),
        *series(writable(at + 0x1B, f"{name}PercentageThreshold{{}}", DataType.UINT8), range(1, 4)),
        told(at + 0x1E, f"{name}AlarmState", DataType.MAP32),
    )


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
    *_further_battery(2),
    *_further_battery(3),
)

POWER_CONFIGURATION: Final = Cluster(
    id=ClusterId(0x0001),
    name="Power Configuration",
    clause="ZCL8 3.3",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES),
)
