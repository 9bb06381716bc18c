"""What displays saw, in order: the last sight of each supply, and how a value went."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from emulator.kernel.identity import Eui64
from emulator.kernel.trace import Record
from emulator.kernel.units import Instant
from emulator.lab.home.home import Home
from emulator.smart_energy.home.home_seen import HomeSeen

_KEPT: Final = 50_000
"""Sights that are kept: a month of two displays that look at two supplies each minute is less."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A display saw this, then."""

    at: Instant
    display: str
    seen: HomeSeen


class Sightings:
    """Everything that displays saw."""

    def __init__(self) -> None:
        self._sights: deque[Sight] = deque(maxlen=_KEPT)

    def note(self, record: Record) -> None:
        """Take note of what a fact tells of it."""
        if isinstance(record.fact, HomeSeen):
            self._sights.append(Sight(record.at, record.node, record.fact))

    def of_supply(self, supply: Eui64) -> Sequence[Sight]:
        """Everything that was seen of a supply, in order."""
        return [each for each in self._sights if each.seen.supply == supply]

    def last(self, display: str) -> Sequence[Sight]:
        """The last that a display saw of each element of a supply: electricity before gas."""
        latest = {
            (each.seen.supply, each.seen.element): each
            for each in self._sights
            if each.display == display
        }
        return sorted(
            latest.values(), key=lambda each: (each.seen.fuel, each.seen.supply, each.seen.element)
        )


def displays_of(home: Home) -> Sequence[tuple[str, str]]:
    """Name and type of every display of a home, in the shipment's order."""
    return [
        (each.name, each.description.kind) for each in home.joiners if each.description.shows_home
    ]
