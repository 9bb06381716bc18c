"""A meter's own time: it drifts by so many parts in a thousand million, and can be set.

Own time is in whole microseconds since 2000-01-01 UTC. All is exact, so that an instant at which a
half hour ends is found without searching.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from emulator.kernel.errors import LocalError
from emulator.kernel.units import ZIGBEE_EPOCH, Calendar, Instant

_PARTS: Final = 1_000_000_000
_MICROSECOND: Final = timedelta(microseconds=1)


class DriftingClock:
    """Own time as a function of virtual time.

    Args:
        calendar: true time.
        drift: parts in 10^9 by which it is fast; negative when slow. SMETS2 4.4.2 and 5.5.2 want
            no more than 10 s from UTC, which a meter reaches by being set.

    Raises:
        LocalError: when it would stand still or run backwards.
    """

    def __init__(self, calendar: Calendar, drift: int = 0) -> None:
        if drift <= -_PARTS:
            raise LocalError(f"drift {drift}: a clock must run forwards")
        self._calendar = calendar
        self._drift = drift
        self._set_at = 0
        self._own = self._true(Instant(0))
        self.times_set = 0

    def own(self, now: Instant) -> int:
        """Own time."""
        return self._own + (now - self._set_at) * (_PARTS + self._drift) // _PARTS

    def instant(self, own: int) -> Instant:
        """The first instant at which own time is at least `own`, unless it is set before."""
        ahead = own - self._own
        return Instant(self._set_at - (-ahead * _PARTS // (_PARTS + self._drift)))

    def instants(self, owns: Iterable[int]) -> list[Instant]:
        """Those of several own times."""
        set_at, begin, parts = self._set_at, self._own, _PARTS + self._drift
        if not self._drift:
            return [Instant(own - begin + set_at) for own in owns]
        return [Instant(set_at - ((begin - own) * _PARTS // parts)) for own in owns]

    def error(self, now: Instant) -> int:
        """Microseconds by which it is fast."""
        return self.own(now) - self._true(now)

    def synchronise(self, now: Instant, error: int = 0) -> int:
        """Take true time, or what is `error` microseconds ahead; how far it was moved."""
        before = self.own(now)
        self._set_at, self._own = now, self._true(now) + error
        self.times_set += 1
        return self._own - before

    def snapshot(self) -> dict[str, int]:
        """Its state, as JSON knows it."""
        return {"set_at": self._set_at, "own": self._own, "drift": self._drift}

    def restore(self, state: Mapping[str, int]) -> None:
        """Go on as a snapshot says."""
        self._set_at, self._own = state["set_at"], state["own"]
        self._drift = state["drift"]

    def _true(self, now: Instant) -> int:
        return own_time(self._calendar.moment(now))


def own_time(moment: datetime) -> int:
    """Microseconds since 2000 of a moment in UTC."""
    return (moment - ZIGBEE_EPOCH) // _MICROSECOND


def moment_of(own: int) -> datetime:
    """The moment in UTC that own time stands for."""
    return ZIGBEE_EPOCH + own * _MICROSECOND
