"""Meters that merely stay pending though the SM WAN is there: most of those that are affected."""

from emulator.lab.installing.installation import Ask
from emulator.lab.installing.visits import begin, fit_hub, leave_for
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("SEC MP121", "report 7: install and leave is about a tenth, the rest is pending"),
    Source("SEC App. AC", "4.12 and 4.13"),
)
TAGS = ("pending", "dcc", "inventory")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """A pending meter needs a hub that knows it, and has to answer, before it is commissioned."""
    lab.home_needs("ESME")
    work = begin(lab)
    esme = work.home.device("ESME")
    eui64 = esme.description.eui64
    fit_hub(work)
    leave_for(work, "30 d")
    work.await_status(eui64, "Pending", "the meter is still pending", "MP121 report 7")
    work.associate(esme)
    commission = Ask(srv="8.1.1", clause="SEC App. AC 4.12(c)", target=eui64)
    work.refused("of a pending meter nobody knows the hub", commission, "E5")
    work.log(esme)
    work.unanswered("a meter that never joined does not answer", commission)
    work.await_status(eui64, "Whitelisted", "and is not commissioned by that", "SEC App. AC 4.13")
    work.log(esme)
    work.join_network(esme)
    work.commission(esme)
    work.set_mpxn(esme)
