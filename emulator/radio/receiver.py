"""A receiver in figures: noise, sensitivity and selectivity of one channel page, from settings.

A receiver is set by its sensitivity, which a data sheet gives, not by a noise figure: noise lies
below sensitivity by the ratio that the modulation needs there.
"""

from dataclasses import dataclass
from math import log10
from typing import Final

from emulator.radio.levels import sensitivity
from emulator.radio.phy.error_rates import ErrorRates, required_snr
from emulator.radio.phy.gfsk import GfskErrorRates
from emulator.radio.phy.pages import Phy, phy_of
from emulator.radio.settings import ReceiverSettings, ReceptionSettings

_ABOVE: Final = 3.0
"""dB above sensitivity at which rejection is measured (IEEE 802.15.4-2006 6.5.3.4)."""
_LOST_AT_ALL: Final = 1e-9
"""A longer frame at the ratio that loses less than this is taken for understood."""


def milliwatts(dbm: float) -> float:
    """Linear power."""
    return float(10 ** (dbm / 10))


def decibels(power: float) -> float:
    """Decibels over 1 mW of a linear power in mW; -infinity of none."""
    return 10 * log10(power) if power > 0 else float("-inf")


@dataclass(frozen=True, slots=True)
class Receiver:
    """One channel page of a receiver.

    Args:
        phy: the page.
        rates: how often its bits are wrong.
        noise: its own, over the bandwidth of the page, dBm.
        same: what another frame on the channel counts for against one that is received, linear.
        weights: what is left of the energy of a signal 0, 1, 2, 3 and more channels away, linear.
        threshold: energy at which a channel counts as busy, dBm.
    """

    phy: Phy
    rates: ErrorRates
    noise: float
    same: float
    weights: tuple[float, ...]
    threshold: float

    def weight(self, own: int, other: int) -> float:
        """What is left of the energy of a signal on another frequency, linear; both in Hz."""
        steps = round(abs(own - other) / self.phy.spacing)
        return self.weights[min(steps, len(self.weights) - 1)]

    def clear(self) -> float:
        """The linear ratio from which on no frame is lost."""
        return required_snr(self.rates, 8 * (12 + self.phy.max_psdu), _LOST_AT_ALL)


def receiver_of(
    sensitive: ReceiverSettings, settings: ReceptionSettings, page: int = 0
) -> Receiver:
    """The receiver that settings describe, on one page."""
    phy = phy_of(page)
    rates = GfskErrorRates(settings.modulation_index) if page else phy.error_rates
    needed = 10 * log10(required_snr(rates))
    steps: tuple[float, ...]
    if page:
        steps = (settings.sub_ghz_adjacent_rejection, settings.sub_ghz_far_rejection)
        threshold = settings.sub_ghz_assessment_threshold
    else:
        steps = (
            settings.adjacent_rejection,
            settings.alternate_rejection,
            settings.far_rejection,
        )
        threshold = settings.assessment_threshold
    # At 3 dB above sensitivity noise takes half of what may disturb; the other signal the rest.
    beside = (milliwatts(-(step + _ABOVE + needed)) for step in steps)
    same = milliwatts(-(settings.co_channel_rejection + needed))
    noise = sensitivity(sensitive, page) - needed
    return Receiver(phy, rates, noise, same, (1.0, *beside), threshold)
