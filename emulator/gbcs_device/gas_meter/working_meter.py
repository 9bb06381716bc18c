"""A gas meter at work: its state says what it goes by, and shows what it counted.

Before a command looks, the meter measures up to that moment and shows its registers; afterwards it
takes over what the command set (SMETS2 4.5.3 and 4.6.4, GBCS 7.2.10). Who looks, and how often,
changes nothing of what is counted, owed or told.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from emulator.gbcs_device.gas_meter.battery import Battery
from emulator.gbcs_device.gas_meter.calendar_checks import executes
from emulator.gbcs_device.gas_meter.credit_terms import (
    payment_mode,
    prepayment_terms,
    set_payment_debt,
    time_debt,
)
from emulator.gbcs_device.gas_meter.kept_logs import DailyReads, NetworkData, show_profile
from emulator.gbcs_device.gas_meter.settings import GasMeterSettings
from emulator.gbcs_device.gas_meter.shown_values import (
    BILL,
    CREDIT_REMAINING,
    GasMeterParts,
    shown_values,
)
from emulator.gbcs_device.gas_meter.tariff_in_force import PRICE_PARTS, tariff_settings
from emulator.gbcs_device.gas_meter.watch import AccountWatch, GasEvent, HappenedEvent
from emulator.gbcs_device.gbz.own_snapshots import take_prepay_snapshot, take_snapshot
from emulator.gbcs_device.gbz.state.attributes import AttributeKey
from emulator.gbcs_device.gbz.state.balances import (
    METERING,
    PREPAYMENT,
    add_credit,
)
from emulator.gbcs_device.gbz.state.calendars import Calendar, Part
from emulator.gbcs_device.gbz.state.document import members
from emulator.gbcs_device.gbz.state.mechanism import TopUpDone
from emulator.gbcs_device.gbz.state.snapshots import SnapshotCause
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.kernel.errors import LabError, LocalError
from emulator.kernel.units import Instant
from emulator.metering.flow_check import FlowCheck, FlowLimits
from emulator.metering.meter import Meter
from emulator.metering.prepayment.account import Account
from emulator.metering.prepayment.terms import PaymentMode, SupplyState
from emulator.metering.prepayment.token_settings import TokenSettings
from emulator.metering.prepayment.top_up_memory import TopUpOutcome
from emulator.metering.quantities import Channel
from emulator.metering.valve import StopReason, Valve
from emulator.zcl.payloads.price import PublishTariffInformation

SECOND: Final = 1_000_000
LOCKED: Final = 0
"""Supply after tampering, or without power (use-case annex of GBCS, GCS24a)."""
_LOW_CREDIT: Final = (PREPAYMENT, 0x0031)
_EMERGENCY_REMAINING: Final = (PREPAYMENT, 0x0002)
_ACCUMULATED_DEBT: Final = (PREPAYMENT, 0x0005)
_BATTERY: Final = (METERING, 0x0205)
_DEPLETION_STATE: Final = (METERING, 0x0608)
_TAMPER_STATE: Final = (METERING, 0x0607)
_ENDED: Final = (GasEvent.METER_COVER_CLOSED, GasEvent.MAGNETIC_FIELD_REMOVED)
_TENTHS: Final = SECOND // 10
_OUTCOMES: Final = {
    TopUpOutcome.DUPLICATE: GasEvent.DUPLICATE_TOKEN,
    TopUpOutcome.TOO_OLD: GasEvent.DUPLICATE_TOKEN,
    TopUpOutcome.OVER_CREDIT_LIMIT: GasEvent.TOKEN_EXCEEDS_MAXIMUM,
    TopUpOutcome.OVER_BALANCE_LIMIT: GasEvent.BALANCE_WOULD_EXCEED_MAXIMUM,
}
DEFAULTS: Final = GasMeterSettings()


class WorkingGasMeter:
    """The mechanism of a gas meter.

    Args:
        meter: counts gas; what follows it is put in its place here.
        store: the state that it goes by.
        now: virtual time.
        settings: what its maker decides.
    """

    def __init__(
        self,
        meter: Meter,
        store: MeterStore,
        now: Callable[[], Instant],
        settings: GasMeterSettings = DEFAULTS,
    ) -> None:
        self._meter = meter
        self._now = now
        self._settings = settings
        self.attach(store)

    def attach(self, store: MeterStore) -> None:
        """Go by another state, as one that has counted nothing."""
        own, meter = self.own, self._meter
        self._store = store
        self._tariff = tariff_settings(store)
        self._information = store.published.latest(PublishTariffInformation)
        self.registers = self._tariff.registers()
        terms = prepayment_terms(store)
        tariff = self._tariff.tariff(self.registers)
        tokens = TokenSettings(remembered=store.settings.remembered_tokens)
        self.account = Account(tariff, terms, own, tokens=tokens, parts=PRICE_PARTS)
        self.account.mode = payment_mode(store)
        self.valve = Valve(self.account)
        self.check = FlowCheck(self.valve)
        self.watch = AccountWatch(self.account, self.check, lambda: self._number(_LOW_CREDIT))
        self.battery = Battery(
            self._settings.battery_days,
            self._settings.low_battery_days,
            own,
            lambda at: self.watch.note(GasEvent.LOW_BATTERY, at),
        )
        self.network = NetworkData(lambda: self._store)
        self._daily = DailyReads(lambda: self._store, self._show, lambda: self.prepaid, own)
        self._shown: dict[AttributeKey, object] = {}
        self._set_up_followers()
        meter.gate = self.valve
        self._take_credit(own, {CREDIT_REMAINING, BILL})
        self.watch.begin(own)
        self._show()

    @property
    def own(self) -> int:
        """Now, by the meter's own clock."""
        return self._meter.clock.own(self._now())

    @property
    def prepaid(self) -> bool:
        """Whether consumption is paid for in advance."""
        return self.account.mode is PaymentMode.PREPAYMENT

    def measure(self, _store: MeterStore) -> None:
        """Count up to now, and show it."""
        self._meter.advance(self._now())
        self._show()

    def show_samples(self, _store: MeterStore) -> None:
        """Show the half hours that were written down."""
        show_profile(self._store, self._meter.channels[Channel.GAS])

    def happened(self) -> Sequence[HappenedEvent]:
        """What happened since somebody last asked."""
        return self.watch.take()

    def follow(self, _store: MeterStore) -> None:
        """Go by what the state says from now on."""
        own = self.own
        changed = {
            key for key, value in self._shown.items() if self._store.attributes.get(*key) != value
        }
        self._take_tariff()
        self.account.terms = prepayment_terms(self._store)
        self._take_credit(own, changed)
        self._take_flow_limits()
        self.watch.look(own, commanded=True)
        self._show()

    def executes(self, part: Part, calendar: Calendar) -> bool:
        """Whether a calendar with this part says at every moment what is to be done."""
        return executes(part, calendar)

    def billed(self, _store: MeterStore) -> None:
        """Begin a billing period: balances are written down too, and blocks begin again."""
        if self.prepaid:
            moment = self.own // SECOND
            take_prepay_snapshot(self._store, SnapshotCause.END_OF_BILLING_PERIOD, moment)
        self.registers.begin_block_period()
        self._show()

    def next_event(self) -> Instant | None:
        """When it may have something to tell although nobody asks; None when not."""
        now, own = self._now(), self.own
        due = [self._meter.quiet_until(now)] if self.prepaid else []
        if self.check.running:
            due.append(self._meter.clock.instant(self.check.next_change(own)))
        return min(due, default=None)

    def top_up(self, store: MeterStore, counter: int, value: int, *, local: bool) -> TopUpDone:
        """Take the value of a genuine token: to debts, emergency credit and balance."""
        account, own = self.account, self.own
        if not self.prepaid:
            account.tokens.remember(counter)
            self._tell_added(own, local=local)
            return TopUpDone(TopUpOutcome.TAKEN, add_credit(store, value))
        owed, supply = account.payment_debt.remaining, self.valve.state
        outcome = account.top_up(counter, value, own)
        if outcome is TopUpOutcome.TAKEN:
            self._tell_added(own, local=local)
        else:
            self.watch.note(_OUTCOMES[outcome], own)
        self._tell_armed(supply, own)
        self._show()
        return TopUpDone(outcome, account.balance, owed - account.payment_debt.remaining)

    def refuse_token(self, *, duplicate: bool) -> None:
        """Tell of a code that is not genuine, or was taken before."""
        code = GasEvent.DUPLICATE_TOKEN if duplicate else GasEvent.TOKEN_NOT_AUTHENTIC
        self.watch.note(code, self.own)

    def activate_emergency_credit(self, _store: MeterStore) -> bool:
        """Give emergency credit; whether there is any to have (SMETS2 4.5.3.1)."""
        own, supply = self.own, self.valve.state
        given = self.account.activate_emergency_credit(own)
        if given:
            self.watch.note(GasEvent.EMERGENCY_CREDIT_ACTIVATED, own)
            if supply is SupplyState.DISABLED and self.valve.state is SupplyState.ARMED:
                self.watch.note(GasEvent.ARMED_BY_EMERGENCY_CREDIT, own)
            self._show()
        return given

    def change_supply(self, _store: MeterStore, proposed: int) -> None:
        """Close or arm the valve; nobody opens it from afar (SMETS2 4.5.3.7, 4.5.3.10)."""
        own, supply = self.own, self.valve.state
        if proposed == 0:
            self.valve.close(StopReason.COMMAND)
        else:
            self.valve.arm()
        self._tell_armed(supply, own)
        self._show()

    def enable(self) -> bool:
        """Open a valve that is armed, as somebody before the meter asks; whether it was."""
        self.measure(self._store)
        enabled = self.valve.enable()
        if enabled:
            self.check.begin(self.own)
        self._show()
        return enabled

    def tamper(self, code: GasEvent) -> None:
        """Somebody opened or moved it, or ends that: tell, and lock the supply if configured."""
        self.measure(self._store)
        self.watch.note(code, self.own)
        if code not in _ENDED and self._store.attributes.get(*_TAMPER_STATE) == LOCKED:
            self.valve.close(StopReason.TAMPER)
            self.watch.note(GasEvent.LOCKED_AFTER_TAMPER, self.own)
        self._show()

    def change_supplier(self, top_up_floor: int) -> None:
        """Another party is its supplier: what was counted and owed up to now is written down.

        Args:
            top_up_floor: from which UTRN counter on its top-ups count.
        """
        self.measure(self._store)
        self._write_down(SnapshotCause.CHANGE_OF_SUPPLIER)
        self._store.taken_tokens.begin(top_up_floor)
        self.account.tokens.begin(top_up_floor)

    def tell_of_clock(self, code: GasEvent) -> None:
        """Its clock followed the hub's, or could not: tell (GBCS 9.1)."""
        self.watch.note(code, self.own)

    def lose_power_supply(self) -> None:
        """Its battery failed and works again: tell, and lock the supply where that is set."""
        self.measure(self._store)
        self.watch.note(GasEvent.POWER_SUPPLY_LOSS, self.own)
        if self._store.attributes.get(*_DEPLETION_STATE) == LOCKED:
            self.valve.close(StopReason.POWER)
        self._show()

    def new_battery(self) -> None:
        """Somebody put in a new battery."""
        self.battery.replace(self.own)
        self.watch.note(GasEvent.BATTERY_RESET, self.own)
        self._show()

    def snapshot(self) -> Mapping[str, object]:
        """What it keeps without power, as JSON could say it."""
        return {
            "account": self.account.snapshot(),
            "registers": self.registers.snapshot(),
            "valve": self.valve.snapshot(),
            "check": self.check.snapshot(),
            "battery": self.battery.ends,
            "network": self.network.flowed,
            "happened": [[each.code, each.own] for each in self.watch.happened],
        }

    def restore(self, snapshot: Mapping[str, object]) -> None:
        """Go on as a snapshot says.

        Raises:
            LocalError: when it is none.
        """
        try:
            self._restore(snapshot)
        except (KeyError, TypeError, ValueError, AttributeError, LabError) as error:
            raise LocalError(f"saved state: a gas meter cannot go on with it: {error}") from error

    def _restore(self, snapshot: Mapping[str, object]) -> None:
        self.account.restore(members(snapshot, "account"))
        self.registers.restore(members(snapshot, "registers"))
        self.valve.restore(members(snapshot, "valve"))
        self.check.restore(members(snapshot, "check"))
        saved: Mapping[str, Any] = snapshot
        self.battery.ends, self.network.flowed = saved["battery"], saved["network"]
        self.watch.begin(self.own)
        for code, own in saved["happened"]:
            self.watch.note(GasEvent(code), own)
        self._take_flow_limits()
        self._show()

    def _set_up_followers(self) -> None:
        """The account first: it goes by the block in which what passed began."""
        self._meter.followers[:] = [
            self.account,
            self.registers,
            self.check,
            self.network,
            self._daily,
            self.battery,
            self.watch,
        ]
        self._meter.pacers[:] = [self.watch]

    def _number(self, key: AttributeKey) -> int:
        return self._store.attributes.number(*key)

    def _show(self) -> None:
        meter = self._meter.channels[Channel.GAS]
        parts = GasMeterParts(meter, self.registers, self.account, self.valve)
        shown = dict(shown_values(parts, self._number(_LOW_CREDIT)))
        shown[_BATTERY] = self.battery.remaining(self.own)
        for key, value in shown.items():
            if self._shown.get(key) != value or self._store.attributes.get(*key) != value:
                self._store.attributes.set(*key, value)
        self._shown = shown

    def _take_tariff(self) -> None:
        settings, before = tariff_settings(self._store), self._tariff
        information = self._store.published.latest(PublishTariffInformation)
        if information is not self._information:
            self._information = information
            self._write_down(SnapshotCause.CHANGE_OF_TARIFF)
            self.registers.begin_block_period()
        if settings == before:
            return
        self._tariff = settings
        if (settings.calendar, settings.thresholds) != (before.calendar, before.thresholds):
            counted = self.registers.snapshot()
            self.registers = settings.registers()
            self.registers.restore(counted)
            self._set_up_followers()
        self.registers.weight = settings.energy
        self.account.tariff = settings.tariff(self.registers)

    def _take_credit(self, own: int, changed: set[AttributeKey]) -> None:
        account, mode = self.account, payment_mode(self._store)
        balance = CREDIT_REMAINING if mode is PaymentMode.PREPAYMENT else BILL
        if mode is not account.mode:
            self._write_down(SnapshotCause.CHANGE_OF_MODE)
        if mode is not account.mode or balance in changed:
            value = self._number(balance)
            account.balance = value if mode is PaymentMode.PREPAYMENT else -value
        if _EMERGENCY_REMAINING in changed:
            account.end_emergency_credit()
        if _ACCUMULATED_DEBT in changed:
            account.accumulated_debt = max(0, self._number(_ACCUMULATED_DEBT))
        account.time_debts = (time_debt(self._store, 0), time_debt(self._store, 1))
        set_payment_debt(self._store, account.payment_debt)
        account.set_mode(mode, own)

    def _take_flow_limits(self) -> None:
        """Cubic metres an hour as millilitres, tenths of a second and seconds (GCS24a)."""
        number = self._store.attributes.number
        scaled = number(METERING, 0x0B10) * number(METERING, 0x0B12) * 1_000_000
        self.check.limits = FlowLimits(
            scaled // max(1, number(METERING, 0x0B13)),
            number(METERING, 0x0B14) * _TENTHS,
            number(METERING, 0x0B15) * SECOND,
        )

    def _write_down(self, cause: SnapshotCause) -> None:
        """What is shown is from before the change (GCS15b)."""
        moment = self.own // SECOND
        take_snapshot(self._store, cause, moment)
        take_prepay_snapshot(self._store, cause, moment)

    def _tell_added(self, own: int, *, local: bool) -> None:
        if local:
            self.watch.note(GasEvent.CREDIT_ADDED_LOCALLY, own)

    def _tell_armed(self, before: SupplyState, own: int) -> None:
        if self.valve.state is SupplyState.ARMED and before is not SupplyState.ARMED:
            self.watch.note(GasEvent.SUPPLY_ARMED, own)
