"""What hangs in a meter room, and whose it is (DCP 400 4.4, 4.5)."""

from dataclasses import dataclass
from enum import Enum

from emulator.alt_han.meter_room.shapes import Rectangle


class Owner(Enum):
    """Whose it is: the jurisdictions of DCP 400 4.4."""

    DISTRIBUTOR = "distributor"
    BUILDING_OWNER = "building owner"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"


class ItemKind(Enum):
    """What it is: the words of DCP 400 4.4, 4.5 and 6.9."""

    METER = "meter"
    SMETS2_METER = "SMETS2 meter"
    COMMUNICATIONS_HUB = "communications hub"
    BRIDGE = "Alt HAN bridge"
    CABLING = "cabling"
    POINT_OF_ISOLATION = "local point of isolation"
    CUSTOMER_SWITCH = "customer isolation switch"
    TRUNKING = "trunking"
    CABLE_TRAY = "cable tray"
    CUT_OUT = "cut-out"
    RISER = "riser"
    DISTRIBUTION_EQUIPMENT = "distribution equipment"
    CUSTOMER_EQUIPMENT = "customer equipment"
    INFRASTRUCTURE = "building infrastructure"
    FABRIC = "building fabric"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing on the wall.

    Args:
        name: of its own in the room.
        owner: whose permission a change of it needs.
        place: what it covers.
        meter_point: the MPAN it belongs to; empty for what belongs to none.
        redundant: whether nothing needs it any more.
    """

    name: str
    kind: ItemKind
    owner: Owner
    place: Rectangle
    meter_point: str = ""
    redundant: bool = False
