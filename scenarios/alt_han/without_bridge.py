"""Without a bridge, what is out of the hub's reach stays outside; with one, it joins."""

from emulator.lab.installing.bridged_home import Fitting, fit_bridge, power_bridge
from emulator.lab.installing.commissioning import (
    finish_joining,
    form_network,
    join,
    open_and_start,
    register,
    try_to_join,
)
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (Source("DCP 400", "3.1, 3.2"), Source("ZSE 1.4", "5.4"))
TAGS = ("alt-han", "bridge", "range", "refusal")
SHIPMENT = "dual-fuel.csv"


def run(lab: Lab) -> None:
    """The in-home display tries first without, then with a bridge that has power."""
    lab.home_needs("ESME", "IHD")
    home = lab.home()
    bridge = fit_bridge(lab, home, Fitting())
    form_network(lab, home)
    register(lab, home, *home.joiners)
    join(lab, home, home.device("ESME"))
    display = home.device("IHD")
    try_to_join(lab, home, display)
    display.power_off()
    power_bridge(lab, home, bridge)
    open_and_start(lab, home, display)
    finish_joining(lab, home, display)
