"""What a receiver makes of a signal's strength: energy level and link quality, both 0 to 255.

IEEE 802.15.4-2006 6.9.7 fixes the energy scale within 6 dB: zero below sensitivity + 10 dB, linear
over at least 40 dB. Link quality is left to vendors (6.9.8 asks for eight different values).
"""

from typing import Final

from emulator.radio.settings import ReceiverSettings

_ENERGY_FLOOR: Final = 10
"""dB above sensitivity at which the energy level begins (6.9.7)."""


def energy_level(rss: int, receiver: ReceiverSettings) -> int:
    """The energy level of a signal of `rss` dBm (6.9.7)."""
    return _scaled(rss - receiver.sensitivity - _ENERGY_FLOOR, receiver.energy_span)


def link_quality(rss: int, receiver: ReceiverSettings) -> int:
    """The LQI of a frame heard at `rss` dBm: linear from sensitivity up."""
    return _scaled(rss - receiver.sensitivity, receiver.quality_span)


def _scaled(above: int, span: int) -> int:
    return max(0, min(255, above * 255 // span))
