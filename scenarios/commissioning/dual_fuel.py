"""A dual-fuel home is installed and commissioned through the DCC, message by message."""

from emulator.lab.installation import Ask, Installation, patience
from emulator.lab.lab import Lab
from emulator.lab.result import Source
from emulator.smart_energy.device import SmartEnergyDevice

SOURCES = (
    Source("SEC App. AC", "4.9 to 4.15"),
    Source("GBCS", "use cases CCS01, CS03, ECS70, GCS28"),
    Source("ZSE 1.4", "5.4"),
)
TAGS = ("commissioning", "dcc", "inventory", "gbcs")
SHIPMENT = "dual-fuel.csv"
SERVICE_MODE = "end_to_end"


def run(lab: Lab) -> None:
    """Hub, electricity, gas, then what joins meters; the gas meter before its proxy joins it."""
    side = lab.remote_side()
    work = Installation(lab, side, lab.home())
    esme, gsme = work.home.device("ESME"), work.home.device("GSME")
    work.pre_notify_hub()
    work.pre_notify(*work.home.joiners)
    work.fit_hub()
    work.report_hub()
    install_electricity(work, esme)
    install_gas(work, gsme)
    for device in work.home.joiners:
        if device not in (esme, gsme):
            install_other(work, device)
    check(work, esme)


def install_electricity(work: Installation, esme: SmartEnergyDevice) -> None:
    """Rows 3 to 8 of a usual installation: join, commission, MPAN."""
    work.install(esme)
    work.commission(esme)
    work.set_mpxn(esme)


def install_gas(work: Installation, gsme: SmartEnergyDevice) -> None:
    """The gas meter is commissioned first; joining its proxy to it commissions the proxy (4.10)."""
    work.install(gsme)
    work.commission(gsme)
    work.join(gsme.description.eui64, work.gas_proxy, "8.7.2", "SEC App. AC 4.10")
    proxy = "the gas proxy counts as commissioned"
    work.await_status(work.gas_proxy, "Commissioned", proxy, "SEC App. AC 4.10")
    work.set_mpxn(gsme)


def install_other(work: Installation, device: SmartEnergyDevice) -> None:
    """A display or a switch joins the network, then the meters that are to talk to it."""
    work.install(device)
    eui64, kind = device.description.eui64, device.description.kind
    esme = work.home.device("ESME").description.eui64
    gsme = work.home.device("GSME").description.eui64
    if kind in ("PPMID", "HCALCS"):
        work.join(esme, eui64, "8.7.1", "GBCS CS03A1; SEC App. AC 4.9")
        work.join(eui64, esme, "8.7.2" if kind == "PPMID" else "8.7.1", "GBCS CS03A2")
        name = f"{device.name} counts as commissioned"
        work.await_status(eui64, "Commissioned", name, "SEC App. AC 4.9")
    else:
        work.join(esme, eui64, "8.7.2", "GBCS CS03B; SEC App. AC 4.15")
    if kind == "PPMID":
        work.join(gsme, eui64, "8.7.1", "GBCS CS03C")
        work.join(eui64, gsme, "8.7.2", "GBCS CS03C")
    if kind != "HCALCS":
        work.join(work.gas_proxy, eui64, "8.7.2", "GBCS CS03B; SEC App. AC 4.9")


def check(work: Installation, esme: SmartEnergyDevice) -> None:
    """The device logs and the register are read, as a supplier does before it leaves."""
    eui64 = esme.description.eui64
    work.ask("the hub's device log is read", Ask(srv="8.9", clause="GBCS CCS06", target=work.hub))
    work.ask("the meter's device log is read", Ask(srv="8.9", clause="GBCS CS07", target=eui64))
    read = Ask(srv="4.1.1", clause="GBCS ECS17b", target=eui64, within=patience(esme))
    work.ask("the import register is read", read)
