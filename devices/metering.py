"""The Metering cluster as a meter ships it (ZSE 1.4 D.3.2)."""

from typing import Final

from emulator.zcl.clusters.metering import METERING
from emulator.zcl.endpoint import ServedAttribute

ELECTRIC: Final = 0
GAS: Final = 1
"""MeteringDeviceType (ZSE 1.4 Table D-20)."""
KILOWATT_HOURS: Final = 0x00
CUBIC_METRES: Final = 0x01
"""UnitofMeasure (ZSE 1.4 Table D-22)."""


def metering(device_type: int, unit: int) -> tuple[ServedAttribute, ...]:
    """A meter that has measured nothing yet: register zero, no status bit, three decimals."""
    values = {
        0x0000: 0,
        0x0200: 0,
        0x0300: unit,
        0x0301: 1,
        0x0302: 1000,
        0x0303: 0x2B,
        0x0306: device_type,
    }
    return tuple(
        ServedAttribute(METERING.id, attribute, value) for attribute, value in values.items()
    )
