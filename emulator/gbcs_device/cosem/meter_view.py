"""The meter behind the objects of a device, and the time at which they look at it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from emulator.dlms.data import Data
from emulator.gbcs_device.cosem.duty import Activated, Duty, Written
from emulator.gbcs_device.cosem.registers_duty import MeterReader
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.primitives import MeterSet
from emulator.kernel.units import Instant
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.power_import import power_import
from emulator.metering.quantities import COUNTS_PER_UNIT, Channel


class Living(Protocol):
    """What goes on between commands, set up from objects: a meter, or a load controller."""

    concerns: dict[str, Callable[[], None]]

    def advance(self, now: Instant) -> None:
        """Do what is due by `now`."""
        ...

    def own(self, now: Instant) -> int:
        """Own time."""
        ...

    def outdate(self, *concerns: str) -> None:
        """Set these up again before anything else happens."""
        ...


AnyLiving_co = TypeVar("AnyLiving_co", bound=Living, covariant=True)


@dataclass(frozen=True)  # a generic one that is frozen cannot have slots, too (Python 3.11)
class DeviceView(Generic[AnyLiving_co]):
    """One meter or controller, as its objects see it.

    Args:
        meter: which may have more to measure.
        now: tells the time.
    """

    meter: AnyLiving_co
    now: Callable[[], Instant]

    def measured(self) -> AnyLiving_co:
        """The meter, measured up to now."""
        self.meter.advance(self.now())
        return self.meter

    def own(self) -> int:
        """Own time of the meter."""
        return self.meter.own(self.now())

    def set_up_by(self, concern: str, set_up: Callable[[], None]) -> None:
        """Have the meter set up again by this whenever it is out of date about it."""
        self.meter.concerns[concern] = set_up
        self.meter.outdate(concern)

    def outdate(self, concern: str) -> tuple[object, ...]:
        """Measure as it was up to now, and set it up anew from now on; what that has as effect."""
        self.measured().outdate(concern)
        return (MeterSet(),)

    def outdating(self, concern: str) -> Activated:
        """What does that when passive values come into force."""

        def activated(_: Command | None) -> tuple[object, ...]:
            return self.outdate(concern)

        return activated

    def rewriting(self, concern: str) -> Written:
        """What does that when a value is written."""

        def written(_: Data, __: Command) -> tuple[object, ...]:
            return self.outdate(concern)

        return written

    def duty(self) -> Duty:
        """Sets all up again when the objects hold what they held before a loss of power."""
        return Duty(name="meter", kept=_OutOfDate(self.meter))


MeterView = DeviceView[ElectricityMeter]
"""A view of an electricity meter."""


def reader_of(view: MeterView) -> MeterReader:
    """Looks at the registers of a meter, now."""

    def register(channel: Channel) -> int:
        return view.measured().meter.counts(channel, view.now())

    def primary() -> int:
        rate = view.measured().meter.rate(Channel.ACTIVE_IMPORT, view.now())
        return rate // COUNTS_PER_UNIT

    def imported() -> int:
        return power_import(view.measured().meter, view.now()) // COUNTS_PER_UNIT

    return MeterReader(register, primary, imported)


class _OutOfDate:
    def __init__(self, meter: Living) -> None:
        self._meter = meter

    def snapshot(self) -> Mapping[str, Any]:
        """Nothing: what was measured is kept with the meter."""
        return {}

    def restore(self, _snapshot: Mapping[str, Any]) -> None:
        """Have the meter look at its objects again."""
        self._meter.outdate()
