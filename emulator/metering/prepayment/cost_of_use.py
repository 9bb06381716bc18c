"""What use cost today, this week and this month, and before (SMETS2 5.7.5.12, cost of use)."""

from collections import deque
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from emulator.kernel.units import ZIGBEE_EPOCH
from emulator.metering.drifting_clock import moment_of
from emulator.metering.quantities import DAY

DAYS_KEPT: Final = 8
WEEKS_KEPT: Final = 5
MONTHS_KEPT: Final = 13
"""Periods that are over, by what is kept of each (SMETS2 5.7.5.12)."""


class Period(StrEnum):
    """Of what."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_KEPT: Final = {Period.DAY: DAYS_KEPT, Period.WEEK: WEEKS_KEPT, Period.MONTH: MONTHS_KEPT}


class CostOfUse:
    """Cost by period, in UTC; weeks begin on Monday.

    Args:
        own: now, own time.
    """

    def __init__(self, own: int) -> None:
        self.current = dict.fromkeys(Period, 0)
        self.past = {each: deque[int](maxlen=kept) for each, kept in _KEPT.items()}
        """Newest last."""
        self._day = moment_of(own).date()
        self._number = own // DAY

    def add(self, cost: int, own: int) -> None:
        """Add what became due at an own time; periods that are over by then are put aside."""
        self.turn(own)
        for each in Period:
            self.current[each] += cost

    def turn(self, own: int) -> None:
        """Put periods aside that are over by an own time."""
        if own // DAY > self._number:
            self._number = own // DAY
            self._turn(moment_of(own).date())

    def _turn(self, day: date) -> None:
        for each in Period:
            over = _number(each, day) - _number(each, self._day)
            for _ in range(min(_KEPT[each] + 1, over)):
                self.past[each].append(self.current[each])
                self.current[each] = 0
        self._day = day

    def snapshot(self) -> dict[str, Any]:
        """Its state, as JSON knows it."""
        return {
            "day": self._day.toordinal(),
            "current": {each.value: cost for each, cost in self.current.items()},
            "past": {each.value: list(costs) for each, costs in self.past.items()},
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        self._day = date.fromordinal(state["day"])
        self._number = self._day.toordinal() - ZIGBEE_EPOCH.toordinal()
        self.current = {each: state["current"][each.value] for each in Period}
        self.past = {
            each: deque(state["past"][each.value], maxlen=kept) for each, kept in _KEPT.items()
        }


def _number(period: Period, day: date) -> int:
    """How many days, weeks or months there were up to a day."""
    if period is Period.DAY:
        return day.toordinal()
    if period is Period.WEEK:
        return (day.toordinal() - 1) // 7
    return day.year * 12 + day.month
