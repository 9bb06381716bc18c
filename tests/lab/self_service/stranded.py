"""A meter that is pending and changed its supplier, and an interface in front of its DCC."""

from datetime import timedelta
from functools import cache

from emulator.dcc.incidents.records import Regime
from emulator.dcc.registration import Responsibility
from emulator.kernel.identity import Eui64, format_eui64
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.premises import open_home
from emulator.lab.laboratory import LabOptions
from emulator.lab.self_service.portal import Portal
from emulator.lab.world.parties import GAINING_SUPPLIER
from tests.lab.workbench.homes import SHIPMENT

CODE = bytes.fromhex("83FED3407A939723A5C639B26916D505C3B5")[:16]


@cache
def stranded_home() -> Installation:
    work = open_home(SHIPMENT, LabOptions(name="test"))
    work.pre_notify_hub()
    work.pre_notify(*work.home.joiners)
    meter = work.home.device("ESME")
    work.associate(meter)
    since = work.side.moment + timedelta(minutes=1)
    line = work.home.shipped(meter)
    work.side.registration.register(
        line.mpxn, Responsibility.IMPORT_SUPPLIER, GAINING_SUPPLIER, since
    )
    work.lab.run("2 min")
    return work


def stranded(regime: Regime = Regime.SSI) -> tuple[Portal, Eui64]:
    """An interface of its own over one home, and the pending meter."""
    work = stranded_home()
    return Portal(work, regime), work.home.device("ESME").description.eui64


def supply_point() -> str:
    work = stranded_home()
    return work.home.shipped(work.home.device("ESME")).mpxn or ""


def meter_id() -> str:
    return format_eui64(stranded()[1])
