"""Where each device stands in the drawing of the network, and what joins them.

The hub is in the middle, its children on an ellipse around it, theirs on the next one out, each
in the wedge of its parent. Devices that are not on the network stand in rows below.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from emulator.lab.kept.result import DeviceRow

CARD_WIDTH: Final = 164.0
CARD_HEIGHT: Final = 70.0
_GAP: Final = 22.0
_FIRST_RING: Final = (236.0, 116.0)
_GROWTH: Final = 1.06
_HUB_TYPES: Final = ("CHF", "GPF")
"""The functions of a communications hub that a shipment file gives a row each."""


@dataclass(frozen=True, slots=True)
class Card:
    """One box of the drawing, by its centre; `also` are further rows that are the same box."""

    device: DeviceRow
    x: float
    y: float
    also: tuple[DeviceRow, ...] = ()
    is_hub: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A line from a device to its parent."""

    child: Card
    parent: Card


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole drawing: its size and what is on it."""

    width: float
    height: float
    cards: tuple[Card, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A place by angle and ring, before the ellipses have their size."""

    device: DeviceRow
    ring: int
    angle: float


def draw_network(devices: Sequence[DeviceRow]) -> Drawing:
    """The drawing of `devices`, no two cards of which overlap."""
    hubs = [row for row in devices if row.type in _HUB_TYPES or row.nwk == 0]
    others = [row for row in devices if row not in hubs]
    joined = [row for row in others if row.joined]
    middle = [Card(hubs[0], 0, 0, also=tuple(hubs[1:]), is_hub=True)] if hubs else []
    around = _around(joined, middle)
    cards = _framed([*middle, *around], [row for row in others if not row.joined])
    by_name = {card.device.name: card for card in cards}
    by_name |= {row.name: card for card in cards for row in card.also}
    links = tuple(
        Link(card, by_name[card.device.parent])
        for card in cards
        if card.device.joined and card.device.parent in by_name and not card.is_hub
    )
    right = max((card.x for card in cards), default=0.0) + CARD_WIDTH / 2 + _GAP
    below = max((card.y for card in cards), default=0.0) + CARD_HEIGHT / 2 + _GAP
    return Drawing(right, below, cards, links)


_Family = Mapping[str | None, Sequence[DeviceRow]]
"""Children by the name of their parent; those around the hub are under None."""


def _around(joined: Sequence[DeviceRow], middle: Sequence[Card]) -> list[Card]:
    """The joined devices around the origin, on ellipses just large enough."""
    places = list(_places(_family(joined)))
    scale = 1.0
    while _overlapping([*middle, *(_at(place, scale) for place in places)]):
        scale *= _GROWTH
    return [_at(place, scale) for place in places]


def _family(joined: Sequence[DeviceRow]) -> _Family:
    """Who stands around whom; a device whose line of parents comes back to it is around the hub."""
    names = {row.name for row in joined}
    parents = {row.name: row.parent if row.parent in names else None for row in joined}
    family: dict[str | None, list[DeviceRow]] = {None: []}
    for row in joined:
        seen = {row.name}
        above = parents[row.name]
        while above is not None and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == row.name:
            parents[row.name] = None
    for row in joined:
        family.setdefault(parents[row.name], []).append(row)
    return family


def _places(family: _Family) -> Iterator[_Place]:
    """A place for every device, parents before their children, each in its part of the sector."""
    waiting: list[tuple[str | None, int, float, float]] = [(None, 1, -math.pi, math.tau)]
    while waiting:
        parent, ring, start, width = waiting.pop(0)
        below = family.get(parent, ())
        whole = sum(_leaves(family, row) for row in below)
        for row in below:
            share = width * _leaves(family, row) / whole
            yield _Place(row, ring, start + share / 2)
            waiting.append((row.name, ring + 1, start, share))
            start += share


def _leaves(family: _Family, device: DeviceRow) -> int:
    """How many devices end a branch at or below `device`."""
    return sum(_leaves(family, row) for row in family.get(device.name, ())) or 1


def _at(place: _Place, scale: float) -> Card:
    across, down = (scale * place.ring * radius for radius in _FIRST_RING)
    return Card(place.device, across * math.cos(place.angle), down * math.sin(place.angle))


def _overlapping(cards: Sequence[Card]) -> bool:
    return any(
        abs(one.x - other.x) < CARD_WIDTH + _GAP and abs(one.y - other.y) < CARD_HEIGHT + _GAP
        for one, other in combinations(cards, 2)
    )


def _framed(cards: Sequence[Card], absent: Sequence[DeviceRow]) -> tuple[Card, ...]:
    """The cards moved to positive coordinates, with the absent devices in rows below."""
    left = min((card.x for card in cards), default=0.0) - CARD_WIDTH / 2 - _GAP
    top = min((card.y for card in cards), default=0.0) - CARD_HEIGHT / 2 - _GAP
    moved = [
        Card(card.device, card.x - left, card.y - top, card.also, card.is_hub) for card in cards
    ]
    right = max((card.x for card in moved), default=0.0) + CARD_WIDTH / 2
    below = max((card.y for card in moved), default=-CARD_HEIGHT / 2) + CARD_HEIGHT / 2 + 2 * _GAP
    columns = max(1, int(right // (CARD_WIDTH + _GAP)))
    for index, row in enumerate(absent):
        line, column = divmod(index, columns)
        x = _GAP + CARD_WIDTH / 2 + column * (CARD_WIDTH + _GAP)
        moved.append(Card(row, x, below + CARD_HEIGHT / 2 + line * (CARD_HEIGHT + _GAP)))
    return tuple(moved)
