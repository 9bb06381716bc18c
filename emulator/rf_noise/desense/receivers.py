"""The receivers of a hub that noise disturbs: every channel of the HAN, and the WAN."""

from dataclasses import dataclass
from math import log10
from typing import Final

from emulator.kernel.units import seconds
from emulator.radio.phy.pages import PHYS, Phy
from emulator.rf_noise.bands import ANNEX_F, Band, Network
from emulator.rf_noise.desense.error_table import needed_snr
from emulator.rf_noise.settings import HubSettings

_KT: Final = -173.975
"""dBm in each Hz of a resistor at 290 K."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A receiver tuned to a channel.

    Args:
        name: for people.
        band: of Annex F.
        network: whose it is.
        centre: Hz.
        bandwidth: over which it takes noise, Hz.
        noise_floor: its own noise over that bandwidth, dBm.
        phy: of the HAN; None for the WAN.
        number: of the channel of the HAN; the place on the raster for the WAN.
    """

    name: str
    band: str
    network: Network
    centre: float
    bandwidth: float
    noise_floor: float
    phy: Phy | None = None
    number: int = 0

    @property
    def edges(self) -> tuple[float, float]:
        """Lowest and highest frequency, Hz."""
        return self.centre - self.bandwidth / 2, self.centre + self.bandwidth / 2


def receivers(settings: HubSettings) -> tuple[Receiver, ...]:
    """Every receiver, by band and frequency.

    Those of the HAN are set by their sensitivity: their noise lies below it by the ratio that a
    frame of 20 octets needs.
    """
    han = [receiver for phy in PHYS.values() for receiver in _of_page(phy, settings)]
    wan = [receiver for band in ANNEX_F for receiver in _of_wan(band, settings)]
    return (*wan, *han)


def _of_page(phy: Phy, settings: HubSettings) -> list[Receiver]:
    sensitivity = settings.sensitivity_2400 if phy.page == 0 else settings.sensitivity_868
    floor = sensitivity - needed_snr(phy)
    where = "channel" if phy.page == 0 else f"page {phy.page} channel"
    band = "2.4 GHz" if phy.page == 0 else "868 MHz"
    return [
        Receiver(
            name=f"{where} {number}",
            band=band,
            network=Network.HAN,
            centre=float(phy.frequency(number)),
            bandwidth=float(phy.bandwidth),
            noise_floor=floor,
            phy=phy,
            number=number,
        )
        for number in phy.numbers
    ]


def _of_wan(band: Band, settings: HubSettings) -> list[Receiver]:
    if band.network is not Network.WAN:
        return []
    width = settings.wan_423_bandwidth if band.name == "423 MHz" else settings.wan_900_bandwidth
    floor = _KT + 10 * log10(width) + settings.wan_noise_figure
    made = []
    for low, high in band.segments:
        for number in range(int((high - low) / width)):
            centre = low + (number + 0.5) * width
            made.append(
                Receiver(
                    name=f"{centre / 1e6:.4f} MHz",
                    band=band.name,
                    network=Network.WAN,
                    centre=centre,
                    bandwidth=width,
                    noise_floor=floor,
                    number=number,
                )
            )
    return made


def frame_seconds(phy: Phy, octets: int) -> float:
    """How long a PSDU of `octets` octets is on the air."""
    return phy.airtime(octets) / seconds(1)
