"""A standalone auxiliary proportional controller as a whole: its controllers, and what it tells.

SMETS2 9.5 and 9.6, by the clauses that the use-case annex of GBCS names. It measures nothing: it
goes by calendar, commands, limits and boosts, as an electricity meter's controllers do.
"""

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from emulator.kernel.units import START, Instant
from emulator.metering.auxiliary_controllers import AuxiliaryControllers
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.event_codes import MeterEvent, limit_events


class LoadController:
    """Everything that one controller does by itself.

    Args:
        clock: its own.
        now: since when it has power.
    """

    def __init__(self, clock: DriftingClock, now: Instant = START) -> None:
        self.clock = clock
        self.auxiliary = AuxiliaryControllers(clock.own(now))
        self.events: deque[MeterEvent] = deque()
        self.concerns: dict[str, Callable[[], None]] = {}
        """What sets it up again, by what it is about, from where its configuration is kept."""
        self._outdated: list[str] = []

    def own(self, now: Instant) -> int:
        """Own time."""
        return self.clock.own(now)

    def outdate(self, *concerns: str) -> None:
        """Set these up again before anything else happens; all of them when none is named."""
        self._outdated.extend(concerns or self.concerns)

    def set_offset(self, microseconds: int) -> None:
        """Let its calendar switch so much later (SMETS2 9.6.3.4)."""
        self.auxiliary.offset = microseconds

    def tell(self, own: int, code: int, since: int | None = None) -> None:
        """Keep an event until it is taken."""
        self.events.append(MeterEvent(own, code, since))

    def advance(self, now: Instant) -> None:
        """Do what is due by `now`."""
        outdated, self._outdated = dict.fromkeys(self._outdated), []
        for concern in outdated:
            self.concerns[concern]()
        self.events.extend(limit_events(self.auxiliary.advance(self.own(now))))

    def deadline(self, now: Instant) -> Instant | None:
        """When it may have something to do; None while nothing can happen."""
        self.advance(now)
        change = self.auxiliary.next_change(self.own(now))
        return None if change is None else self.clock.instant(change)

    def synchronise(self, now: Instant, error: int = 0) -> int:
        """Set the clock; how far it was moved, microseconds."""
        self.advance(now)
        return self.clock.synchronise(now, error)

    def move_clock(self, by: int, now: Instant) -> int:
        """Set the clock forward by so many microseconds, or back; how far it was moved."""
        return self.synchronise(now, self.clock.error(now) + by)

    def snapshot(self, now: Instant) -> dict[str, Any]:
        """All that it keeps without power, as JSON knows it, but for its configuration."""
        self.advance(now)
        return {
            "at": self.own(now),
            "clock": self.clock.snapshot(),
            "auxiliary": self.auxiliary.snapshot(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Hold what a snapshot says; what was due without power is done when somebody looks."""
        self.clock.restore(state["clock"])
        self.auxiliary.restore(state["auxiliary"])
        self.outdate()
