"""A dual-fuel home is installed and commissioned through the DCC, message by message."""

from emulator.lab.installing.visits import check_logs, install_home, plan
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("SEC App. AC", "4.9 to 4.15"),
    Source("GBCS", "use cases CCS01, CS03, ECS70, GCS28"),
    Source("ZSE 1.4", "5.4"),
)
TAGS = ("commissioning", "dcc", "inventory", "gbcs")
SHIPMENT = "dual-fuel.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """Hub, electricity, gas, then what joins meters; the gas meter before its proxy joins it."""
    lab.home_needs("ESME", "GSME")
    work = plan(lab)
    install_home(work)
    check_logs(work)
