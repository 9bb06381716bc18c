"""The kinds of devices that the inventory tells apart (DUIS 5.4 DeviceType; SEC App. AC 4.9-4.15).

DUIS has no value of its own for the standalone auxiliary proportional controller, which SEC
App. AC 4.9 names; here it has one.
"""

from enum import Enum
from typing import Final


class DeviceKind(Enum):
    """What a device is; values as in DUIS 5.4 DeviceType, and SAPC."""

    ESME = "ESME"
    GSME = "GSME"
    SAPC = "SAPC"
    GPF = "GPF"
    CHF = "CHF"
    HCALCS = "HCALCS"
    PPMID = "PPMID"
    IHD = "IHD"
    CAD = "CAD"


class Generation(Enum):
    """Which technical specifications a device follows; SEC App. AC 4.14 binds the second only."""

    SMETS1 = "SMETS1"
    SMETS2 = "SMETS2"


SMART_METERS: Final = (DeviceKind.ESME, DeviceKind.GSME)
TYPE_1: Final = (DeviceKind.PPMID, DeviceKind.HCALCS)
"""Devices that are commissioned by joining them to another (SEC App. AC 4.9)."""
TYPE_2: Final = (DeviceKind.IHD, DeviceKind.CAD)
"""Devices without any status (SEC App. AC 4.15)."""
HAN_DEVICES: Final = (*SMART_METERS, DeviceKind.SAPC, *TYPE_1)
"""Devices with a status that are added to the device log of a hub."""
WITH_STATUS: Final = (*HAN_DEVICES, DeviceKind.GPF, DeviceKind.CHF)
