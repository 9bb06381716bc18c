"""The site: its meter points, and whose they are."""

from dataclasses import dataclass
from enum import Enum

from emulator.alt_han.meter_room.room import MeterRoom


class Supply(Enum):
    """Whether electricity flows at a meter point, and who switched it off."""

    ENERGISED = "energised"
    FOUND_DEAD = "found de-energised"
    SWITCHED_OFF = "de-energised by the coordinator"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterPoint:
    """A meter point of the room.

    Args:
        mpan: its number.
        customer: who uses the electricity.
        supplier: the registered supplier when the room is nominated.
        whole_current: whether its metering is whole current; other metering is out (DCP 400 4.10).
        supply: as found.
    """

    mpan: str
    customer: str
    supplier: str
    whole_current: bool = True
    supply: Supply = Supply.ENERGISED


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A meter room with those who have a say in it.

    Args:
        room: as found.
        points: its meter points.
        distributor: the DNO or IDNO.
        building_owner: the building network operator, landlord or owner.
    """

    room: MeterRoom
    points: tuple[MeterPoint, ...]
    distributor: str
    building_owner: str
