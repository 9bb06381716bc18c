"""The meter behind the objects of a device, and the time at which they look at it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.dlms.data import Data
from emulator.gbcs_device.cosem.duty import Activated, Duty, Written
from emulator.gbcs_device.cosem.registers_duty import MeterReader
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.primitives import MeterSet
from emulator.kernel.units import Instant
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.quantities import COUNTS_PER_UNIT, Channel


@dataclass(frozen=True, slots=True)
class MeterView:
    """One meter, as its objects see it.

    Args:
        meter: which may have more to measure.
        now: tells the time.
    """

    meter: ElectricityMeter
    now: Callable[[], Instant]

    def measured(self) -> ElectricityMeter:
        """The meter, measured up to now."""
        self.meter.advance(self.now())
        return self.meter

    def reader(self) -> MeterReader:
        """Looks at its registers, now."""

        def register(channel: Channel) -> int:
            return self.measured().meter.counts(channel, self.now())

        def power(channel: Channel) -> int:
            return self.measured().meter.rate(channel, self.now()) // COUNTS_PER_UNIT

        return MeterReader(register, power)

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


class _OutOfDate:
    def __init__(self, meter: ElectricityMeter) -> None:
        self._meter = meter

    def snapshot(self) -> Mapping[str, Any]:
        """Nothing: what was measured is kept with the meter."""
        return {}

    def restore(self, _snapshot: Mapping[str, Any]) -> None:
        """Have the meter look at its objects again."""
        self._meter.outdate()
