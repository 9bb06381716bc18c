"""An ESME that keeps quiet costs the HAN nothing: the reference for noisy ones."""

from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.rf_noise.trials.noisy_home import NoisyHome
from emulator.rf_noise.trials.rising_noise import CLAUSE, raise_noise, show_margins, show_noise
from emulator.rf_noise.trials.shipped import shipped_trace

SOURCES = (Source("SEC", "H14.46"), Source("ICHIS", "Annex F, F.7.0"))
TAGS = ("radio", "rf-noise")
SHIPMENT = "dual-fuel.csv"

LITTLE = 0.5
"""Decibels of margin that nobody misses."""


def run(lab: Lab) -> None:
    """The same home as with a noisy ESME, with the trace of a good one."""
    lab.home_needs("ESME", "GSME")
    lab.site.on_plan("terrace.toml")
    home = NoisyHome(lab, shipped_trace("quiet-esme-2400.csv"), beside=("ESME",))
    home.make_noise(0)
    home.install("ESME", "GSME")
    meter = lab.home().device("GSME")
    rise = raise_noise(home, meter, range(1))
    lab.step(f"{meter.name} reads the hub as if there were no noise", CLAUSE).expect(
        lambda: rise.lost is None, f"in {rise.answers[0].took}"
    )
    most = max(link.before - link.margin for link in home.margins(home.noise()))
    lab.step(f"no link has lost {LITTLE:g} dB of its margin", CLAUSE).expect(
        lambda: most < LITTLE, f"{most:.2f} dB at most"
    )
    show_noise(lab, home.trace, home.gate)
    show_margins(home, home.noise())
