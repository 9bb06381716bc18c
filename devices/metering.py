"""The Metering cluster as a meter ships it (ZSE 1.4 D.3.2)."""

from typing import Final

from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.endpoint import ServedAttribute

ELECTRIC: Final = 0
GAS: Final = 1
"""MeteringDeviceType (ZSE 1.4 Table D-20)."""
KILOWATT_HOURS: Final = 0x00
CUBIC_METRES: Final = 0x01
"""UnitofMeasure (ZSE 1.4 Table D-22)."""


COUNTED: Final = (0x0000, *range(0x0100, 0x0108, 2), *range(0x0700, 0x0704), 0x0A00)
"""What a gas meter shows the HAN as it was at the last half hour; that it is no later is background
knowledge of SMETS2 4, unverified."""
_GAS_REGISTERS: Final = (*COUNTED[1:], 0x000E, 0x0014, 0x0205, 0x0307, 0x0311)
"""Tiers, blocks, supply, battery, site, customer and bill (GBCS 10.4.2, what a meter reports).

That it reports the block that counts is unverified; the hub cannot know the price without it.
"""
_CREDIT: Final = (
    *(0x0000, 0x0001, 0x0002, 0x0003, 0x0005, 0x0006, 0x0010, 0x0011, 0x0031, 0x0040),
    *(0x0211, 0x0221, 0x0231, 0x051C, 0x0530, 0x0540),
)
"""Mode, balances, limits, debts and costs of the day, week and month (GBCS 10.4.2)."""


def gas_registers() -> tuple[ServedAttribute, ...]:
    """What a gas meter serves beside its register, and its mirror after it."""
    keys = (
        *((METERING.id, each) for each in _GAS_REGISTERS),
        *((PREPAYMENT.id, each) for each in _CREDIT),
    )
    return tuple(
        ServedAttribute(cluster, attribute, GSME.get((cluster, attribute), 0))
        for cluster, attribute in keys
    )


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
