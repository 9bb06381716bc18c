"""What an electricity meter does by itself between messages: it is woken when it may have to.

While nothing can happen it is not woken at all: no demand, no debts, no calendar, no wakes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from emulator.equipment.controller_watch import PressBoost, press_boost, refusal_of
from emulator.equipment.electricity_keypad import ElectricityKeypad
from emulator.equipment.gas_meter_machine import ActivateEmergencyCredit, EnterCode
from emulator.equipment.meter_machine import TakeLoad
from emulator.gbcs_device.primitives import (
    AlertRequest,
    ClockSet,
    HubTimeCompared,
    MeterSet,
    SupplierReplaced,
)
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, minutes
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.event_codes import EventCode, MeterEvent

Record = Callable[[MeterEvent], Sequence[AlertRequest]]
"""Writes an event down, and gives the alerts that tell of it."""
_LONG_OUTAGE = minutes(3)
"""From which on an outage is told with its times (GBCS ECS80)."""


@dataclass(frozen=True, slots=True)
class PressSupplyButton:
    """Scenario -> meter: a consumer switches an armed supply on at the meter (SMETS2 5.6.2)."""


@dataclass(frozen=True, slots=True)
class OpenTerminalCover:
    """Scenario -> meter: somebody opens the terminal cover, or closes it again."""

    opened: bool = True


@dataclass(frozen=True, slots=True)
class OpenMeterCover:
    """Scenario -> meter: somebody opens the meter itself, or closes it again."""

    opened: bool = True


@dataclass(frozen=True, slots=True)
class HoldMagnet:
    """Scenario -> meter: somebody holds a strong magnet to it, or takes it away again."""

    opened: bool = True


_TAMPERING: Final = {
    OpenTerminalCover: (EventCode.TERMINAL_COVER_REMOVED, EventCode.TERMINAL_COVER_CLOSED),
    OpenMeterCover: (EventCode.METER_COVER_REMOVED, EventCode.METER_COVER_CLOSED),
    HoldMagnet: (EventCode.STRONG_MAGNETIC_FIELD, EventCode.MAGNETIC_FIELD_REMOVED),
}
"""What is told where it begins, and where it is over (GBCS 16.2)."""


@dataclass(frozen=True, slots=True)
class TakeVoltage:
    """Scenario -> meter: a phase, from 0, has this voltage from now on."""

    millivolts: int
    phase: int = 0


class ElectricityWatch:
    """Wakes one meter, and passes on what it tells.

    Args:
        meter: what is watched.
        record: writes events down.
        locks: whether the supply is to be interrupted when somebody tampers with the meter.
        now: when its device got power.
        keypad: its keys for credit; None where no supplier is known.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        TakeLoad,
        ClockSet,
        HubTimeCompared,
        MeterSet,
        SupplierReplaced,
        PressSupplyButton,
        PressBoost,
        OpenTerminalCover,
        OpenMeterCover,
        HoldMagnet,
        TakeVoltage,
        EnterCode,
        ActivateEmergencyCredit,
    )

    def __init__(
        self,
        meter: ElectricityMeter,
        record: Record,
        locks: Callable[[], bool],
        now: Instant,
        keypad: ElectricityKeypad | None = None,
    ) -> None:
        self._keypad = keypad
        self._meter = meter
        self._record = record
        self._locks = locks
        self.deadline: Instant | None = now

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`."""
        if isinstance(event, EnterCode | ActivateEmergencyCredit):
            pressed = self._press(event)
            return (*pressed, *self._go_on(now))
        self._take(event, now)
        return self._go_on(now)

    def wake(self, now: Instant) -> Sequence[Any]:
        """Effects of everything that was due by `now`."""
        return () if self.deadline is None or now < self.deadline else self._go_on(now)

    def _take(self, event: Any, now: Instant) -> None:
        meter = self._meter
        match event:
            case TakeLoad(channel, demand) if channel in meter.meter.channels:
                meter.load(channel, demand, now)
            case TakeVoltage(millivolts, phase):
                meter.observe(phase, millivolts, now)
            case ClockSet() | HubTimeCompared():
                self._clock(event, now)
            case PressSupplyButton():
                meter.press(now)
            case SupplierReplaced(floor):
                meter.note_change(now)
                meter.account.tokens.begin(floor)
            case PressBoost():
                meter.advance(now)
                press_boost(meter.auxiliary, event, meter.own(now))
            case OpenTerminalCover() | OpenMeterCover() | HoldMagnet():
                self._tamper(event, now)
            case _:
                pass

    def _clock(self, event: ClockSet | HubTimeCompared, now: Instant) -> None:
        """Take the hub's time, or tell that it could not be taken (GBCS 9.1, 16.2)."""
        meter = self._meter
        meter.advance(now)
        if not event.accepted:
            meter.tell(meter.own(now), refusal_of(event))
        elif isinstance(event, HubTimeCompared):
            meter.meter.move_clock(event.move, now)
        elif meter.meter.synchronise(now):
            meter.tell(meter.own(now), EventCode.CLOCK_ADJUSTED)

    def _press(self, event: EnterCode | ActivateEmergencyCredit) -> Sequence[Any]:
        if self._keypad is None:
            return ()
        if isinstance(event, EnterCode):
            return (self._keypad.enter(event.digits),)
        return (self._keypad.activate_emergency_credit(),)

    def _tamper(self, event: OpenTerminalCover | OpenMeterCover | HoldMagnet, now: Instant) -> None:
        meter = self._meter
        begins, ends = _TAMPERING[type(event)]
        meter.advance(now)
        meter.tell(meter.own(now), begins if event.opened else ends)
        if event.opened and self._locks():
            meter.lock(now)

    def _go_on(self, now: Instant) -> Sequence[AlertRequest]:
        self.deadline = self._meter.deadline(now)
        events, alerts = self._meter.events, list[AlertRequest]()
        while events:
            alerts += self._record(events.popleft())
        return alerts


class KeptElectricityMeter:
    """A meter as its device keeps it without power; it tells for how long it had none.

    Args:
        scheduler: tells when the power goes, and when it comes back.
    """

    def __init__(self, meter: ElectricityMeter, scheduler: Scheduler) -> None:
        self._meter = meter
        self._scheduler = scheduler

    def snapshot(self) -> dict[str, Any]:
        """What it measured up to now."""
        return self._meter.snapshot(self._scheduler.now)

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from there, now."""
        meter, now = self._meter, self._scheduler.now
        meter.restore(state, now)
        own = meter.own(now)
        long = own - state["at"] >= _LONG_OUTAGE
        code = EventCode.LONG_SUPPLY_OUTAGE_RESTORED if long else EventCode.SUPPLY_OUTAGE_RESTORED
        if own > state["at"]:
            meter.tell(own, code, state["at"])
