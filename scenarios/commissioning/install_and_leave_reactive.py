"""SM WAN was promised and is not there: devices are left, and commissioned when it arrives."""

from emulator.dcc.wan_coverage import Visit
from emulator.lab.installing.installation import Ask
from emulator.lab.installing.visits import (
    ask_for_coverage,
    begin,
    bring_wan,
    fit_hub_without_wan,
    install_electricity,
    leave_for,
)
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("SEC MP121", "report 2: reactive install and leave, 90-day target"),
    Source("SEC App. AC", "4.12(c)"),
)
TAGS = ("install-and-leave", "dcc", "inventory", "wan")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """While the hub is not commissioned no meter can be; after 60 days the rest is done."""
    lab.home_needs("ESME")
    work = begin(lab)
    esme = work.home.device("ESME")
    ask_for_coverage(work, promised=True, covered=False)
    fit_hub_without_wan(work, Visit.REACTIVE)
    work.associate(esme)
    too_early = Ask(srv="8.1.1", clause="SEC App. AC 4.12(c)", target=esme.description.eui64)
    work.refused("no meter is commissioned behind a hub that is not", too_early, "E5")
    leave_for(work, "60 d")
    bring_wan(work)
    install_electricity(work, esme)
