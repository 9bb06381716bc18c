"""Average voltage of each period, and thresholds that tell when voltage crosses them.

SMETS2 5.7.4.2 to 5.7.4.6 (averages) and 5.7.4.35 to 5.7.4.44 (extremes). Averages are of the root
mean square over a period; here of a voltage that is given as steps, time-weighted.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from emulator.kernel.units import Duration, Instant, later


class VoltageEvent(StrEnum):
    """What crossing a threshold is called (SMETS2 5.7.4)."""

    AVERAGE_OVER = "average RMS voltage above threshold"
    AVERAGE_UNDER = "average RMS voltage below threshold"
    EXTREME_OVER = "RMS voltage above extreme over voltage threshold"
    EXTREME_UNDER = "RMS voltage below extreme under voltage threshold"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoltageSettings:
    """What is watched for; voltages in millivolts.

    Args:
        period: over which the average is taken.
        extreme_period: how long a voltage must be extreme to be told.
        averages_kept: entries of the log of averages (use-case annex of GBCS, ECS23).
    """

    period: Duration
    average_over: int
    average_under: int
    extreme_over: int
    extreme_under: int
    extreme_period: Duration
    averages_kept: int = 4320


class Average(NamedTuple):
    """An average.

    Args:
        ended: when its period did.
    """

    ended: Instant
    millivolts: int


class VoltageMonitor:
    """Watches one phase; what is due is done in order, however late it is asked for.

    Args:
        settings: what is watched for.
        millivolts: at `now`.
    """

    def __init__(self, settings: VoltageSettings, millivolts: int, now: Instant) -> None:
        self._settings = settings
        self._volts = millivolts
        self._at = now
        self._period_ends = later(now, settings.period)
        self._area = 0
        self._extreme: VoltageEvent | None = None
        self._extreme_at: Instant | None = None
        self.averages: deque[Average] = deque(maxlen=settings.averages_kept)
        self.over = 0
        self.under = 0
        """How many averages were above, and below (SMETS2 5.7.5.7 and 5.7.5.8)."""
        self._take(millivolts, now)

    @property
    def deadline(self) -> Instant:
        """When the next average is complete, or an extreme has lasted."""
        if self._extreme_at is None:
            return self._period_ends
        return min(self._period_ends, self._extreme_at)

    def observe(self, millivolts: int, now: Instant) -> Sequence[VoltageEvent]:
        """Take the voltage from now on; what came before it."""
        events = self.wake(now)
        self._take(millivolts, now)
        return events

    def wake(self, now: Instant) -> Sequence[VoltageEvent]:
        """What crossed a threshold up to now."""
        events: list[VoltageEvent] = []
        while self.deadline <= now:
            at = self.deadline
            self._add(at)
            if at == self._extreme_at and self._extreme is not None:
                events.append(self._extreme)
                self._extreme_at = None
            if at == self._period_ends:
                events.extend(self._end_period())
        self._add(now)
        return events

    def _add(self, until: Instant) -> None:
        self._area += self._volts * (until - self._at)
        self._at = until

    def _end_period(self) -> Iterator[VoltageEvent]:
        settings = self._settings
        average = self._area // settings.period
        self.averages.append(Average(self._period_ends, average))
        self._area = 0
        self._period_ends = later(self._period_ends, settings.period)
        if average > settings.average_over:
            self.over += 1
            yield VoltageEvent.AVERAGE_OVER
        if average < settings.average_under:
            self.under += 1
            yield VoltageEvent.AVERAGE_UNDER

    def _take(self, millivolts: int, now: Instant) -> None:
        self._volts = millivolts
        extreme = self._extreme_of(millivolts)
        if extreme is not self._extreme:
            self._extreme = extreme
            told = later(now, self._settings.extreme_period)
            self._extreme_at = None if extreme is None else told

    def _extreme_of(self, millivolts: int) -> VoltageEvent | None:
        if millivolts > self._settings.extreme_over:
            return VoltageEvent.EXTREME_OVER
        if millivolts < self._settings.extreme_under:
            return VoltageEvent.EXTREME_UNDER
        return None
