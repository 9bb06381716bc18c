"""Homes that were installed through the DCC, for tests of what happens afterwards."""

from dataclasses import replace
from pathlib import Path

from emulator.lab.installing.installation import Installation
from emulator.lab.installing.visits import install_home, plan
from emulator.lab.laboratory import LabOptions
from emulator.lab.runs.emulated import emulated
from emulator.lab.shipments.shipment import HUB_TYPES, read_shipment


def installed_home(shipment: Path, *kinds: str, options: LabOptions | None = None) -> Installation:
    """A home with the hub and the devices of these kinds, installed and commissioned.

    Args:
        shipment: a shipment file that has them.
        kinds: of devices besides the hub; what else is in the shipment stays in the van.
        options: of the laboratory.
    """
    whole = read_shipment(shipment)
    kept = tuple(each for each in whole.devices if each.type in (*HUB_TYPES, *kinds))
    lab = emulated(replace(whole, devices=kept), options or LabOptions())
    work = plan(lab)
    install_home(work)
    return work
