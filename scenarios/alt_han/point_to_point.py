"""A dwelling out of its hub's reach is installed through a point-to-point bridge, by the DCC."""

from emulator.lab.installing.bridged_home import Fitting, fit_bridge, power_bridge
from emulator.lab.installing.visits import (
    check_logs,
    fit_hub,
    install_electricity,
    install_gas,
    install_others,
    plan,
)
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("DCP 400", "3.1, 3.2"),
    Source("SEC App. AC", "4.9 to 4.15"),
    Source("ZSE 1.4", "5.4"),
)
TAGS = ("alt-han", "bridge", "commissioning", "dcc", "tunnel", "sleepy")
SHIPMENT = "dual-fuel.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """Hub and electricity meter are in the meter room; a proxy reaches all others."""
    lab.home_needs("ESME", "GSME")
    work = plan(lab)
    bridge = fit_bridge(lab, work.home, Fitting())
    work.pre_notify_hub()
    work.pre_notify(*work.home.joiners)
    fit_hub(work)
    install_electricity(work, work.home.device("ESME"))
    power_bridge(lab, work.home, bridge)
    install_gas(work, work.home.device("GSME"))
    install_others(work, work.home.joiners)
    check_logs(work)
