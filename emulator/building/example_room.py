"""Crowded meter rooms to begin with: made for emulation, of no real building.

Meters hang side by side over a row of cut-outs; trunking runs over them, and over that hangs a box
that nothing needs any more. Nowhere near a meter is there space for a bridge until trunking goes.
"""

from collections.abc import Sequence
from typing import Final

from emulator.alt_han.coordination.parties import MeterPoint, Site
from emulator.alt_han.meter_room.items import Item, ItemKind, Owner
from emulator.alt_han.meter_room.placement import Need
from emulator.alt_han.meter_room.room import MeterRoom
from emulator.alt_han.meter_room.shapes import Rectangle

LANDLORD: Final = "landlord"
NETWORK: Final = "network operator"
_PITCH: Final = 260
_HEIGHT: Final = 700
_LEAD: Final = 150


FIRST: Final = "1200000000011"
SECOND: Final = "1200000000020"
POINTS: Final = (
    MeterPoint(mpan=FIRST, customer="flat 1", supplier="supplier A"),
    MeterPoint(mpan=SECOND, customer="flat 2", supplier="supplier B"),
)


def example_site(name: str, points: Sequence[MeterPoint] = POINTS) -> Site:
    """A crowded room with a meter for each point."""
    items = tuple(
        item for number, point in enumerate(points) for item in _items(number, point.mpan)
    )
    room = MeterRoom(name=name, width=_PITCH * len(points), height=_HEIGHT, items=items)
    return Site(room=room, points=tuple(points), distributor=NETWORK, building_owner=LANDLORD)


def _items(number: int, mpan: str) -> tuple[Item, ...]:
    left, name = number * _PITCH, number + 1

    def item(
        kind: ItemKind, owner: Owner, place: tuple[int, int, int, int], *, redundant: bool = False
    ) -> Item:
        x, bottom, width, height = place
        return Item(
            name=f"{kind.value} {name}",
            kind=kind,
            owner=owner,
            place=Rectangle(left + x, bottom, width, height),
            meter_point=mpan if owner in (Owner.SUPPLIER, Owner.CUSTOMER) else "",
            redundant=redundant,
        )

    return (
        item(ItemKind.CUT_OUT, Owner.DISTRIBUTOR, (0, 0, 150, 200)),
        item(ItemKind.CUSTOMER_SWITCH, Owner.CUSTOMER, (150, 0, 110, 200)),
        item(ItemKind.METER, Owner.SUPPLIER, (30, 200, 200, 300)),
        item(ItemKind.TRUNKING, Owner.BUILDING_OWNER, (0, 500, _PITCH, 100)),
        item(
            ItemKind.DISTRIBUTION_EQUIPMENT,
            Owner.DISTRIBUTOR,
            (0, 600, _PITCH, 100),
            redundant=True,
        ),
    )


def bridge_at(mpan: str) -> Need:
    """The space that a bridge needs at a meter point, clearances included; an example."""
    return Need(kind=ItemKind.BRIDGE, meter_point=mpan, width=120, height=90, lead=_LEAD)


def hub_at(mpan: str) -> Need:
    """The space that a communications hub beside the meter needs; an example."""
    return Need(
        kind=ItemKind.COMMUNICATIONS_HUB, meter_point=mpan, width=130, height=95, lead=_LEAD
    )


def smets2_meter_at(mpan: str) -> Need:
    """The space of a SMETS2 meter, which takes the place of the meter that is there; an example."""
    return Need(
        kind=ItemKind.SMETS2_METER,
        meter_point=mpan,
        width=190,
        height=280,
        lead=_LEAD,
        in_place_of_meter=True,
    )
