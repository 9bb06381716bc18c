"""Whole visits of an installer, for scenarios that are about what comes before or after them."""

from collections.abc import Iterable

from emulator.dcc.wan_coverage import CoverageAnswer, CspRegion, Visit
from emulator.lab.installing.commissioning import come_back as rejoin
from emulator.lab.installing.installation import COMMISSIONED, Ask, Installation
from emulator.lab.lab import Lab
from emulator.smart_energy.device import SmartEnergyDevice

PROPERTY = "100012345678"
"""The UPRN of the property."""
TAKEN_BY_METERS = ("PPMID", "HCALCS", "IHD", "CAD")


def plan(lab: Lab) -> Installation:
    """A home of which the DCC may not know yet."""
    side = lab.remote_side()
    return Installation(lab, side, lab.home())


def begin(lab: Lab) -> Installation:
    """A home at the supplier and the DCC, with everything pre-notified and nothing fitted."""
    work = plan(lab)
    work.pre_notify_hub()
    work.pre_notify(*work.home.joiners)
    return work


def fit_hub_without_wan(work: Installation, visit: Visit) -> None:
    """The hub finds no SM WAN; it is reported as such (SRV 8.14.2), and the DCC's time begins."""
    work.fit_hub(covered=False)
    silent = work.lab.step("the hub finds no SM WAN", "SEC Section F7; MP121 report 2")
    silent.unless(lambda: work.side.status(work.hub) == COMMISSIONED, for_="10 min")
    details = {
        "DeviceID": work.hub,
        "CHFInstallType": "No SM WAN",
        "PremiseType": "Domestic",
        "MetalObstructionCheck": True,
        "ConnectivityObstructionCheck": True,
        "SharedObstructionCheck": False,
    }
    asked = Ask(srv="8.14.2", clause="DUIS 5.4 SRV 8.14.2", parameters=details)
    work.ask("the hub is reported as installed without SM WAN", asked)
    waiting = work.side.left.leave(PROPERTY, visit, work.side.moment)
    told = f"{visit.value}; due {waiting.due:%Y-%m-%d}"
    work.lab.step("the DCC has until then to bring the SM WAN", "MP121 report 2").done(told)


def ask_for_coverage(
    work: Installation,
    *,
    promised: bool,
    covered: bool,
    region: CspRegion = CspRegion.CENTRAL,
) -> None:
    """The supplier asks what the DCC knows of the property (SRV 12.1), which may be wrong."""
    answer = CoverageAnswer(region=region, available=promised)
    work.side.coverage.record(PROPERTY, answer)
    work.side.coverage.set_truth(PROPERTY, covered=covered)
    asked = Ask(srv="12.1", clause="DUIS 5.4 SRV 12.1", parameters={"UPRN": PROPERTY})
    work.ask("the supplier asks for SM WAN coverage at the property", asked)


def leave_for(work: Installation, how_long: str) -> None:
    """Time in which nobody comes; devices are off meanwhile, as nothing of it is looked at."""
    devices = [device for device in work.home.devices if device.powered]
    step = work.lab.step(f"{how_long} pass without a visit", "MP121 report 2")
    for device in devices:
        step.do(device.power_off)
    step.run(how_long)
    for device in devices:
        device.power_on()


def bring_wan(work: Installation) -> None:
    """The SM WAN arrives: the hub is heard, and counts as commissioned."""
    work.side.dcc.wan.cover(work.hub, covered=True)
    work.await_status(work.hub, COMMISSIONED, "the SM WAN has arrived, the hub is heard")
    closed = work.side.left.connect(PROPERTY, work.side.moment)
    if closed is None:
        return
    late = closed.breached(work.side.moment)
    told = f"{'after' if late else 'within'} the target of {closed.due:%Y-%m-%d}"
    work.lab.step("the DCC brought the SM WAN", "MP121 report 2").done(told)


def fit_hub(work: Installation) -> None:
    """The hub is fitted, comes up on the SM WAN, and is reported."""
    work.fit_hub()
    work.report_hub()


