"""A faulty comms hub is exchanged: the new one restores both device logs, and devices return."""

from dataclasses import replace

from emulator.kernel.identity import Eui64
from emulator.lab.home.home import has_agreed_key
from emulator.lab.installing.installation import COMMISSIONED, NEXT_WAKE, Ask, Installation
from emulator.lab.installing.visits import check_logs, install_home, plan
from emulator.lab.kept.result import Source
from emulator.lab.lab import Lab
from emulator.lab.world.remote_side import SPARE_HUB
from emulator.smart_energy.device import SmartEnergyDevice

SOURCES = (
    Source("GBCS", "use cases CCS03, GCS59, CS14, GCS62"),
    Source("DUIS 5.4", "SRV 8.14.3, 8.12.1, 8.12.2"),
    Source("ZSE 1.4", "5.4"),
)
TAGS = ("hub-exchange", "dcc", "inventory", "gbcs", "recovery")
SHIPMENT = "dual-fuel.csv"
SERVICE_MODE = "end_to_end"
NEW_HUB, NEW_PROXY = SPARE_HUB


def run(lab: Lab) -> None:
    """Every device comes back under the hash of its key, and agrees a new one."""
    lab.home_needs("ESME")
    work = plan(lab)
    install_home(work)
    old, old_proxy = work.hub, work.gas_proxy
    work.home.hub.power_off()
    fault = {"DeviceID": old, "OtherDeviceID": NEW_HUB, "FaultReason": "Power"}
    returned = Ask(srv="8.14.3", clause="DUIS 5.4 SRV 8.14.3", parameters=fault)
    work.ask("the faulty hub is returned", returned)
    work.await_status(old, "Withdrawn", "it counts as withdrawn")
    line = replace(lab.shipment.hub, eui64=NEW_HUB)
    hub = lab.another(line, NEW_PROXY)
    told = {
        "DeviceID": NEW_HUB,
        "DeviceType": "CHF",
        "AssociatedGPFDeviceID": NEW_PROXY,
        "DeviceManufacturer": line.manufacturer,
        "DeviceModel": line.model,
        "FirmwareVersion": line.firmware,
    }
    listed = Ask(srv="12.2", clause="DUIS 5.4 SRV 12.2", parameters=told)
    work.ask("the new hub is pre-notified", listed)
    lab.step("the new hub is fitted", "GBCS CCS03").do(hub.power_on).do(
        lambda: work.side.connect(hub)
    ).run("10 s")
    work.await_status(NEW_HUB, COMMISSIONED, "the new hub is heard on the SM WAN")
    restore = Ask(
        srv="8.12.1",
        clause="GBCS CCS03",
        target=NEW_HUB,
        parameters={"OldCHFID": old},
    )
    work.ask("it takes over the old hub's device log", restore)
    for device in work.home.joiners:
        await_return(lab, device)
    gsme = work.find("GSME")
    if gsme is not None:
        restore_proxy(work, old_proxy, gsme)
    check_logs(replace(work, home=replace(work.home, hub=hub)))


def restore_proxy(work: Installation, old_proxy: Eui64, gsme: Eui64) -> None:
    """The new gas proxy takes over the log that the old one told of; without gas there is none."""
    proxy = Ask(
        srv="8.12.2",
        clause="GBCS GCS59",
        target=NEW_PROXY,
        parameters={"OldGPFID": old_proxy},
    )
    work.ask("its gas proxy takes over the old one's device log", proxy)
    read = Ask(srv="4.1.1", clause="GBCS GCS13a", target=gsme, within=NEXT_WAKE)
    work.ask("the gas register is read through the new hub", read)


def await_return(lab: Lab, device: SmartEnergyDevice) -> None:
    """Wait until a device has agreed a key with the new hub."""
    lab.step(f"{device.name} is back with a new key", "ZSE 1.4 5.4").until(
        lambda: has_agreed_key(device) and device.hub == NEW_HUB,
        within="12 h",
        otherwise=lambda: lab.where(device),
    )
