"""The voltage of each phase of a meter, and what it tells of it (GBCS 16.2).

Events of a meter with several phases have codes of their own for each, which follow on that of a
meter with one.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from emulator.kernel.units import Instant
from emulator.metering.event_codes import EventCode
from emulator.metering.voltage_monitor import (
    Average,
    VoltageEvent,
    VoltageMonitor,
    VoltageSettings,
)

NOMINAL: Final = 230_000
"""Millivolts of a phase that nobody says anything of (BS EN 60038)."""
_CODES: Final = {
    VoltageEvent.AVERAGE_OVER: EventCode.AVERAGE_OVER_VOLTAGE,
    VoltageEvent.AVERAGE_OVER_ENDED: EventCode.AVERAGE_OVER_VOLTAGE_ENDED,
    VoltageEvent.AVERAGE_UNDER: EventCode.AVERAGE_UNDER_VOLTAGE,
    VoltageEvent.AVERAGE_UNDER_ENDED: EventCode.AVERAGE_UNDER_VOLTAGE_ENDED,
    VoltageEvent.EXTREME_OVER: EventCode.EXTREME_OVER_VOLTAGE,
    VoltageEvent.EXTREME_OVER_ENDED: EventCode.EXTREME_OVER_VOLTAGE_ENDED,
    VoltageEvent.EXTREME_UNDER: EventCode.EXTREME_UNDER_VOLTAGE,
    VoltageEvent.EXTREME_UNDER_ENDED: EventCode.EXTREME_UNDER_VOLTAGE_ENDED,
    VoltageEvent.SWELL: EventCode.VOLTAGE_SWELL,
    VoltageEvent.SWELL_ENDED: EventCode.VOLTAGE_SWELL_ENDED,
    VoltageEvent.SAG: EventCode.VOLTAGE_SAG,
    VoltageEvent.SAG_ENDED: EventCode.VOLTAGE_SAG_ENDED,
}

Tell = Callable[[Instant, int], None]


class VoltageWatch:
    """Watches every phase.

    Args:
        tell: takes the instant and the code of an event.
    """

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self.phases: tuple[VoltageMonitor, ...] = ()

    @property
    def deadline(self) -> Instant | None:
        """When something is due, if it is only to be written down."""
        return _earliest([each.deadline for each in self.phases])

    @property
    def alert_due(self) -> Instant | None:
        """When there may be something to tell."""
        return _earliest([each.alert_due for each in self.phases])

    def set_up(self, settings: Sequence[VoltageSettings], now: Instant) -> None:
        """Watch for this from now on; counters, averages and voltages stay."""
        before = self.phases
        if [each.settings for each in before] == list(settings):
            return
        self.phases = tuple(
            VoltageMonitor(each, before[place].millivolts if before else NOMINAL, now)
            for place, each in enumerate(settings)
        )
        for new, old in zip(self.phases, before, strict=False):
            new.over, new.under = old.over, old.under
            new.averages.extend(old.averages)

    def observe(self, phase: int, millivolts: int, now: Instant) -> None:
        """Take the voltage of a phase, from 0, from now on; if there is one."""
        if phase < len(self.phases):
            self._told(phase, self.phases[phase].observe(millivolts, now), now)

    def wake(self, now: Instant) -> None:
        """Do what is due."""
        for phase, each in enumerate(self.phases):
            self._told(phase, each.wake(now), now)

    def _told(self, phase: int, events: Sequence[VoltageEvent], now: Instant) -> None:
        for event in events:
            self._tell(now, _CODES[event] + (phase + 1 if len(self.phases) > 1 else 0))

    def snapshot(self) -> list[dict[str, Any]]:
        """What it counted, averaged and saw last, as JSON knows it."""
        return [
            {
                "over": each.over,
                "under": each.under,
                "averages": list(each.averages),
                "millivolts": each.millivolts,
            }
            for each in self.phases
        ]

    def restore(self, state: Sequence[Mapping[str, Any]], now: Instant) -> None:
        """Go on as a snapshot says, with the voltage that there was."""
        self.phases = tuple(
            VoltageMonitor(VoltageSettings(), held["millivolts"], now) for held in state
        )
        for monitor, held in zip(self.phases, state, strict=True):
            monitor.over, monitor.under = held["over"], held["under"]
            averages = (Average(Instant(ended), volts) for ended, volts in held["averages"])
            monitor.averages = deque(averages, maxlen=monitor.settings.averages_kept)


def _earliest(instants: Sequence[Instant | None]) -> Instant | None:
    return min((each for each in instants if each is not None), default=None)
