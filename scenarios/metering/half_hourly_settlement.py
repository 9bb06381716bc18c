"""An electricity meter's half hours are fetched for settlement by schedule, and none is missing."""

from emulator.lab.installing.installation import Installation
from emulator.lab.installing.set_load import take_household
from emulator.lab.installing.visits import plan
from emulator.lab.interactive.premises import bring_up
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.settlement.retrieval import Metered, Retrieval
from emulator.metering.demand.household import Household

SOURCES = (
    Source("SEC", "DP162"),
    Source("DUIS 5.4", "SRV 5.1 and 4.8.1"),
    Source("GBCS", "use case ECS22b"),
)
TAGS = ("metering", "settlement", "dcc")
SHIPMENT = "dual-fuel.csv"
SERVICE_MODE = "end_to_end"
HALF_HOURS = 48


def run(lab: Lab) -> None:
    """Install the meter, let a day pass, and look at what the user of the role has."""
    lab.home_needs("ESME")
    work = plan(lab)
    esme = lab.home().device("ESME")
    bring_up(work, (esme,))
    if not lab.options.loads:
        take_household(lab, Household())
    retrieval = Retrieval(work.side, work.side.settings.settlement)
    arrange(work, retrieval)
    step = lab.step("the meter is read the day after, as scheduled", "SEC DP162")
    step.until(lambda: len(retrieval.rows) > 0, within="25 h")
    rows = retrieval.rows
    told = [each.counts for each in rows if each.counts is not None]
    lab.step("no half hour of the day is missing, and some energy passed", "GBCS ECS22b").expect(
        lambda: len(told) == len(rows) == HALF_HOURS and sum(told) > 0,
        f"{len(told)} half hours, {sum(told)} Wh",
    )
    slowest = max(each.response for each in rows)
    lab.step("every answer came within its target response time", "SEC H3.14").expect(
        lambda: all(each.in_time for each in rows), f"slowest {slowest:.1f} s"
    )


def arrange(work: Installation, retrieval: Retrieval) -> None:
    """The user in the role of Meter Data Retrieval has a schedule for the meter."""
    esme = work.home.device("ESME")
    line = work.home.shipped(esme)
    step = work.lab.step("half hours are scheduled for the meter", "DUIS 5.4 SRV 5.1")
    step.do(lambda: retrieval.arrange((Metered(mpan=line.mpxn, meter=line.eui64),))).done()
