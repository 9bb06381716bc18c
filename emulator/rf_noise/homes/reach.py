"""Lost frames over distance, with the noise and without it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from emulator.kernel.errors import LocalError
from emulator.radio.phy.pages import Phy
from emulator.rf_noise.desense.channels import ChannelDesense
from emulator.rf_noise.desense.error_table import error_table
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.losses import noise_rise
from emulator.rf_noise.desense.receivers import frame_seconds
from emulator.rf_noise.homes.path_loss import path_loss
from emulator.rf_noise.settings import LinkSettings
from emulator.rf_noise.traces.trace import Series

DISTANCES: Final = np.geomspace(1.0, 5000.0, 297)
"""Metres."""


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """A link over distance.

    Args:
        channel: whose receiver it is.
        distances: m.
        quiet: share of lost frames without the noise.
        noisy: the same with it.
    """

    channel: ChannelDesense
    distances: Series
    quiet: Series
    noisy: Series

    def farthest(self, lost: float) -> tuple[float, float]:
        """The distance up to which no more than a share `lost` is lost, without and with noise."""
        return self._up_to(self.quiet, lost), self._up_to(self.noisy, lost)

    def _up_to(self, errors: Series, lost: float) -> float:
        good = errors <= lost
        if not good[0]:
            return 0.0
        return float(
            self.distances[-1] if np.all(good) else self.distances[int(np.argmin(good)) - 1]
        )


def reach(channel: ChannelDesense, gate: Gate, settings: LinkSettings) -> Reach:
    """The link of a meter to the hub on a channel of the HAN, over distance.

    Raises:
        LocalError: for a channel of the WAN.
    """
    phy = channel.receiver.phy
    if phy is None:
        raise LocalError("reach is of the HAN: the WAN has a margin")
    power = settings.power_2400 if phy.page == 0 else settings.power_868
    signal = power - path_loss(DISTANCES, channel.receiver.centre, settings.exponent)
    snr = signal - channel.receiver.noise_floor
    on = np.full_like(snr, 10 ** (channel.on_power / 10))
    quiet = frame_errors(snr, np.zeros_like(snr), phy, Gate(), settings.octets)
    rise = noise_rise(on, channel.receiver.noise_floor)
    noisy = frame_errors(snr, rise, phy, gate, settings.octets)
    return Reach(channel, DISTANCES, quiet, noisy)


def frame_errors(snr: Series, rise: Series, phy: Phy, gate: Gate, octets: int) -> Series:
    """Share of frames that is lost.

    Args:
        snr: signal to the receiver's own noise, dB.
        rise: by how much noise from outside lifts that, while it is on, dB.
        phy: of the link.
        gate: when the noise is on.
        octets: of the PSDU.
    """
    table = error_table(phy)
    bits = 8 * octets
    on, off = table.log_success(snr - rise, bits), table.log_success(snr, bits)
    lost: Series = 1 - gate.success(on, off, frame_seconds(phy, octets))
    return lost
