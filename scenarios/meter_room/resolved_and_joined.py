"""A crowded room, from a bridge that does not fit to a home that is installed across it."""

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.processes import Process
from emulator.building.coordination_days import clearing, to_works
from emulator.building.example_room import (
    FIRST,
    bridge_at,
    example_site,
    hub_at,
    smets2_meter_at,
)
from emulator.building.room_case import RoomCase
from emulator.lab.installing.bridged_home import Fitting, fit_bridge, power_bridge
from emulator.lab.installing.visits import (
    fit_hub,
    install_electricity,
    install_gas,
    install_others,
    plan,
)
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab

SOURCES = (
    Source("DCP 400", "3.1 to 3.4, 6.2 to 6.11"),
    Source("SEC App. AC", "4.9 to 4.15"),
)
TAGS = ("alt-han", "meter-room", "bridge", "commissioning", "dcc")
SHIPMENT = "dual-fuel.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """Works make room for meter, hub and bridge; they hang, join, and are commissioned."""
    lab.home_needs("ESME", "GSME")
    site = example_site("basement")
    needs = (smets2_meter_at(FIRST), hub_at(FIRST), bridge_at(FIRST))
    case = RoomCase(lab, site)
    case.show_room("before")
    case.tried("meter, hub and bridge do not fit", needs, fits=False)
    works = clearing(site, [FIRST])
    case.do("everything until works begin", "DCP 400 6.2 to 6.5", to_works(site, works))
    case.wait(days=14)
    done = [act.CarryOut(work=each) for each in works]
    case.do("works are done", "DCP 400 6.9", [*done, act.EndWorks()])
    refused = act.Approve(process=Process.SIX)
    model = "DCP 400 target operating model, process 6"
    case.refused("ready is what was tried, not what is said", model, refused)
    found = case.tried("now they fit", needs, fits=True)
    case.show_room("after, with what is installed", found.room)
    case.do(
        "the room is approved as ready, and completed",
        "DCP 400 6.11",
        [act.Examine(fits=found.fits), act.Approve(process=Process.SIX), act.Complete()],
    )
    case.show_notices()
    work = plan(lab)
    bridge = fit_bridge(lab, work.home, Fitting())
    work.pre_notify_hub()
    work.pre_notify(*work.home.joiners)
    fit_hub(work)
    install_electricity(work, work.home.device("ESME"))
    power_bridge(lab, work.home, bridge)
    install_gas(work, work.home.device("GSME"))
    install_others(work, work.home.joiners)
