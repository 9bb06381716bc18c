"""The sequence chart of a home that goes on: transmissions are dissected when somebody looks."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from emulator.lab.dissector.dissector import Dissector
from emulator.lab.dissector.names import NameBook
from emulator.lab.kept.result import ChartRow
from emulator.lab.world.world import World
from emulator.radio.air import Transmission

KEPT: Final = 5_000
"""Transmissions that wait to be looked at; of older ones nothing is told."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the chart.

    Args:
        rows: the next ones, in order.
        more: whether others wait.
        dropped: how many were never looked at, and are gone.
    """

    rows: tuple[ChartRow, ...]
    more: bool
    dropped: int


class LiveChart:
    """Listens to the air of a world; asked and told in the loop.

    Args:
        world: whose air, names and keys.
        kept: transmissions that wait at most.
    """

    def __init__(self, world: World, kept: int = KEPT) -> None:
        self._world = world
        self._dissector: Dissector | None = None
        self._waiting: deque[Transmission] = deque()
        self._kept = kept
        self._dropped = 0
        world.site.air.listen(self.observe)

    def observe(self, transmission: Transmission) -> None:
        """Keep a transmission until somebody looks, or until there are too many."""
        self._waiting.append(transmission)
        if len(self._waiting) > self._kept:
            self._waiting.popleft()
            self._dropped += 1

    def close(self) -> None:
        """Listen no more."""
        self._world.site.air.stop_listening(self.observe)

    def take(self, most: int) -> Rows:
        """The next rows; each is given once."""
        reader = self._dissector = self._dissector or self._reader()
        count = min(most, len(self._waiting))
        rows = tuple(reader.row(self._waiting.popleft()) for _ in range(count))
        dropped, self._dropped = self._dropped, 0
        return Rows(rows, bool(self._waiting), dropped)

    def _reader(self) -> Dissector:
        return Dissector(NameBook(self._world.names), self._world.recorder.keys)
