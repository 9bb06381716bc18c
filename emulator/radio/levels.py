"""What a receiver makes of a signal's strength: energy level and link quality, both 0 to 255.

IEEE 802.15.4-2006 6.9.7 fixes the energy scale within 6 dB: zero below sensitivity + 10 dB, linear
over at least 40 dB. Link quality is left to vendors (6.9.8 asks for eight different values).
"""

from typing import Final

from emulator.radio.settings import ReceiverSettings

_ENERGY_FLOOR: Final = 10
"""dB above sensitivity at which the energy level begins (6.9.7)."""


_CHIP_FLOOR: Final = -91
_CHIP_HIGHEST: Final = 84
"""ED_LEVEL of AT86RF231: 0 at -91 dBm, a step a dB, 84 at most."""


def sensitivity(receiver: ReceiverSettings, page: int = 0) -> float:
    """The weakest signal that is just understood on a page, dBm."""
    return receiver.sub_ghz_sensitivity if page else receiver.sensitivity


def energy_level(rss: int, receiver: ReceiverSettings, page: int = 0) -> int:
    """The energy level of a signal of `rss` dBm: by 6.9.7, or as a chip has it."""
    if receiver.energy == "chip":
        return max(0, min(_CHIP_HIGHEST, rss - _CHIP_FLOOR))
    return _scaled(rss - sensitivity(receiver, page) - _ENERGY_FLOOR, receiver.energy_span)


def link_quality(rss: int, receiver: ReceiverSettings, page: int = 0, success: float = 1.0) -> int:
    """The LQI of a frame.

    Args:
        rss: dBm at which it was heard.
        receiver: by strength it is linear from sensitivity up, by success 255 times `success`.
        page: channel page.
        success: probability that a frame comes through as this one did.
    """
    if receiver.quality == "success":
        return round(255 * success)
    return _scaled(rss - sensitivity(receiver, page), receiver.quality_span)


def _scaled(above: float, span: int) -> int:
    return max(0, min(255, int(above * 255 // span)))
