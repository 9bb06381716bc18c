"""A home with electricity alone is installed and commissioned through the DCC."""

from emulator.lab.installing.visits import (
    begin,
    check_logs,
    fit_hub,
    install_electricity,
    join_electricity,
)
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("SEC App. AC", "4.9, 4.11 to 4.15"),
    Source("GBCS", "use cases CCS01, CS03A1, CS03A2, CS03B, ECS70"),
)
TAGS = ("commissioning", "dcc", "inventory", "gbcs")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """The meter first, then what joins it; whatever there is for gas stays in the van."""
    lab.home_needs("ESME")
    work = begin(lab)
    fit_hub(work)
    install_electricity(work, work.home.device("ESME"))
    for device in work.home.joiners:
        if device.description.kind in ("PPMID", "HCALCS", "IHD", "CAD"):
            work.install(device)
            join_electricity(work, device)
    check_logs(work)
