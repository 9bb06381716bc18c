"""A meter: what passes through it, step by step, into registers and logs.

Nothing is sampled. The meter goes from one change to the next - a step of demand, the end of a
half hour, a switch of the tariff - and multiplies; so what it shows at an instant does not depend
on how often anybody looked before.

Where nothing can change but demand - no switch, no debt, no midnight, and credit and block last
even at the highest rate that is to come - it goes through many half hours at once (`_stretch`).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from emulator.kernel.units import NEVER, START, Instant
from emulator.metering.channel_meter import ChannelMeter
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.quantities import DAY, HALF_HOUR, Channel
from emulator.metering.settings import MeteringSettings
from emulator.metering.step_function import NOTHING, StepFunction

if TYPE_CHECKING:
    from emulator.metering.following import Follower, Gate, HalfHourly, Pacer

DEFAULTS = MeteringSettings()
_FAR = 2**62


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
        self.before: list[tuple[int, Follower]] = []
        """What goes with the channel of this place, before the followers do something."""
        self.followers: list[Follower] = []
        self.beside: list[tuple[int, Follower]] = []
        """What goes with the channel of this place; after the followers, in order."""
        self.half_hourly: list[tuple[int, HalfHourly]] = []
        """What goes with the half hours of the channel of this place."""
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

    def move_clock(self, by: int, now: Instant) -> int:
        """Set the clock forward by so many microseconds, or back; how far it was moved."""
        return self.synchronise(now, self.clock.error(now) + by)

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
        """Measure up to `now`; what is past, or a meter without power, changes nothing."""
        while self._at < now:
            short = now - self._at < HALF_HOUR  # to look for a stretch would take longer
            until = None if short else self._quiet_until(now)
            if until is None:
                self._pass(now)
            else:
                self._stretch(until)

    def quiet_until(self, now: Instant) -> Instant:
        """Up to when, after `now`, nothing but registers and logs changes if nobody intervenes.

        It may be earlier than what comes to change, and is never later.
        """
        self.advance(now)
        until = self._quiet_until(NEVER)
        if until is not None:
            return until
        held = [each.held(now) for each in self._demand.values()]
        rates = [rate if self.supplied else 0 for rate, _ in held]
        change = self._next(now, self.clock.own(now), rates)
        return min(change, *(until for _, until in held))

    def _quiet_until(self, now: Instant) -> Instant | None:
        """The end of a stretch from where it is; None when it must look at each change.

        That is so when credit or block may be over within half an hour, and after the clock was set
        back into a half hour that is written down.
        """
        start, own = self._at, self.clock.own(self._at)
        if own // HALF_HOUR != self._slot:
            return None
        change = min(_after(own, DAY), self._change(own))
        until = min(now, self.clock.instant(change))
        highest = [0] * len(self.channels)
        if self.supplied:
            highest = [each.highest(start, until) for each in self._demand.values()]
        lasts = self._lasts(highest, own)
        if lasts is None or start + lasts >= until:
            return until
        return None if lasts < HALF_HOUR else Instant(start + lasts)

    def _stretch(self, until: Instant) -> None:
        """Measure up to an instant before which nothing but demand changes."""
        start, clock = self._at, self.clock
        own, ended = clock.own(start), clock.own(until)
        ends = range(_after(own, HALF_HOUR), ended + 1, HALF_HOUR)
        cuts = (*clock.instants(ends), until)
        totals = []
        for function, meter in zip(self._demand.values(), self.channels.values(), strict=True):
            supplied = self.supplied and function.highest(start, until)
            amounts = [*function.integrals(start, cuts)] if supplied else [0] * len(cuts)
            total = amounts.pop()
            meter.end_half_hours(self._slot, amounts)
            meter.amount += total
            totals.append(total)
            for place, follower in self.half_hourly:
                if place == len(totals) - 1:
                    follower.half_hours(self._slot, amounts)
                    if (last := ends[-1] if ends else own) < ended:
                        rest = total - amounts[-1] if amounts else total
                        follower.passed(rest, last, ended)
        self._follow(totals, own, ended)
        self._at = until
        if ended // DAY > self._slot * HALF_HOUR // DAY:
            for meter in self.channels.values():
                meter.end_day(self._slot * HALF_HOUR // DAY)
        self._slot = ended // HALF_HOUR

    def _pass(self, now: Instant) -> None:
        """Measure up to the next change of anything; within it each quantity is one product."""
        start, own = self._at, self.clock.own(self._at)
        held = [each.held(start) for each in self._demand.values()]
        rates = [rate if self.supplied else 0 for rate, _ in held]
        change = min(until for _, until in held)
        until = min(now, change, self._next(start, own, rates))
        amounts = [rate * (until - start) for rate in rates]
        for meter, amount in zip(self.channels.values(), amounts, strict=True):
            meter.amount += amount
        ended = self.clock.own(until)
        for place, follower in self.half_hourly:
            follower.passed(amounts[place], own, ended)
        self._follow(amounts, own, ended)
        self._at = until
        self._write_down(ended)

    def _follow(self, amounts: Sequence[int], own: int, ended: int) -> None:
        for place, before in self.before:
            before.passed(amounts[place], own, ended)
        for each in self.followers:
            each.passed(amounts[0], own, ended)
        for place, beside in self.beside:
            beside.passed(amounts[place], own, ended)

    def _next(self, start: Instant, own: int, rates: Sequence[int]) -> Instant:
        """When something besides demand changes next."""
        instant = self.clock.instant(min(_after(own, HALF_HOUR), self._change(own)))
        lasts = self._lasts(rates, own)
        return instant if lasts is None else min(instant, Instant(start + lasts))

    def _change(self, own: int) -> int:
        """Own time at which any of those who follow does something by itself."""
        placed = (each for _, each in (*self.before, *self.beside))
        return min((each.next_change(own) for each in (*self.followers, *placed)), default=_FAR)

    def _lasts(self, rates: Sequence[int], own: int) -> int | None:
        """Microseconds for which price and supply stay as they are, at these rates or less."""
        lasts = [each.paces(rates, own) for each in self.pacers]
        if self.gate is not None:
            lasts.append(self.gate.lasts(rates[0], own))
        return min((each for each in lasts if each is not None), default=None)

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


def _after(own: int, length: int) -> int:
    """Own time after `own` at which a half hour, or a day, is over."""
    return (own // length + 1) * length


def _profile(channel: Channel, settings: MeteringSettings) -> int:
    if channel in (Channel.ACTIVE_IMPORT, Channel.SECONDARY_IMPORT, Channel.GAS):
        return settings.profile_intervals
    return settings.export_intervals
