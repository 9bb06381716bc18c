"""A gas meter inside its device: gas flows, keys are pressed, the HAN sees it, and alerts go out.

It wakes at half hours while gas flows, so that the HAN sees what was counted up to the last of
them, and in prepayment mode when its account may change by itself. In credit mode a meter from
which nobody takes gas wakes nobody: what a day does to it is done when somebody looks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from emulator.equipment.meter_machine import TakeLoad
from emulator.gbcs_device.gas_meter.keypad import Keypad
from emulator.gbcs_device.gas_meter.watch import GasEvent
from emulator.gbcs_device.primitives import (
    AlertRequest,
    ClockSet,
    HubTimeCompared,
    MeterSet,
    SupplierReplaced,
)
from emulator.kernel.units import NEVER, Instant
from emulator.metering.meter import Meter
from emulator.metering.quantities import HALF_HOUR, Channel
from emulator.zcl.primitives import SetAttributeRequest, Side
from emulator.zigbee.addresses import ClusterId, Endpoint

UNHEARD: Final = (AlertRequest, MeterSet)
"""What a meter tells whether or not remote parties are known."""


@dataclass(frozen=True, slots=True)
class EnterCode:
    """Scenario -> meter: somebody types a top-up code at it."""

    digits: str


@dataclass(frozen=True, slots=True)
class ActivateEmergencyCredit:
    """Scenario -> meter: somebody asks it for emergency credit."""


@dataclass(frozen=True, slots=True)
class EnableSupply:
    """Scenario -> gas meter: somebody opens its valve, which must be armed."""


@dataclass(frozen=True, slots=True)
class Tamper:
    """Scenario -> gas meter: somebody opens, tilts or deceives it; `code` says how."""

    code: GasEvent = GasEvent.TAMPER


@dataclass(frozen=True, slots=True)
class LosePowerSupply:
    """Scenario -> gas meter: its battery fails for a moment, in which nothing else happens."""


@dataclass(frozen=True, slots=True)
class ReplaceBattery:
    """Scenario -> gas meter: somebody puts in a new battery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GasMeterOnHan:
    """What the HAN sees of a gas meter.

    Args:
        endpoint: of the meter.
        attributes: that it serves, by cluster and identifier.
        counted: those among them that are shown as they were at the last half hour.
    """

    endpoint: Endpoint
    attributes: frozenset[tuple[int, int]]
    counted: frozenset[tuple[int, int]]


class GasMeterMachine:
    """Feeds a gas meter, presses its keys, and shows what it holds.

    Args:
        meter: what counts.
        keypad: its keys, and the meter at work behind them.
        seen: by the HAN.
        now: when its device got power.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        TakeLoad,
        ClockSet,
        HubTimeCompared,
        MeterSet,
        SupplierReplaced,
        EnterCode,
        ActivateEmergencyCredit,
        EnableSupply,
        Tamper,
        LosePowerSupply,
        ReplaceBattery,
    )

    def __init__(
        self,
        meter: Meter,
        keypad: Keypad,
        seen: GasMeterOnHan,
        now: Instant,
    ) -> None:
        self._meter = meter
        self._keypad = keypad
        self._work = keypad.work
        self._executor = keypad.executor
        self._seen = seen
        self._told: dict[tuple[int, int], object] = {}
        self._half_hour = -1
        self._behind = False
        self.deadline: Instant | None = now

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`."""
        effects: Sequence[Any] = self._steps[type(event)](self, event, now)
        return (*effects, *self._settled(now))

    def wake(self, now: Instant) -> Sequence[Any]:
        """Effects of everything that was due by `now`."""
        return () if self.deadline is None or now < self.deadline else self._settled(now)

    def _take_load(self, event: TakeLoad, now: Instant) -> Sequence[Any]:
        if event.channel in self._meter.channels:
            self._meter.load(event.channel, event.demand, now)
        return ()

    def _clock_set(self, event: ClockSet, now: Instant) -> Sequence[Any]:
        """It was told to take the hub's time, which lay in the window or did not (GBCS 9.1.3)."""
        if not event.accepted:
            self._work.tell_of_clock(GasEvent.CLOCK_OUTSIDE_TOLERANCE)
        elif self._meter.synchronise(now):
            self._work.tell_of_clock(GasEvent.CLOCK_ADJUSTED)
        return ()

    def _compared(self, event: HubTimeCompared, now: Instant) -> Sequence[Any]:
        if event.accepted:
            self._meter.move_clock(event.move, now)
        else:
            self._work.tell_of_clock(GasEvent.CLOCK_NOT_ADJUSTED)
        return ()

    def _meter_set(self, event: MeterSet, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        return ()

    def _supplier(self, event: SupplierReplaced, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        self._work.change_supplier(event.top_up_floor)
        return ()

    def _enter(self, event: EnterCode, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        return (self._keypad.enter(event.digits),)

    def _activate(self, event: Any, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        return (self._keypad.activate_emergency_credit(),)

    def _enable(self, event: EnableSupply, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        return (self._keypad.enable(),)

    def _tamper(self, event: Tamper, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        self._work.tamper(event.code)
        return ()

    def _lose_power(self, event: Any, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        self._work.lose_power_supply()
        return ()

    def _battery(self, event: ReplaceBattery, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        self._work.new_battery()
        return ()

    def _settled(self, now: Instant) -> Sequence[Any]:
        """What there is to tell by now, and the attributes that became different."""
        told: list[Any] = list(self._executor.settle())
        half_hour = self._meter.clock.own(now) // HALF_HOUR
        fresh = half_hour != self._half_hour
        self._half_hour, self._behind = half_hour, False
        attributes = self._executor.store.attributes
        for key in sorted(self._seen.attributes):
            value = attributes.get(*key)
            if value is None or self._told.get(key) == value:
                continue
            if key in self._seen.counted and not fresh:
                self._behind = True
                continue
            self._told[key] = value
            told.append(
                SetAttributeRequest(
                    self._seen.endpoint, ClusterId(key[0]), Side.SERVER, key[1], value
                )
            )
        self.deadline = self._next(now)
        return told

    def _next(self, now: Instant) -> Instant | None:
        due = [self._work.next_event()]
        if self._behind or self._meter.rate(Channel.GAS, now):
            due.append(self._meter.clock.instant((self._half_hour + 1) * HALF_HOUR))
        elif (change := self._meter.demand(Channel.GAS).next_change(now)) != NEVER:
            due.append(change)
        return min((each for each in due if each is not None), default=None)

    _steps: ClassVar[Mapping[type, Any]] = {
        TakeLoad: _take_load,
        ClockSet: _clock_set,
        HubTimeCompared: _compared,
        MeterSet: _meter_set,
        SupplierReplaced: _supplier,
        EnterCode: _enter,
        ActivateEmergencyCredit: _activate,
        EnableSupply: _enable,
        Tamper: _tamper,
        LosePowerSupply: _lose_power,
        ReplaceBattery: _battery,
    }
