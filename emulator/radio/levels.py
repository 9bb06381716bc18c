"""What a receiver makes of a signal's strength: energy level and link quality, both 0 to 255.

IEEE 802.15.4-2006 6.9.7 fixes the energy scale within 6 dB: zero below sensitivity + 10 dB, linear
over at least 40 dB. Link quality is left to vendors (6.9.8 asks for eight different values).
"""

from typing import Final

SENSITIVITY: Final = -100
"""dBm at which a receiver of today just understands (AT86RF231, ATmega2564RFR2 data sheets)."""

ENERGY_SPAN: Final = 40
"""dB over which the energy level runs from 0 to 255."""

QUALITY_SPAN: Final = 40
"""dB above sensitivity at which link quality is 255; unverified, every vendor has its own map."""


def energy_level(rss: int) -> int:
    """The energy level of a signal of `rss` dBm (6.9.7)."""
    return _scaled(rss - SENSITIVITY - 10, ENERGY_SPAN)


def link_quality(rss: int) -> int:
    """The LQI of a frame heard at `rss` dBm: linear from sensitivity up."""
    return _scaled(rss - SENSITIVITY, QUALITY_SPAN)


def _scaled(above: int, span: int) -> int:
    return max(0, min(255, above * 255 // span))
