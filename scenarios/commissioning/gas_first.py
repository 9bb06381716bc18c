"""A new building: a gas transporter fits the gas meter long before there is electricity."""

from dataclasses import replace

from emulator.dcc.incidents.obligations import Installation as Installed
from emulator.dcc.incidents.obligations import Installer, obligation
from emulator.dcc.incidents.records import Regime
from emulator.lab.installing.code_recovery import CodeRecovery
from emulator.lab.installing.installation import Ask, Installation
from emulator.lab.installing.visits import fit_hub, install_electricity, join_proxy, leave_for
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.parties import GAS_TRANSPORTER

SOURCES = (
    Source("SEC MP121", "report 2: meters that independent gas transporters install"),
    Source("SEC App. AC", "4.10 to 4.13"),
)
TAGS = ("commissioning", "gas-first", "install-code", "dcc")
SHIPMENT = "dual-fuel.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """Whoever installed the gas meter is no supplier, so nobody is bound to hand over its code."""
    lab.home_needs("ESME", "GSME")
    side = lab.remote_side()
    work = Installation(lab, side, lab.home())
    esme, gsme = work.home.device("ESME"), work.home.device("GSME")
    transporter = replace(work, supplier=side.names_of(GAS_TRANSPORTER))
    transporter.pre_notify(gsme)
    leave_for(work, "120 d")
    work.await_status(gsme.description.eui64, "Pending", "the gas meter is pending for months")
    work.pre_notify_hub()
    work.pre_notify(esme)
    fit_hub(work)
    install_electricity(work, esme)
    case = CodeRecovery(work, gsme)
    nobody_is_bound(case)
    guess = bytes(16)
    work.log(gsme, guess)
    gsme.power_on()
    lab.step("without its code the gas meter does not join", "ZSE 1.4 5.4.8").unless(
        lambda: gsme.joined, for_="10 min"
    )
    gsme.power_off()
    work.remove(gsme)
    lab.step("the transporter hands the code over of its own accord", "MP121 report 2").done()
    work.install(gsme)
    work.commission(gsme)
    join_proxy(work, gsme)
    work.set_mpxn(gsme)
    read = Ask(srv="8.2", clause="DUIS 5.4 SRV 8.2", parameters={"DeviceID": case.device})
    work.ask("the inventory tells its whole story", read)


def nobody_is_bound(case: CodeRecovery) -> None:
    """No regime obliges a gas transporter (SEC App. AC 4.16 binds Supplier Parties)."""
    how = Installed(installer=Installer.GAS_TRANSPORTER, without_wan=True)
    for regime in Regime:
        bound = obligation(regime, how)
        case.say(f"nobody is bound: {regime.name}", bound.clause, not bound.bound)
