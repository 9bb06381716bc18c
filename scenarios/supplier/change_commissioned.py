"""The supplier of a commissioned home changes: the gaining one takes its meters over."""

from emulator.lab.installing.handover import switch_registration, take_over
from emulator.lab.installing.installation import Ask
from emulator.lab.installing.visits import begin, fit_hub, install_electricity
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.parties import GAINING_SUPPLIER

SOURCES = (
    Source("GBCS", "use case CS02b (supplierByTransCoS)"),
    Source("DUIS 5.4", "SRV 6.23"),
)
TAGS = ("change-of-supplier", "dcc", "credentials", "gbcs")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"
GAINING = "gaining supplier"


def run(lab: Lab) -> None:
    """Registration first, then 6.23; the status stays, the losing supplier is shut out."""
    lab.home_needs("ESME")
    work = begin(lab)
    esme = work.home.device("ESME")
    meter = esme.description.eui64
    fit_hub(work)
    install_electricity(work, esme)
    early = Ask(srv="4.1.1", clause="DUIS response code E4", target=meter, user=GAINING)
    work.refused("before the switch the gaining supplier may not read", early, "E4")
    switch_registration(work, esme, GAINING_SUPPLIER)
    late = Ask(srv="4.1.1", clause="DUIS response code E4", target=meter)
    work.refused("the losing supplier may not read any more", late, "E4")
    take_over(work, esme, GAINING_SUPPLIER)
    work.await_status(meter, "Commissioned", "the meter stays commissioned")
    read = Ask(srv="4.1.1", clause="GBCS ECS17b", target=meter, user=GAINING)
    work.ask("the gaining supplier takes the opening read", read)
    clock = Ask(srv="6.11", clause="GBCS ECS70", target=meter, user=GAINING)
    work.ask("and its signature is the one the meter obeys", clock)
