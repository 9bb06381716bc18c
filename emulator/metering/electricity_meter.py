"""An electricity meter as a whole: registers, tariff, account, supply, demand, and their logs.

SMETS2 5. Whoever changes it or looks at it says when; what came before is measured first. What it
does by itself in between is done at its own time, and kept as events until somebody takes them.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from emulator.kernel.units import START, Duration, Instant
from emulator.metering.auxiliary_controllers import AuxiliaryControllers
from emulator.metering.billing_calendar import BilledPeriod, BillingLog
from emulator.metering.both_elements import follows_import
from emulator.metering.credit_watch import CreditWatch
from emulator.metering.date_patterns import DatePatterns
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.event_codes import EventCode, MeterEvent, limit_events
from emulator.metering.load_limit import LoadLimit, LoadLimiter, LoadLimitEvent
from emulator.metering.maximum_demand import MaximumDemand
from emulator.metering.meter import Meter
from emulator.metering.power_import import next_crossing, power_import
from emulator.metering.prepayment.account import Account
from emulator.metering.prepayment.terms import PaymentMode, PrepaymentTerms, SupplyState
from emulator.metering.prepayment.token_settings import TokenSettings
from emulator.metering.quantities import Channel
from emulator.metering.register_reads import (
    BILLS_KEPT,
    Balances,
    DailyReads,
    RegisterRead,
    restored_reads,
    saved_reads,
)
from emulator.metering.second_element import SecondElement
from emulator.metering.settings import MeteringSettings
from emulator.metering.step_function import StepFunction
from emulator.metering.supply_switch import SupplySwitch
from emulator.metering.tariff_matrix import TariffMatrix
from emulator.metering.voltage_watch import VoltageWatch

DEFAULTS: Final = MeteringSettings()
TOKENS: Final = TokenSettings()
_NEVER: Final = 2**62
_NO_LIMIT: Final = LoadLimit(threshold=0, period=Duration(0), restoration=Duration(0))
_LIMIT_EVENTS: Final = {
    LoadLimitEvent.EXCEEDED: EventCode.LOAD_LIMIT_EXCEEDED,
    LoadLimitEvent.SUPPLY_DISABLED: EventCode.SUPPLY_DISABLED_BY_LOAD_LIMIT,
    LoadLimitEvent.SUPPLY_ENABLED: EventCode.SUPPLY_ENABLED_AFTER_LOAD_LIMIT,
}


class ElectricityMeter:
    """Everything that one meter measures and does.

    Args:
        clock: its own.
        channels: what it measures; active import first.
        settings: how much it keeps.
        now: since when it has power.
        tokens: how it remembers them.
    """

    def __init__(
        self,
        clock: DriftingClock,
        channels: Sequence[Channel],
        settings: MeteringSettings = DEFAULTS,
        now: Instant = START,
        tokens: TokenSettings = TOKENS,
    ) -> None:
        own = clock.own(now)
        self.meter = Meter(clock, channels, settings, now)
        self.tariff = TariffMatrix()
        self.account = Account(self.tariff, PrepaymentTerms(), own, tokens=tokens)
        self.second = self._second_element(channels)
        self.credit = CreditWatch(self.account, self.tell, self._prices)
        self.demand = MaximumDemand()
        self.window_demand = MaximumDemand(0, 0)
        self.export_demand = MaximumDemand()
        self.daily = DailyReads(self.look, own)
        self.billing = BillingLog(DatePatterns(), self._bill, BILLS_KEPT, own)
        self.block_resets = BillingLog(DatePatterns(), self.tariff.reset_blocks, 1, own)
        self.changes: deque[RegisterRead] = deque(maxlen=BILLS_KEPT)
        """Reads at each change of payment mode or tariff."""
        self.switch = SupplySwitch()
        self.auxiliary = AuxiliaryControllers(own)
        self.limiter: LoadLimiter | None = None
        self.load_limit_counter = 0
        self.events: deque[MeterEvent] = deque()
        self.voltage = VoltageWatch(lambda at, code: self.tell(self.own(at), code))
        self.concerns: dict[str, Callable[[], None]] = {}
        """What sets it up again, by what it is about, from where its configuration is kept."""
        self._outdated: list[str] = []
        self._restored = False
        """Whether it holds what a snapshot said, and was not set up since."""
        self._at = now
        self._arrange()

    @property
    def supply(self) -> SupplyState:
        """What it shows of its supply."""
        return self.switch.state(self.account.supply)

    @property
    def bills(self) -> tuple[RegisterRead, ...]:
        """What was written down at the ends of billing periods."""
        return tuple(replace(each.bill, own=each.ended) for each in self.billing.entries)

    def tell(self, own: int, code: int, since: int | None = None) -> None:
        """Keep an event until it is taken."""
        self.events.append(MeterEvent(own, code, since))

    def outdate(self, *concerns: str) -> None:
        """Set these up again before anything else passes; all of them when none is named."""
        self._outdated.extend(concerns or self.concerns)

    def advance(self, now: Instant) -> None:
        """Measure up to `now`, and do what is due by then."""
        self._set_up()
        while (due := self._due()) is not None and due <= now:
            self.meter.advance(due)
            self._at = due
            self._limit(due)
            self.voltage.wake(due)
        self.meter.advance(now)
        self._at = max(self._at, now)
        self.events.extend(limit_events(self.auxiliary.advance(self.own(now))))

    def deadline(self, now: Instant) -> Instant | None:
        """When it may have an event to tell; None while nothing can happen."""
        self.advance(now)
        dues = [self._limit_due(), self.voltage.alert_due]
        change = self.auxiliary.next_change(self.own(now))
        if change is not None:
            dues.append(self.meter.clock.instant(change))
        if self.billing.due < _NEVER:
            dues.append(self.meter.clock.instant(self.billing.due))
        if self.account.mode is PaymentMode.PREPAYMENT:
            dues.append(self.meter.quiet_until(now))
        return min((each for each in dues if each is not None), default=None)

    def load(self, channel: Channel, demand: StepFunction, now: Instant) -> None:
        """Let the home take this from now on."""
        self.advance(now)
        self.meter.load(channel, demand, now)
        self._limit(now)

    def observe(self, phase: int, millivolts: int, now: Instant) -> None:
        """Let a phase, from 0, have this voltage from now on."""
        self.advance(now)
        self.voltage.observe(phase, millivolts, now)

    def own(self, now: Instant) -> int:
        """Own time."""
        return self.meter.clock.own(now)

    def set_limit(self, limit: LoadLimit | None) -> None:
        """Watch for another load limit, or for none; what it interrupted stays so until its end."""
        before, self.limiter = self.limiter, None if limit is None else LoadLimiter(limit)
        if self.switch.limited and before is not None and self.limiter is not None:
            self.limiter.disabled, self.limiter.deadline = before.disabled, before.deadline
        else:
            self.switch.limited = False
        self._apply()

    def set_offset(self, microseconds: int) -> None:
        """Let tariffs and auxiliary controllers switch so much later."""
        self.tariff.offset = self.auxiliary.offset = microseconds
        if self.second is not None:
            self.second.tariff.offset = microseconds

    def set_periods(self, billing: DatePatterns, block_resets: DatePatterns, now: Instant) -> None:
        """Let billing periods end, and block counters be reset, as these say."""
        for log, calendar in ((self.billing, billing), (self.block_resets, block_resets)):
            if log.calendar != calendar:
                log.follow(calendar, self.own(now), kept=self._restored)

    def command(self, state: SupplyState, now: Instant) -> bool:
        """Enable, disable or arm the supply, as a supplier says; whether it could be done."""
        self.advance(now)
        before = self.supply
        if state is SupplyState.ENABLED:
            if self.account.supply is SupplyState.DISABLED:
                return False
            self._enable()
        else:
            self.switch.commanded = state
        self._apply()
        self._limit(now)
        if state is SupplyState.ARMED is not before:
            self.tell(self.own(now), EventCode.SUPPLY_ARMED)
        return True

    def press(self, now: Instant) -> bool:
        """Enable an armed supply, as a consumer does at the meter; whether it was armed."""
        self.advance(now)
        if self.supply is not SupplyState.ARMED:
            return False
        self._enable()
        self._apply()
        self._limit(now)
        return True

    def lock(self, now: Instant) -> None:
        """Interrupt the supply because somebody tampers with the meter (SMETS2 5.7.4.44)."""
        self.advance(now)
        self.switch.locked = True
        self._apply()
        self.tell(self.own(now), EventCode.SUPPLY_LOCKED_BY_TAMPER)

    def note_change(self, now: Instant) -> None:
        """Write the registers down, as at a change of payment mode or tariff (ECS20b).

        That this log has changes of supplier, too, is what a gas meter's causes say (GCS15b); of an
        electricity meter it is unverified.
        """
        self.advance(now)
        self.changes.append(self.look(self.own(now)))

    def look(self, own: int) -> RegisterRead:
        """What the registers show."""
        channels, account = self.meter.channels, self.account

        def counts(channel: Channel) -> int:
            found = channels.get(channel)
            return 0 if found is None else found.counts

        second = {} if self.second is None else self.second.tariff.time_of_use
        return RegisterRead(
            own=own,
            imported=counts(Channel.ACTIVE_IMPORT),
            secondary=counts(Channel.SECONDARY_IMPORT),
            exported=counts(Channel.ACTIVE_EXPORT),
            time_of_use=tuple(sorted(self.tariff.time_of_use.items())),
            blocks=tuple((*key, each) for key, each in sorted(self.tariff.blocks.items())),
            second_element=tuple(sorted(second.items())),
            prepaid=account.mode is PaymentMode.PREPAYMENT,
            balances=Balances.of(account),
        )

    def snapshot(self, now: Instant) -> dict[str, Any]:
        """All that it keeps without power, as JSON knows it, but for its configuration."""
        self.advance(now)
        return {
            "at": self.own(now),
            **self.meter.snapshot(now),
            **{name: part.snapshot() for name, part in self._parts()},
            "bills": [
                [each.ended, saved_reads(deque((each.bill,)))] for each in self.billing.entries
            ],
            "changes": saved_reads(self.changes),
            "load_limit_counter": self.load_limit_counter,
            "voltage": self.voltage.snapshot(),
            "limited_until": self._limited_until(),
        }

    def restore(self, state: Mapping[str, Any], now: Instant) -> None:
        """Hold what a snapshot says, and measure from `now` on."""
        for name, part in self._parts():
            part.restore(state[name])
        self.billing.entries = deque(
            (BilledPeriod(ended, restored_reads(bill, 1)[0]) for ended, bill in state["bills"]),
            maxlen=BILLS_KEPT,
        )
        self.changes = restored_reads(state["changes"], BILLS_KEPT)
        self.load_limit_counter = state["load_limit_counter"]
        self.voltage.restore(state["voltage"], now)
        self.meter.restore(state, now)
        self._at = now
        self._limit_until(state["limited_until"])
        self.outdate()
        self._restored = True

    def _parts(self) -> list[tuple[str, Any]]:
        second = [] if self.second is None else [("second", self.second.tariff)]
        return [
            ("tariff", self.tariff),
            ("account", self.account),
            ("demand", self.demand),
            ("window_demand", self.window_demand),
            ("export_demand", self.export_demand),
            ("daily", self.daily),
            ("billing", self.billing),
            ("block_resets", self.block_resets),
            ("switch", self.switch),
            ("auxiliary", self.auxiliary),
            *second,
        ]

    def _second_element(self, channels: Sequence[Channel]) -> SecondElement | None:
        if Channel.SECONDARY_IMPORT not in channels:
            return None
        place = tuple(channels).index(Channel.SECONDARY_IMPORT)
        return SecondElement(self.account, TariffMatrix(place), place)

    def _prices(self, own: int) -> Sequence[int]:
        """Millipence a kilowatt hour, by the place of the channel."""
        first = self.tariff.price(own)
        if self.second is None:
            return (first,)
        return (first, *(0,) * (self.second.place - 1), self.second.tariff.price(own))

    def _arrange(self) -> None:
        """Let whoever has something to do go with what passes."""
        meter, places = self.meter, tuple(self.meter.channels)
        meter.gate = self.account
        paying = self._pays()
        meter.followers = [
            *((self.account, self.credit) if paying else ()),
            self.tariff,
        ]
        windowed = (self.window_demand,) if self.window_demand.window != (0, 0) else ()
        second = None if self.second is None else self.second.place
        meter.half_hourly = [*follows_import((self.demand, *windowed), second)]
        # paid for before the account puts a day aside, so that it belongs to that day
        meter.before = [] if self.second is None else [(self.second.place, self.second)]
        meter.beside = []
        if Channel.ACTIVE_EXPORT in places:
            meter.half_hourly.append((places.index(Channel.ACTIVE_EXPORT), self.export_demand))
        periods = (each for each in (self.billing, self.block_resets) if each.due < _NEVER)
        meter.beside += [(0, each) for each in (self.daily, *periods)]
        meter.pacers = [self.tariff]
        if self.account.mode is PaymentMode.PREPAYMENT:
            meter.pacers.append(self.credit)

    def _pays(self) -> bool:
        """Whether anything changes what the account holds."""
        terms = self.tariff.terms
        priced = any(terms.prices.values()) or bool(terms.standing_charge)
        second = self.second is not None and any(self.second.tariff.terms.prices.values())
        return priced or second or self.account.mode is PaymentMode.PREPAYMENT

    def _set_up(self) -> None:
        if not self._outdated:
            return
        outdated, self._outdated = dict.fromkeys(self._outdated), []
        for concern in outdated:
            self.concerns[concern]()
        self._arrange()
        self._apply()
        self._limit(self._at)
        if self._restored:
            self.credit.settle(self.own(self._at))
        else:
            self.credit.look(self.own(self._at))
        self._restored = False

    def _enable(self) -> None:
        self.switch.release()
        self.account.enable()
        if self.limiter is not None:
            self.limiter.release()

    def _apply(self) -> None:
        self.meter.connected = self.switch.lets_through

    def _bill(self) -> RegisterRead:
        read = self.look(0)
        self.tariff.reset_blocks()
        self.tell(self.billing.due, EventCode.BILLING_DATA_LOG_UPDATED)
        return read

    def _due(self) -> Instant | None:
        """When the load limit or a voltage has something to look at."""
        dues = (self._limit_due(), self.voltage.deadline)
        return min((each for each in dues if each is not None), default=None)

    def _limit_due(self) -> Instant | None:
        if self.limiter is None:
            return None
        change = next_crossing(self.meter, self._at, self.limiter.limit.threshold * 1000)
        deadline = self.limiter.deadline
        return change if deadline is None else min(change, deadline)

    def _limit(self, now: Instant) -> None:
        limiter = self.limiter
        if limiter is None:
            return
        limiter.observe(power_import(self.meter, now), now)
        for event in limiter.wake(now):
            self.load_limit_counter += event is LoadLimitEvent.EXCEEDED
            self.tell(self.own(now), _LIMIT_EVENTS[event])
        self.switch.limited = limiter.disabled
        self._apply()
        limiter.observe(power_import(self.meter, now), now)

    def _limited_until(self) -> int | None:
        """Own time up to which the load limit interrupts the supply."""
        limiter = self.limiter
        if limiter is None or not limiter.disabled or limiter.deadline is None:
            return None
        return self.own(limiter.deadline)

    def _limit_until(self, own: int | None) -> None:
        if own is not None:
            self.limiter = LoadLimiter(_NO_LIMIT)
            self.limiter.disabled = True
            self.limiter.deadline = self.meter.clock.instant(own)
