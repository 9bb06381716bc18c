"""Time-of-use and block registers: every count goes to exactly one of each (SMETS2 5.7.5.34-36).

Counts are allotted whole, as they are complete. So the registers of a kind add up to what the
import register counted in the same time, at every instant.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from emulator.kernel.errors import UsageError
from emulator.metering.quantities import COUNT
from emulator.metering.tariff_calendar import TariffCalendar

BLOCKS = 4
"""Blocks of a tariff (SMETS2 5.7.4.49, tariff threshold matrix)."""


class TariffRegisters:
    """Counts by time of use, and by time of use and block.

    Args:
        calendar: which time-of-use register counts when.
        thresholds: counts of a block period at which the next block begins, at most three.
        weight: what a count weighs against them: 1, or the energy of a litre of gas.

    Raises:
        UsageError: when the thresholds do not ascend, or are too many.
    """

    def __init__(
        self, calendar: TariffCalendar, thresholds: Sequence[int] = (), weight: int = 1
    ) -> None:
        if len(thresholds) >= BLOCKS:
            raise UsageError(f"thresholds: {len(thresholds)}; expected at most {BLOCKS - 1}")
        if any(late <= early for early, late in pairwise((0, *thresholds))):
            raise UsageError(f"thresholds {list(thresholds)}: expected ascending, above zero")
        if weight < 1:
            raise UsageError(f"weight {weight}: expected 1 or more")
        self.calendar = calendar
        self.thresholds = tuple(thresholds)
        self.weight = weight
        self.time_of_use: dict[int, int] = {}
        self.blocks: dict[tuple[int, int], int] = {}
        """By block and time-of-use register."""
        self._consumed = 0
        self._begun = 0

    @property
    def consumed(self) -> int:
        """Weight of what passed since the block period began."""
        return self._consumed

    @property
    def block(self) -> int:
        """The block that counts."""
        return sum(threshold <= self._consumed for threshold in self.thresholds)

    def next_change(self, own: int) -> int:
        """Own time of the next switch."""
        return self.calendar.next_switch(own)

    def passed(self, amount: int, start: int, end: int) -> None:  # noqa: ARG002 - the one shape
        """Take what passed; a count that was begun before a switch belongs to what ends it."""
        counts, self._begun = divmod(self._begun + amount, COUNT)
        if not counts:
            return
        register = self.calendar.register(start)
        self.time_of_use[register] = self.time_of_use.get(register, 0) + counts
        while counts:
            block = self.block
            part = min(counts, self._room(block)) if block < len(self.thresholds) else counts
            key = block, register
            self.blocks[key] = self.blocks.get(key, 0) + part
            self._consumed += part * self.weight
            counts -= part

    def lasts(self, rate: int) -> int | None:
        """Microseconds until the next block begins at a rate; None when none does."""
        block = self.block
        if not rate or block == len(self.thresholds):
            return None
        return -(-(self._room(block) * COUNT - self._begun) // rate)

    def _room(self, block: int) -> int:
        """Counts until a block is full; the one that fills it belongs to it."""
        return -(-(self.thresholds[block] - self._consumed) // self.weight)

    def begin_block_period(self) -> None:
        """Count from the first block again, as at the end of a billing period."""
        self._consumed = 0

    def snapshot(self) -> dict[str, Any]:
        """What it counted, as JSON knows it."""
        return {
            "time_of_use": sorted(self.time_of_use.items()),
            "blocks": [(*key, counts) for key, counts in sorted(self.blocks.items())],
            "consumed": self._consumed,
            "begun": self._begun,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        self.time_of_use = dict(state["time_of_use"])
        self.blocks = {(block, register): counts for block, register, counts in state["blocks"]}
        self._consumed, self._begun = state["consumed"], state["begun"]
