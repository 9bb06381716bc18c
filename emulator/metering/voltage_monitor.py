"""Average voltage of each period, and thresholds that tell when voltage crosses them.

SMETS2 5.7.4.2 to 5.7.4.6 (averages) and 5.7.4.35 to 5.7.4.44 (extremes, swell and sag). Averages
are of the root mean square over a period; here of a voltage that is given as steps, time-weighted.
An average is told when the one before was on the other side of its threshold; an extreme when it
has lasted, and when its end has (GBCS 16.2).
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from emulator.kernel.units import Duration, Instant, later


class VoltageEvent(StrEnum):
    """What crossing a threshold is called (SMETS2 5.7.4, GBCS 16.2)."""

    AVERAGE_OVER = "average RMS voltage above threshold"
    AVERAGE_OVER_ENDED = "average RMS voltage no longer above threshold"
    AVERAGE_UNDER = "average RMS voltage below threshold"
    AVERAGE_UNDER_ENDED = "average RMS voltage no longer below threshold"
    EXTREME_OVER = "RMS voltage above extreme over voltage threshold"
    EXTREME_OVER_ENDED = "RMS voltage no longer above extreme over voltage threshold"
    EXTREME_UNDER = "RMS voltage below extreme under voltage threshold"
    EXTREME_UNDER_ENDED = "RMS voltage no longer below extreme under voltage threshold"
    SWELL = "RMS voltage above swell threshold"
    SWELL_ENDED = "RMS voltage no longer above swell threshold"
    SAG = "RMS voltage below sag threshold"
    SAG_ENDED = "RMS voltage no longer below sag threshold"


ENDED: Final = {
    VoltageEvent.AVERAGE_OVER: VoltageEvent.AVERAGE_OVER_ENDED,
    VoltageEvent.AVERAGE_UNDER: VoltageEvent.AVERAGE_UNDER_ENDED,
    VoltageEvent.EXTREME_OVER: VoltageEvent.EXTREME_OVER_ENDED,
    VoltageEvent.EXTREME_UNDER: VoltageEvent.EXTREME_UNDER_ENDED,
    VoltageEvent.SWELL: VoltageEvent.SWELL_ENDED,
    VoltageEvent.SAG: VoltageEvent.SAG_ENDED,
}
"""What the end of each is called."""
_OVER: Final = frozenset((VoltageEvent.EXTREME_OVER, VoltageEvent.SWELL))


class Threshold(NamedTuple):
    """A threshold for what voltage is at a time.

    Args:
        event: that it is about; which side is beyond goes with it.
        lasting: how long voltage must be on the other side to be told.
    """

    event: VoltageEvent
    millivolts: int
    lasting: Duration

    def beyond(self, millivolts: int) -> bool:
        """Whether a voltage is beyond it."""
        if self.event in _OVER:
            return millivolts > self.millivolts
        return millivolts < self.millivolts


@dataclass(frozen=True, slots=True, kw_only=True)
class VoltageSettings:
    """What is watched for; voltages in millivolts.

    Args:
        period: over which the average is taken; None for no averages.
        average_over: above which an average is told and counted; None for none.
        average_under: below which it is.
        thresholds: for what voltage is at a time.
        averages_kept: entries of the log of averages (use-case annex of GBCS, ECS23).
    """

    period: Duration | None = None
    average_over: int | None = None
    average_under: int | None = None
    thresholds: tuple[Threshold, ...] = ()
    averages_kept: int = 4320


class Average(NamedTuple):
    """An average.

    Args:
        ended: when its period did.
    """

    ended: Instant
    millivolts: int


@dataclass(slots=True)
class _Watched:
    """A threshold, which side of it was told last, and when the other side will have lasted."""

    threshold: Threshold
    told: bool = False
    due: Instant | None = None


class VoltageMonitor:
    """Watches one phase; what is due is done in order, however late it is asked for.

    Args:
        settings: what is watched for.
        millivolts: at `now`.
    """

    def __init__(self, settings: VoltageSettings, millivolts: int, now: Instant) -> None:
        self.settings = settings
        self.millivolts = millivolts
        self._at = now
        self._period_ends = None if settings.period is None else later(now, settings.period)
        self._area = 0
        self._watched = [_Watched(each) for each in settings.thresholds]
        self._beyond: dict[VoltageEvent, bool] = {}
        """On which side of its thresholds the last average was."""
        self._settled = False
        """Whether the averages to come are like the last one, if voltage stays."""
        self.averages: deque[Average] = deque(maxlen=settings.averages_kept)
        self.over = 0
        self.under = 0
        """How many averages were above, and below (SMETS2 5.7.5.7 and 5.7.5.8)."""
        self._take(millivolts, now)

    @property
    def deadline(self) -> Instant | None:
        """When the next average is complete, or something has lasted."""
        dues = (self._period_ends, *(each.due for each in self._watched))
        return min((each for each in dues if each is not None), default=None)

    @property
    def alert_due(self) -> Instant | None:
        """When there may be something to tell; averages like the last one are none."""
        dues = [each.due for each in self._watched if each.due is not None]
        if self._period_ends is not None and not self._settled:
            dues.append(self._period_ends)
        return min(dues, default=None)

    def observe(self, millivolts: int, now: Instant) -> Sequence[VoltageEvent]:
        """Take the voltage from now on; what came before it."""
        events = self.wake(now)
        self._take(millivolts, now)
        return events

    def wake(self, now: Instant) -> Sequence[VoltageEvent]:
        """What crossed a threshold up to now."""
        events: list[VoltageEvent] = []
        while (due := self.deadline) is not None and due <= now:
            self._add(due)
            for each in self._watched:
                if each.due == due:
                    each.told, each.due = not each.told, None
                    event = each.threshold.event
                    events.append(event if each.told else ENDED[event])
            if due == self._period_ends:
                events.extend(self._end_period(due))
        self._add(now)
        return events

    def _add(self, until: Instant) -> None:
        self._area += self.millivolts * (until - self._at)
        self._at = until

    def _end_period(self, ended: Instant) -> Iterator[VoltageEvent]:
        settings = self.settings
        if settings.period is None:
            return
        average = self._area // settings.period
        self.averages.append(Average(ended, average))
        self._settled = self._area == self.millivolts * settings.period
        self._area = 0
        self._period_ends = later(ended, settings.period)
        over = settings.average_over is not None and average > settings.average_over
        under = settings.average_under is not None and average < settings.average_under
        self.over += over
        self.under += under
        sides = ((VoltageEvent.AVERAGE_OVER, over), (VoltageEvent.AVERAGE_UNDER, under))
        for event, beyond in sides:
            if beyond is not self._beyond.get(event, False):
                yield event if beyond else ENDED[event]
            self._beyond[event] = beyond

    def _take(self, millivolts: int, now: Instant) -> None:
        self._settled = self._settled and millivolts == self.millivolts
        self.millivolts = millivolts
        for each in self._watched:
            if each.threshold.beyond(millivolts) is each.told:
                each.due = None
            elif each.due is None:
                each.due = later(now, each.threshold.lasting)
