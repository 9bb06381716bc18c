"""What a simulated radio is at, and when its receiver is deaf."""

from enum import Enum, auto
from typing import Final


class RadioState(Enum):
    """What the radio's own sending, or measuring, is at."""

    OFF = auto()
    IDLE = auto()
    BACKOFF = auto()
    TURNAROUND = auto()
    ON_AIR = auto()
    ACK_WAIT = auto()
    ENERGY_SCAN = auto()


DEAF: Final = (
    RadioState.OFF,
    RadioState.TURNAROUND,
    RadioState.ON_AIR,
    RadioState.ENERGY_SCAN,
)
"""In which the receiver hears nothing."""
