"""A device with a meter in it: counted once, for remote parties and for the HAN."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from emulator.equipment.fitting import Fitting
from emulator.equipment.meter_machine import KeptMeter, MeterMachine, ShownRegister
from emulator.equipment.request import DeviceRequest
from emulator.kernel.units import Duration
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.meter import Meter
from emulator.metering.quantities import Channel
from emulator.smart_energy.device import Applications, Boot

SUMMATION_DELIVERED: Final = 0x0000
"""CurrentSummationDelivered (ZSE 1.4 Table D-11)."""


@dataclass(frozen=True, slots=True)
class Metered:
    """The meter of one device, which goes on counting from boot to boot.

    Args:
        shown: registers that the HAN sees.
        every: how long it may see an older value.
    """

    meter: Meter
    request: DeviceRequest
    shown: tuple[ShownRegister, ...]
    every: Duration

    def fitted(self, fitting: Fitting) -> Fitting:
        """The applications of a device, and its meter."""

        def fit(boot: Boot) -> Applications:
            scheduler = boot.surroundings.scheduler
            machine = MeterMachine(self.meter, self.shown, self.every, scheduler.now)
            kept: Mapping[str, KeptMeter] = {"meter": KeptMeter(self.meter, scheduler)}
            return fitting(boot).beside(Applications((machine,), kept))

        return fit


def metered(
    request: DeviceRequest,
    channels: Sequence[Channel],
    shown: tuple[ShownRegister, ...],
    every: Duration,
) -> Metered:
    """A meter for the device of a request, which has counted nothing yet."""
    around = request.surroundings
    meter = Meter(DriftingClock(around.calendar), channels, now=around.scheduler.now)
    for channel in channels:
        if channel in request.load:
            meter.load(channel, request.load[channel], around.scheduler.now)
    return Metered(meter, request, shown, every)
