"""The two bands of a GB home: channel page 0 at 2.4 GHz, pages 28 to 31 below 1 GHz (R22 D.1)."""

from enum import Enum
from typing import Final

from emulator.kernel.units import Duration
from emulator.radio.port import Channel

SUB_GHZ_PAGES: Final = range(28, 32)


class Band(Enum):
    """Which of the two radios of a dual-band hub a channel belongs to."""

    GHZ_2_4 = "2.4 GHz"
    SUB_GHZ = "868 MHz"


BOTH_BANDS: Final = (Band.GHZ_2_4, Band.SUB_GHZ)
"""Of a dual-band hub."""
_SYMBOLS: Final = {Band.GHZ_2_4: Duration(16), Band.SUB_GHZ: Duration(10)}


def band_of(channel: Channel) -> Band:
    """The band of a channel."""
    return Band.SUB_GHZ if channel.page in SUB_GHZ_PAGES else Band.GHZ_2_4


def symbol_of(channel: Channel) -> Duration:
    """How long a symbol lasts: 62.5 ksymbol/s at 2.4 GHz, 100 kb/s of one bit each below 1 GHz."""
    return _SYMBOLS[band_of(channel)]


SUB_GHZ_CHANNELS: Final = tuple(Channel(28, number) for number in range(27))
"""Page 28, channels 0 to 26 (R22 D.1, as Silicon Labs states it)."""
