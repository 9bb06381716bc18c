"""What a load controller does by itself between messages: it is woken when something is due."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from emulator.gbcs_device.primitives import AlertRequest, ClockSet, HubTimeCompared, MeterSet
from emulator.kernel.errors import UsageError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, minutes
from emulator.metering.auxiliary_controllers import AuxiliaryControllers
from emulator.metering.event_codes import EventCode, MeterEvent
from emulator.metering.load_controller import LoadController

Record = Callable[[MeterEvent], Sequence[AlertRequest]]
"""Writes an event down, and gives the alerts that tell of it."""


@dataclass(frozen=True, slots=True)
class PressBoost:
    """Scenario -> controller or meter: somebody boosts what is boosted for so many minutes.

    Args:
        minutes: 0 ends a boost that is on.

    Raises:
        UsageError: when it is negative.
    """

    minutes: int

    def __post_init__(self) -> None:
        if self.minutes < 0:
            raise UsageError(f"boost of {self.minutes} minutes: cannot be negative")


def press_boost(auxiliary: AuxiliaryControllers, event: PressBoost, own: int) -> None:
    """Begin a boost, or end the one that is on (SMETS2 5.26, 9.14)."""
    if event.minutes:
        auxiliary.begin_boost(own, own + minutes(event.minutes))
    else:
        auxiliary.end_boost(own)


def refusal_of(event: ClockSet | HubTimeCompared) -> EventCode:
    """What is told of a clock that was left as it was: as commanded, or by itself (GBCS 16.2)."""
    commanded = isinstance(event, ClockSet)
    return EventCode.CLOCK_OUTSIDE_TOLERANCE if commanded else EventCode.CLOCK_NOT_ADJUSTED


class ControllerWatch:
    """Wakes one controller, and passes on what it tells.

    Args:
        controller: what is watched.
        record: writes events down.
        now: when its device got power.
    """

    accepts: ClassVar[tuple[type, ...]] = (ClockSet, HubTimeCompared, MeterSet, PressBoost)

    def __init__(self, controller: LoadController, record: Record, now: Instant) -> None:
        self._controller = controller
        self._record = record
        self.deadline: Instant | None = now

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`."""
        controller = self._controller
        controller.advance(now)
        match event:
            case ClockSet() | HubTimeCompared():
                self._clock(event, now)
            case PressBoost():
                press_boost(controller.auxiliary, event, controller.own(now))
            case _:
                pass
        return self._go_on(now)

    def wake(self, now: Instant) -> Sequence[Any]:
        """Effects of everything that was due by `now`."""
        return () if self.deadline is None or now < self.deadline else self._go_on(now)

    def _clock(self, event: ClockSet | HubTimeCompared, now: Instant) -> None:
        """Take the hub's time, or tell that it could not be taken (GBCS 9.1, 16.2)."""
        controller = self._controller
        if not event.accepted:
            controller.tell(controller.own(now), refusal_of(event))
        elif isinstance(event, HubTimeCompared):
            controller.move_clock(event.move, now)
        elif controller.synchronise(now):
            controller.tell(controller.own(now), EventCode.CLOCK_ADJUSTED)

    def _go_on(self, now: Instant) -> Sequence[AlertRequest]:
        self.deadline = self._controller.deadline(now)
        events, alerts = self._controller.events, list[AlertRequest]()
        while events:
            alerts += self._record(events.popleft())
        return alerts


class KeptController:
    """A controller as its device keeps it without power.

    Args:
        scheduler: tells when the power goes, and when it comes back.
    """

    def __init__(self, controller: LoadController, scheduler: Scheduler) -> None:
        self._controller = controller
        self._scheduler = scheduler

    def snapshot(self) -> dict[str, Any]:
        """What holds now."""
        return self._controller.snapshot(self._scheduler.now)

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from there, now."""
        self._controller.restore(state)
