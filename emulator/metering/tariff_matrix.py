"""The tariff of an electricity meter: registers by time of use, and by block and time of use.

SMETS2 5.7.4.46 to 5.7.4.50, 5.7.5.33 to 5.7.5.35; GBCS 7.3.7. Its calendar names scripts: 1 to 48
for a register of time of use, 101 to 108 for one with blocks, 201 to 204 for one of a second
element, as the reference messages show.
Blocks are counted for each time of use by itself, from the last reset on. That the counters which
remote parties read and reset are one and the same matrix is how the annex names them.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from emulator.kernel.errors import UsageError
from emulator.metering.quantities import COUNT
from emulator.metering.tariff_calendar import TariffCalendar

TIMES_OF_USE: Final = 48
BLOCKS: Final = 4
BLOCK_TIMES_OF_USE: Final = 8
FIRST_BLOCK_SCRIPT: Final = 101
SECOND_TIMES_OF_USE: Final = 4
BEFORE_SECOND_SCRIPTS: Final = 200
UNLIMITED: Final = 0xFFFFFFFF
"""A threshold that is never reached; reference messages fill lists up with it."""
_NO_SWITCH: Final = 2**62
_FIRST_REGISTER: Final = 1
"""The register that counts while no tariff was set; which one does is unverified."""
_BLOCK_PRICES: Final = 0xA0
"""Index of prices with blocks: A1 to A8 for the first block, B1 to B8 for the second, and so on."""
_NEXT_BLOCK: Final = 0x10


def register_of(script: int) -> int | None:
    """The register that a script lets count, named as the script; None where there is none."""
    with_blocks = FIRST_BLOCK_SCRIPT <= script < FIRST_BLOCK_SCRIPT + BLOCK_TIMES_OF_USE
    return script if 1 <= script <= TIMES_OF_USE or with_blocks else None


def second_register_of(script: int) -> int | None:
    """The register that a script lets count for a second element; None where there is none."""
    register = script - BEFORE_SECOND_SCRIPTS
    return register if 1 <= register <= SECOND_TIMES_OF_USE else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffTerms:
    """A tariff that can be executed.

    Args:
        calendar: scripts by time; None before a tariff was set.
        thresholds: watt hours at which the next block begins, by time of use from 1.
        prices: millipence a kilowatt hour, by index.
        standing_charge: millipence a day.

    Raises:
        UsageError: when thresholds do not ascend, or something is negative.
    """

    calendar: TariffCalendar | None = None
    thresholds: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    prices: Mapping[int, int] = field(default_factory=dict)
    standing_charge: int = 0

    def __post_init__(self) -> None:
        for time_of_use, thresholds in self.thresholds.items():
            limits = [each for each in thresholds if each != UNLIMITED]
            if len(limits) >= BLOCKS or any(late <= early for early, late in pairwise(limits)):
                raise UsageError(f"thresholds {limits} of time of use {time_of_use}: not ascending")
        if min((*self.prices.values(), self.standing_charge)) < 0:
            raise UsageError("tariff: prices and standing charge cannot be negative")


class TariffMatrix:
    """Counts by time of use and block; a follower of one channel, and what it costs.

    Args:
        place: of the channel among those of its meter.
    """

    def __init__(self, place: int = 0) -> None:
        self.terms = TariffTerms()
        self.offset = 0
        """Microseconds by which its switches are late (SMETS2 5.7.4.33)."""
        self.time_of_use: dict[int, int] = {}
        self.blocks: dict[tuple[int, int], int] = {}
        """By block from 0 and time of use from 1."""
        self._consumed: dict[int, int] = {}
        """By time of use, in all its blocks."""
        self._place = place
        self._begun = 0

    @property
    def standing_charge(self) -> int:
        """Millipence a day."""
        return self.terms.standing_charge

    def script(self, own: int) -> int:
        """The script that holds at an own time."""
        calendar = self.terms.calendar
        return _FIRST_REGISTER if calendar is None else calendar.register(own - self.offset)

    def block(self, time_of_use: int) -> int:
        """The block that counts for a time of use, from 0."""
        thresholds = self.terms.thresholds.get(time_of_use, ())
        return bisect_right(thresholds, self._consumed.get(time_of_use, 0))

    def price(self, own: int) -> int:
        """Millipence a kilowatt hour at an own time."""
        script = self.script(own)
        if script < FIRST_BLOCK_SCRIPT:
            return self.terms.prices.get(script, 0)
        time_of_use = script - FIRST_BLOCK_SCRIPT + 1
        index = _BLOCK_PRICES + _NEXT_BLOCK * self.block(time_of_use) + time_of_use
        return self.terms.prices.get(index, 0)

    def lasts(self, rate: int) -> int | None:  # noqa: ARG002 - the one shape
        """Never by the rate of its account: as a pacer of the meter it knows those of all."""
        return None

    def next_change(self, own: int) -> int:
        """Own time of the next switch."""
        calendar = self.terms.calendar
        if calendar is None:
            return _NO_SWITCH
        return calendar.next_switch(own - self.offset) + self.offset

    def paces(self, rates: Sequence[int], own: int) -> int | None:
        """Microseconds until the next block begins; None when none does."""
        rate, script = rates[self._place], self.script(own)
        if not rate or script < FIRST_BLOCK_SCRIPT:
            return None
        time_of_use = script - FIRST_BLOCK_SCRIPT + 1
        room = self._room(time_of_use)
        return None if room is None else max(1, -(-(room * COUNT - self._begun) // rate))

    def passed(self, amount: int, start: int, end: int) -> None:  # noqa: ARG002 - the one shape
        """Take what passed; a count that was begun before a switch belongs to what ends it."""
        counts, self._begun = divmod(self._begun + amount, COUNT)
        if not counts:
            return
        script = self.script(start)
        if script < FIRST_BLOCK_SCRIPT:
            self.time_of_use[script] = self.time_of_use.get(script, 0) + counts
            return
        time_of_use = script - FIRST_BLOCK_SCRIPT + 1
        while counts:
            room = self._room(time_of_use)
            part = counts if room is None else min(counts, room)
            key = self.block(time_of_use), time_of_use
            self.blocks[key] = self.blocks.get(key, 0) + part
            self._consumed[time_of_use] = self._consumed.get(time_of_use, 0) + part
            counts -= part

    def reset_blocks(self) -> None:
        """Count every time of use from its first block again (GBCS ECS05)."""
        self.blocks, self._consumed = {}, {}

    def _room(self, time_of_use: int) -> int | None:
        """Counts until the next block begins."""
        thresholds = self.terms.thresholds.get(time_of_use, ())
        block = self.block(time_of_use)
        if block >= len(thresholds) or thresholds[block] == UNLIMITED:
            return None
        return thresholds[block] - self._consumed.get(time_of_use, 0)

    def snapshot(self) -> dict[str, Any]:
        """What it counted, as JSON knows it."""
        return {
            "time_of_use": sorted(self.time_of_use.items()),
            "blocks": [(*key, counts) for key, counts in sorted(self.blocks.items())],
            "begun": self._begun,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        self.time_of_use = dict(state["time_of_use"])
        self.blocks = {(block, time): counts for block, time, counts in state["blocks"]}
        self._consumed = {}
        for (_, time_of_use), counts in self.blocks.items():
            self._consumed[time_of_use] = self._consumed.get(time_of_use, 0) + counts
        self._begun = state["begun"]
