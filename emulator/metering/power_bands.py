"""Whether a home takes little, some or much power, as its meter and displays tell people.

SMETS2 5.7.4.24 and 5.7.4.29: a supplier sets two thresholds. That power which equals a threshold
belongs to the lower band is unverified.
"""

from enum import IntEnum
from typing import NamedTuple


class PowerBand(IntEnum):
    """As AmbientConsumptionIndicator numbers it (ZSE 1.4 D.3.2.2.3)."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2


class PowerThresholds(NamedTuple):
    """Watts up to which power is low, and up to which it is medium."""

    low_medium: int
    medium_high: int

    def band(self, watts: int) -> PowerBand:
        """In which a power lies."""
        if watts <= self.low_medium:
            return PowerBand.LOW
        return PowerBand.MEDIUM if watts <= self.medium_high else PowerBand.HIGH
