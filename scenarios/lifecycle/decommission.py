"""A home is taken apart: devices leave each other's logs, the hub's, and the inventory's care."""

from emulator.lab.installing.installation import Ask
from emulator.lab.installing.visits import begin, fit_hub, install_electricity, join_electricity
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("SEC App. AC", "decommissioning"),
    Source("GBCS", "use cases CS04AC, CCS02"),
    Source("DUIS 5.4", "SRV 8.3, 8.8.1, 8.8.2, 8.11"),
)
TAGS = ("decommissioning", "dcc", "inventory", "gbcs")
SHIPMENT = "dual-fuel.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """Unjoin, remove from the hub, decommission; afterwards every request is refused."""
    lab.home_needs("ESME", "PPMID")
    work = begin(lab)
    esme, ppmid = work.home.device("ESME"), work.home.device("PPMID")
    fit_hub(work)
    install_electricity(work, esme)
    work.install(ppmid)
    join_electricity(work, ppmid)
    meter, display = esme.description.eui64, ppmid.description.eui64
    work.unjoin(meter, display, "8.8.1")
    work.unjoin(display, meter, "8.8.2")
    work.remove(ppmid)
    lab.step("the display is off the network", "GBCS CCS02").until(
        lambda: not ppmid.joined, within="5 min"
    )
    for device in (ppmid, esme):
        work.decommission(device)
    read = Ask(srv="4.1.1", clause="DUIS response code E5", target=meter)
    work.refused("a decommissioned meter is not read", read, "E5")
    again = Ask(srv="8.1.1", clause="SEC App. AC 4.12(b)", target=meter)
    work.refused("nor commissioned again", again, "E5")
