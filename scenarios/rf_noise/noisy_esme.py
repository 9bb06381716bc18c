"""The noise of an ESME rises until the gas meter is lost, where the link budget says it will be.

The noise is that of a trace, at the hub that sits on the ESME. The gas meter still hears the hub;
the hub finds its channel busy, or cannot tell the gas meter's frames from the noise. Once the ESME
is quiet again, the gas meter is back.
"""

from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.rf_noise.trials.noisy_home import NoisyHome
from emulator.rf_noise.trials.rising_noise import CLAUSE, await_return, raise_noise, show_rise
from emulator.rf_noise.trials.shipped import shipped_trace

SOURCES = (
    Source("SEC", "H14.46"),
    Source("ICHIS", "Annex F, F.7.0"),
    Source("IEEE 802.15.4-2006", "6.9.9, Annex E"),
)
TAGS = ("radio", "rf-noise", "range")
SHIPMENT = "dual-fuel.csv"

LEVELS = range(0, 61, 5)
"""Decibels over the trace."""


def run(lab: Lab) -> None:
    """A home on a floor plan; the noise at the hub and the meter below it, louder and louder."""
    lab.home_needs("ESME", "GSME")
    lab.site.on_plan("terrace.toml")
    home = NoisyHome(lab, shipped_trace("noisy-esme-2400.csv"), beside=("ESME",))
    home.install("ESME", "GSME")
    meter = lab.home().device("GSME")
    rise = raise_noise(home, meter, LEVELS)
    lab.step(f"{meter.name} is lost where the link budget says", CLAUSE).expect(
        lambda: rise.expected, rise.words
    )
    await_return(home, meter)
    show_rise(home, meter, rise)
