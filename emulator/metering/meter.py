"""A meter: what passes through it, step by step, into registers and logs.

Nothing is sampled. The meter goes from one change to the next - a step of demand, the end of a
half hour, a switch of the tariff - and multiplies; so what it shows at an instant does not depend
on how often anybody looked before.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from emulator.kernel.units import NEVER, START, Instant
from emulator.metering.channel_meter import ChannelMeter
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.quantities import DAY, HALF_HOUR, Channel
from emulator.metering.settings import MeteringSettings
from emulator.metering.step_function import NOTHING, StepFunction

DEFAULTS = MeteringSettings()


class Follower(Protocol):
    """What goes with the import of a meter: tariff registers, an account, maximum demand."""

    def next_change(self, own: int) -> int:
        """Own time after `own` at which it does something by itself."""
        ...

    def passed(self, amount: int, start: int, end: int) -> None:
        """Take what passed between two own times; no change of its own lies between them."""
        ...


class Gate(Protocol):
    """What may interrupt the supply of a meter: an account that is empty."""

    @property
    def open(self) -> bool:
        """Whether it lets supply through."""
        ...

    def lasts(self, rate: int, own: int) -> int | None:
        """Microseconds until it closes at a rate, if nothing else changes; None when not."""
        ...


class Pacer(Protocol):
    """What changes after so much has passed: a tariff with blocks."""

    def paces(self, rates: Sequence[int], own: int) -> int | None:
        """Microseconds, at least one, until it changes at these rates; None when it does not.

        Args:
            rates: of the channels, in the meter's order.
            own: own time.
        """
        ...


class Meter:
    """Registers and logs of the channels of one meter.

    Args:
        clock: the meter's own.
        channels: what it measures; the first is the one that followers follow.
        settings: how much it keeps.
        now: since when it has power.
    """

    def __init__(
        self,
        clock: DriftingClock,
        channels: Sequence[Channel],
        settings: MeteringSettings = DEFAULTS,
        now: Instant = START,
    ) -> None:
        self.clock = clock
        self.channels = {
            each: ChannelMeter(_profile(each, settings), settings.daily_intervals)
            for each in channels
        }
        self._demand: dict[Channel, StepFunction] = dict.fromkeys(channels, NOTHING)
        self.followers: list[Follower] = []
        self.beside: list[tuple[int, Follower]] = []
        """What goes with the channel of this place; after the followers, in order."""
        self.pacers: list[Pacer] = []
        self.gate: Gate | None = None
        self.connected = True
        """Whether the supply switch or valve lets anything through."""
        self._at = now
        self._slot = clock.own(now) // HALF_HOUR

    def demand(self, channel: Channel) -> StepFunction:
        """What the home would take."""
        return self._demand[channel]

    def load(self, channel: Channel, demand: StepFunction, now: Instant) -> None:
        """Let the home take this from now on; what passed before stays."""
        self.advance(now)
        self._demand[channel] = demand

    def switch(self, now: Instant, *, connected: bool) -> None:
        """Interrupt the supply, or let it through again."""
        self.advance(now)
        self.connected = connected

    def lose_power(self, now: Instant) -> None:
        """Measure up to now; until `resume` nothing passes."""
        self.advance(now)
        self._at = NEVER

    def resume(self, now: Instant) -> None:
        """Measure again; half hours without power are written as zero."""
        self._at = now
        self._write_down(self.clock.own(now))

    def synchronise(self, now: Instant, error: int = 0) -> int:
        """Set the clock; how far it was moved, microseconds."""
        self.advance(now)
        moved = self.clock.synchronise(now, error)
        self._write_down(self.clock.own(now))
        return moved

    def counts(self, channel: Channel, now: Instant) -> int:
        """What a register shows."""
        self.advance(now)
        return self.channels[channel].counts

    def rate(self, channel: Channel, now: Instant) -> int:
        """What passes at an instant, thousandths of a count an hour."""
        return self._demand[channel].rate(now) if self.supplied else 0

    @property
    def supplied(self) -> bool:
        """Whether anything can pass: neither switch nor gate interrupts."""
        return self.connected and (self.gate is None or self.gate.open)

    def advance(self, now: Instant) -> None:
        """Measure up to `now`; an instant that is past, or a meter without power, changes nothing.

        Within a pass of the loop nothing changes, so each quantity is one product.
        """
        if self._at >= now:
            return
        meters = tuple(self.channels.values())
        functions = tuple(self._demand[each] for each in self.channels)
        own, rates, holds_until = self.clock.own(self._at), [0], self._at
        while self._at < now:
            start = self._at
            if holds_until <= start:
                held = [each.held(start) for each in functions]
                rates = [rate for rate, _ in held]
                holds_until = min(change for _, change in held)
            passing = rates if self.supplied else [0] * len(rates)
            until = min(now, holds_until, self._next(start, own, passing))
            length = until - start
            for meter, rate in zip(meters, passing, strict=True):
                meter.amount += rate * length
            ended = self.clock.own(until)
            for each in self.followers:
                each.passed(passing[0] * length, own, ended)
            for place, beside in self.beside:
                beside.passed(passing[place] * length, own, ended)
            self._at, own = until, ended
            if own // HALF_HOUR > self._slot:
                self._write_down(own)

    def next_change(self, now: Instant) -> Instant:
        """When, after `now`, it does something else than now, if nobody intervenes."""
        self.advance(now)
        held = [each.held(now) for each in self._demand.values()]
        rates = [rate if self.supplied else 0 for rate, _ in held]
        change = self._next(now, self.clock.own(now), rates)
        return min(change, *(until for _, until in held))

    def _next(self, start: Instant, own: int, rates: Sequence[int]) -> Instant:
        """When something besides demand changes next."""
        change = (self._slot + 1) * HALF_HOUR
        for each in self.followers:
            change = min(change, each.next_change(own))
        for _, beside in self.beside:
            change = min(change, beside.next_change(own))
        instant = self.clock.instant(change)
        for pacer in self.pacers:
            paced = pacer.paces(rates, own)
            if paced is not None:
                instant = min(instant, Instant(start + paced))
        lasts = None if self.gate is None else self.gate.lasts(rates[0], own)
        return instant if lasts is None else min(instant, Instant(start + lasts))

    def _write_down(self, own: int) -> None:
        slot = own // HALF_HOUR
        if slot <= self._slot:
            return
        day = self._slot * HALF_HOUR // DAY
        for meter in self.channels.values():
            meter.end_half_hour(self._slot)
            if slot > self._slot + 1:
                meter.end_half_hour(slot - 1)
            if own // DAY > day:
                meter.end_day(day)
            if own // DAY > day + 1:
                meter.end_day(own // DAY - 1)
        self._slot = slot

    def snapshot(self, now: Instant) -> dict[str, Any]:
        """All that it keeps without power, as JSON knows it."""
        self.advance(now)
        return {
            "clock": self.clock.snapshot(),
            "slot": self._slot,
            "connected": self.connected,
            "channels": {each.value: meter.snapshot() for each, meter in self.channels.items()},
        }

    def restore(self, state: Mapping[str, Any], now: Instant) -> None:
        """Hold what a snapshot says, and measure from `now` on."""
        self.clock.restore(state["clock"])
        self._slot = state["slot"]
        self.connected = state["connected"]
        for each, meter in self.channels.items():
            meter.restore(state["channels"][each.value])
        self.resume(now)


def _profile(channel: Channel, settings: MeteringSettings) -> int:
    if channel in (Channel.ACTIVE_IMPORT, Channel.SECONDARY_IMPORT, Channel.GAS):
        return settings.profile_intervals
    return settings.export_intervals
