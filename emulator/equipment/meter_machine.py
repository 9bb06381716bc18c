"""A meter inside its device: what the home takes comes in, and what it shows the HAN goes out.

Remote parties and the HAN read the same registers: those by way of commands look them up when they
ask, the HAN has attributes that the meter sets as they grow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from emulator.gbcs_device.primitives import ClockSet
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import NEVER, Duration, Instant, later
from emulator.metering.meter import Meter
from emulator.metering.quantities import Channel
from emulator.metering.step_function import StepFunction
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.primitives import SetAttributeRequest, Side
from emulator.zigbee.addresses import Endpoint


@dataclass(frozen=True, slots=True)
class TakeLoad:
    """Scenario -> meter: from now on the home takes this through a channel."""

    channel: Channel
    demand: StepFunction


@dataclass(frozen=True, slots=True)
class ShownRegister:
    """A register that the Metering cluster shows.

    Args:
        attribute: of its server.
    """

    channel: Channel
    endpoint: Endpoint
    attribute: int


class MeterMachine:
    """Feeds the meter of one device, and shows its registers.

    Args:
        meter: what counts.
        shown: registers of the Metering cluster.
        every: how long the HAN may see an older value.
        now: when its device got power.
    """

    accepts: ClassVar[tuple[type, ...]] = (TakeLoad, ClockSet)

    def __init__(
        self, meter: Meter, shown: Sequence[ShownRegister], every: Duration, now: Instant
    ) -> None:
        self._meter = meter
        self._shown = tuple(shown)
        self._every = every
        self._told: dict[ShownRegister, int] = {}
        self.deadline: Instant | None = now

    @property
    def meter(self) -> Meter:
        """What counts."""
        return self._meter

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`."""
        if isinstance(event, ClockSet):
            if event.accepted:
                self._meter.synchronise(now)
        elif event.channel in self._meter.channels:
            self._meter.load(event.channel, event.demand, now)
        return self._show(now)

    def wake(self, now: Instant) -> Sequence[Any]:
        """Effects of everything that was due by `now`."""
        return () if self.deadline is None or now < self.deadline else self._show(now)

    def _show(self, now: Instant) -> Sequence[SetAttributeRequest]:
        """The registers that show something else than before."""
        changed = []
        for each in self._shown:
            counts = self._meter.counts(each.channel, now)
            if self._told.get(each, 0) != counts:
                self._told[each] = counts
                changed.append(
                    SetAttributeRequest(
                        each.endpoint, METERING.id, Side.SERVER, each.attribute, counts
                    )
                )
        self.deadline = self._next(now)
        return changed

    def _next(self, now: Instant) -> Instant | None:
        """While nothing passes, a meter sleeps until the next step of its demand."""
        demands = [self._meter.demand(each.channel) for each in self._shown]
        if any(each.rate(now) for each in demands):
            return later(now, self._every)
        change = min((each.next_change(now) for each in demands), default=NEVER)
        return None if change == NEVER else change


class KeptMeter:
    """A meter as its device keeps it without power.

    Args:
        scheduler: tells when the power goes, and when it comes back.
    """

    def __init__(self, meter: Meter, scheduler: Scheduler) -> None:
        self._meter = meter
        self._scheduler = scheduler

    @property
    def meter(self) -> Meter:
        """What counts."""
        return self._meter

    def snapshot(self) -> dict[str, Any]:
        """What it counted up to now."""
        return self._meter.snapshot(self._scheduler.now)

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from there, now."""
        self._meter.restore(state, self._scheduler.now)
