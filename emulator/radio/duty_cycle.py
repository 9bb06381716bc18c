"""How long a transmitter was on the air in the last hour, and what that makes of it (R22 Annex D).

Air time is counted in buckets, so that what was sent is forgotten a bucket at a time.
"""

from collections import deque
from typing import Final

from emulator.kernel.units import Duration, Instant
from emulator.radio.access_settings import DutyCycleSettings
from emulator.radio.phy.pages import PHYS
from emulator.radio.port import DutyMode

LONGEST_FRAME: Final = PHYS[28].airtime(PHYS[28].max_psdu)
"""What must still fit, so that a transmitter is not regulated."""


class DutyCycle:
    """The air time of one transmitter.

    Args:
        settings: limits and buckets.
    """

    def __init__(self, settings: DutyCycleSettings) -> None:
        self._settings = settings
        self._buckets: deque[list[int]] = deque()
        self._used = 0

    def add(self, duration: Duration, now: Instant) -> None:
        """Count a transmission that began at `now`."""
        self._forget(now)
        number = now // self._settings.bucket
        if not self._buckets or self._buckets[-1][0] != number:
            self._buckets.append([number, 0])
        self._buckets[-1][1] += duration
        self._used += duration

    def used(self, now: Instant) -> Duration:
        """Air time that still counts at `now`."""
        self._forget(now)
        return Duration(self._used)

    def mode(self, now: Instant, page: int) -> DutyMode:
        """What the air time so far makes of the transmitter on a channel page."""
        used = self.used(now)
        if used + LONGEST_FRAME > self._settings.ceiling(page):
            return DutyMode.REGULATED
        if used >= self._settings.critical:
            return DutyMode.CRITICAL
        return DutyMode.LIMITED if used >= self._settings.limited else DutyMode.NORMAL

    def fits(self, duration: Duration, now: Instant, page: int) -> bool:
        """Whether a transmission of that length stays within what the regulator allows."""
        return self.used(now) + duration <= self._settings.ceiling(page)

    def next_change(self, now: Instant) -> Instant | None:
        """When a bucket is next forgotten; None while nothing is counted."""
        self._forget(now)
        if not self._buckets:
            return None
        return Instant((self._buckets[0][0] + self._settings.buckets) * self._settings.bucket)

    def _forget(self, now: Instant) -> None:
        oldest = now // self._settings.bucket - self._settings.buckets
        while self._buckets and self._buckets[0][0] <= oldest:
            self._used -= self._buckets.popleft()[1]
