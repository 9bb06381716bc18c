"""The laboratory in which everything is emulated, with pictures of what its meters measured."""

from typing import Final

from emulator.lab.displays.look import picture_home
from emulator.lab.lab import ROOMS, Lab
from emulator.lab.laboratory import LabOptions, LaboratoryKind
from emulator.lab.shipments.shipment import Shipment


def emulated(shipment: Shipment, options: LabOptions) -> Lab:
    """A laboratory whose report shows its meters and displays."""
    lab = Lab(shipment, options)
    lab.draw_home = picture_home
    return lab


EMULATED: Final = LaboratoryKind(emulated, ROOMS)
"""How it is made."""
