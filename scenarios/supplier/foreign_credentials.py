"""A gained meter holds another supplier's certificates and settings, and obeys neither newcomer."""

from emulator.lab.installing.code_recovery import strand
from emulator.lab.installing.handover import take_over
from emulator.lab.installing.installation import Ask
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.parties import GAINING_SUPPLIER

SOURCES = (
    Source("SEC MP121", "report 7: supplier certificates and factory configuration"),
    Source("GBCS", "6.2.4; use case CS02b (supplierByTransCoS)"),
)
TAGS = ("change-of-supplier", "credentials", "configuration", "dcc")
SHIPMENT = "one-meter.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """With the code alone the meter joins, and still refuses the gaining supplier's signature."""
    case = strand(lab)
    work, meter = case.work, case.device
    work.log(case.meter, case.code)
    work.join_network(case.meter)
    commission = Ask(srv="8.1.1", clause="GBCS 6.2.4", target=meter)
    work.unanswered("the meter does not obey a supplier it does not know", commission)
    work.await_status(meter, "InstalledNotCommissioned", "it is not commissioned", "4.13")
    take_over(work, case.meter, GAINING_SUPPLIER)
    work.commission(case.meter)
    work.set_mpxn(case.meter)
    held = Ask(srv="6.2.7", clause="GBCS ECS40", target=meter)
    work.ask("what the other supplier configured is read", held)