def install_electricity(work: Installation, esme: SmartEnergyDevice) -> None:
    """The electricity meter joins, is commissioned, and told its MPAN."""
    work.install(esme)
    work.commission(esme)
    work.set_mpxn(esme)


def install_gas(work: Installation, gsme: SmartEnergyDevice) -> None:
    """The gas meter is commissioned first; that its proxy joins it commissions the proxy (4.10)."""
    work.install(gsme)
    work.commission(gsme)
    join_proxy(work, gsme)
    work.set_mpxn(gsme)


def join_proxy(work: Installation, gsme: SmartEnergyDevice) -> None:
    """The gas proxy goes into the device log of a commissioned gas meter (SEC App. AC 4.10)."""
    work.join(gsme.description.eui64, work.gas_proxy, "8.7.2", "SEC App. AC 4.10")
    told = "the gas proxy counts as commissioned"
    work.await_status(work.gas_proxy, COMMISSIONED, told, "SEC App. AC 4.10")


def install_others(work: Installation, devices: Iterable[SmartEnergyDevice]) -> None:
    """Displays and switches join the network, then the meters that are to talk to them."""
    for device in devices:
        if device.description.kind in TAKEN_BY_METERS:
            work.install(device)
            join_electricity(work, device)
            join_gas(work, device)


def join_electricity(work: Installation, device: SmartEnergyDevice) -> None:
    """The electricity meter takes the device into its log, a Type 1 device also the meter."""
    eui64, kind = device.description.eui64, device.description.kind
    esme = work.find("ESME")
    if esme is None:
        return
    if kind in ("IHD", "CAD"):
        work.join(esme, eui64, "8.7.2", "GBCS CS03B; SEC App. AC 4.15")
        return
    work.join(esme, eui64, "8.7.1", "GBCS CS03A1; SEC App. AC 4.9")
    work.join(eui64, esme, "8.7.2" if kind == "PPMID" else "8.7.1", "GBCS CS03A2")
    told = f"{device.name} counts as commissioned"
    work.await_status(eui64, COMMISSIONED, told, "SEC App. AC 4.9")


def join_gas(work: Installation, device: SmartEnergyDevice) -> None:
    """What shows gas joins the proxy; a PPMID and the gas meter know each other as well."""
    eui64, kind = device.description.eui64, device.description.kind
    gsme = work.find("GSME")
    if gsme is None or kind == "HCALCS":
        return
    if kind == "PPMID":
        work.join(gsme, eui64, "8.7.1", "GBCS CS03C")
        work.join(eui64, gsme, "8.7.2", "GBCS CS03C")
    work.join(work.gas_proxy, eui64, "8.7.2", "GBCS CS03B; SEC App. AC 4.9")


def come_back(work: Installation) -> None:
    """A home of an earlier run gets its power again; everybody knows everybody."""
    hub = work.home.hub
    work.lab.step("the hub starts its network again", "R22 3.6.1.1").do(hub.power_on).do(
        lambda: work.side.connect(hub)
    ).until(lambda: hub.joined, within="1 min")
    for device in work.home.joiners:
        rejoin(work.lab, work.home, device, within="5 min")


def install_home(work: Installation) -> None:
    """Everything there is in the home, meters first; what was installed before comes back."""
    if work.home.hub.remembers:
        come_back(work)
        return
    work.pre_notify_hub()
    work.pre_notify(*work.home.joiners)
    fit_hub(work)
    meters = {device.description.kind: device for device in work.home.joiners}
    if "ESME" in meters:
        install_electricity(work, meters["ESME"])
    if "GSME" in meters:
        install_gas(work, meters["GSME"])
    install_others(work, work.home.joiners)


def check_logs(work: Installation) -> None:
    """Device logs and a register are read, as a supplier does before it leaves."""
    work.ask("the hub's device log is read", Ask(srv="8.9", clause="GBCS CCS06", target=work.hub))
    esme = work.find("ESME")
    if esme is None:
        return
    work.ask("the meter's device log is read", Ask(srv="8.9", clause="GBCS CS07", target=esme))
    work.ask("the import register is read", Ask(srv="4.1.1", clause="GBCS ECS17b", target=esme))
