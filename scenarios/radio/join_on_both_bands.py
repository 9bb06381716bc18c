"""A dual-band hub brings up one network: the gas meter below 1 GHz, all others at 2.4 GHz."""

from emulator.lab.installing.commissioning import commission
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.radio.bands import BOTH_BANDS, Band

SOURCES = (Source("R22", "Annex D"), Source("R22", "3.6.12"), Source("ZSE 1.4", "5.4"))
TAGS = ("radio", "dual-band", "commissioning")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """One PAN, one network key, two bands."""
    lab.home_needs("GSME")
    lab.differ("CHF", bands=BOTH_BANDS)
    lab.differ("GSME", bands=(Band.SUB_GHZ,))
    commission(lab, lab.home())
