"""Floods of alerts: one that stands for many (SECMP0062).

Alerts of one code from one device are passed on one by one up to a number within a window; from
then on they are counted, and when the window ends the last of them is passed on with the count.
"""

from collections import deque
from dataclasses import dataclass, field, replace

from emulator.dcc.service_request import DeviceAlert
from emulator.dcc.settings import Traffic
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later

_Source = tuple[Eui64, Eui64, int]
"""User, device and alert code."""


@dataclass(slots=True)
class _Flood:
    """What one source sent lately.

    Args:
        passed: when alerts were passed on.
        held: the last alert that was not.
        count: how many were not.
        ends: when the window of the held ones ends.
    """

    passed: deque[Instant] = field(default_factory=deque)
    held: DeviceAlert | None = None
    count: int = 0
    ends: Instant | None = None


class Throttle:
    """Holds back floods of alerts.

    Args:
        settings: when alerts are too many.
    """

    def __init__(self, settings: Traffic) -> None:
        self._settings = settings
        self._floods: dict[_Source, _Flood] = {}
        self._sequence = 0

    def passes(self, alert: DeviceAlert, now: Instant) -> bool:
        """Whether an alert is passed on at once; otherwise it is counted."""
        if alert.code in self._settings.excluded:
            return True
        flood = self._floods.setdefault((alert.user, alert.device, alert.code), _Flood())
        while flood.passed and later(flood.passed[0], self._settings.window) <= now:
            flood.passed.popleft()
        if flood.held is None and len(flood.passed) < self._settings.alerts:
            flood.passed.append(now)
            return True
        flood.held, flood.count = alert, flood.count + 1
        if flood.ends is None:
            flood.ends = later(now, self._settings.window)
        return False

    def consolidated(self, now: Instant) -> tuple[DeviceAlert, ...]:
        """One alert for each flood whose window has ended by `now`."""
        found = []
        for flood in self._floods.values():
            if flood.held is None or flood.ends is None or flood.ends > now:
                continue
            self._sequence += 1
            found.append(replace(flood.held, sequence_id=self._sequence, count=flood.count))
            flood.held, flood.count, flood.ends = None, 0, None
        return tuple(found)

    @property
    def deadline(self) -> Instant | None:
        """When the next window ends."""
        ends = [flood.ends for flood in self._floods.values() if flood.ends is not None]
        return min(ends, default=None)
