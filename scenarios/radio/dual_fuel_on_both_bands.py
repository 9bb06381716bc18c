"""A dual-fuel home with its gas meter below 1 GHz is installed through the DCC, whole."""

from emulator.lab.installing.visits import check_logs, install_home, plan
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.radio.bands import BOTH_BANDS, Band

SOURCES = (
    Source("SEC App. AC", "4.9 to 4.15"),
    Source("R22", "Annex D"),
    Source("GBCS", "use cases CCS01, CS03, ECS70, GCS28"),
)
TAGS = ("radio", "dual-band", "commissioning", "dcc")
SHIPMENT = "dual-fuel.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """As at 2.4 GHz alone, but that the gas meter is reached on the second radio of the hub."""
    lab.home_needs("ESME", "GSME")
    lab.differ("CHF", bands=BOTH_BANDS)
    lab.differ("GSME", bands=(Band.SUB_GHZ,))
    work = plan(lab)
    install_home(work)
    check_logs(work)
