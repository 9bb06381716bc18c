"""Random months of use, top-ups, tariffs, debts and modes, beside an independent model."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from math import floor

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Calendar, Instant
from emulator.metering.drifting_clock import DriftingClock, own_time
from emulator.metering.meter import Meter
from emulator.metering.prepayment.account import Account
from emulator.metering.prepayment.cost_of_use import Period
from emulator.metering.prepayment.debts import PaymentDebt, TimeDebt
from emulator.metering.prepayment.non_disablement import NonDisablementCalendar
from emulator.metering.prepayment.terms import PaymentMode, PrepaymentTerms, SupplyState, Tariff
from emulator.metering.prepayment.top_up_memory import TopUpOutcome
from emulator.metering.quantities import COUNT, DAY, HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar
from tests.metering.prepayment.naive_account import NaiveAccount

START = datetime(2026, 2, 26, 22, 30, tzinfo=UTC)
OWN = own_time(START)
IMPORT = Channel.ACTIVE_IMPORT
MINUTE = HOUR // 60


def daily(*switches: tuple[int, int]) -> TariffCalendar:
    return TariffCalendar(
        (tuple(Switch(*each) for each in switches),), [(0,) * 7], (Season(1, 1, 0),)
    )


NIGHT = daily((0, 0), (420, 1))
EVENINGS = NonDisablementCalendar(daily((0, 0), (18 * 60, 1)))
TARIFF = Tariff(calendar=NIGHT, prices=(9_123, 30_007), standing_charge=45_678)
TERMS = PrepaymentTerms(
    emergency_limit=500_000, emergency_threshold=100_000, non_disablement=EVENINGS
)
money = st.integers(0, 3_000_000)


class Months(RuleBasedStateMachine):
    """The product and the model live through the same."""

    @initialize(
        threshold=st.sampled_from([0, 50_000]), in_emergency=st.booleans(), when_off=st.booleans()
    )
    def begin(self, threshold: int, in_emergency: bool, when_off: bool) -> None:
        terms = replace(
            TERMS,
            disablement_threshold=threshold,
            suspend_debt_in_emergency=in_emergency,
            suspend_debt_when_disabled=when_off,
        )
        self.meter = Meter(DriftingClock(Calendar(START)), (IMPORT,))
        self.account = Account(TARIFF, terms, OWN)
        self.meter.followers.append(self.account)
        self.meter.gate = self.account
        self.now, self.watts = Instant(0), 0
        self.model = NaiveAccount(
            OWN,
            prices=(9_123, 30_007),
            standing=45_678,
            protected=range(18, 24),
            threshold=threshold,
            emergency_limit=500_000,
            pause_in_emergency=in_emergency,
            pause_when_off=when_off,
        )
        self.use(1_000)
        self.adjust(1_000_000)
        self.pay_otherwise(mode=PaymentMode.PREPAYMENT)

    @property
    def own(self) -> int:
        return OWN + self.now

    @rule(minutes=st.integers(1, 8 * 24 * 60), looks=st.lists(st.integers(0, 11_520), max_size=5))
    def live(self, minutes: int, looks: list[int]) -> None:
        end = Instant(self.now + minutes * MINUTE)
        for look in sorted(looks):
            self.meter.advance(Instant(min(end, self.now + look * MINUTE)))
        self.meter.advance(end)
        self.model.live(OWN + end, self.watts)
        self.now = end

    @rule(watts=st.integers(0, 9_000))
    def use(self, watts: int) -> None:
        self.watts = watts
        self.meter.load(IMPORT, StepFunction([(self.now, watts * 1_000)]), self.now)

    @rule(token=st.integers(0, 90), amount=money)
    def top_up(self, token: int, amount: int) -> None:
        taken = self.account.top_up(token, amount, self.own)
        assert taken.value == self.model.top_up(token, amount)

    @rule(token=st.integers(0, 90), amount=money, days=st.integers(1, 9))
    def top_up_and_live_on(self, token: int, amount: int, days: int) -> None:
        self.top_up(token, amount)
        self.enable()
        self.live(days * 24 * 60, [])

    @rule(mode=st.sampled_from([*[PaymentMode.PREPAYMENT] * 3, PaymentMode.CREDIT]))
    def pay_otherwise(self, mode: PaymentMode) -> None:
        prepaid = mode is PaymentMode.PREPAYMENT
        self.account.set_mode(mode, self.own)
        self.model.prepaid = prepaid
        if not prepaid and self.model.state == "disabled":
            self.model.state = "armed"
        self.model.settle()

    @rule(night=st.integers(0, 60_000), day=st.integers(0, 60_000), standing=st.integers(0, 90_000))
    def change_tariff(self, night: int, day: int, standing: int) -> None:
        self.account.tariff = Tariff(calendar=NIGHT, prices=(night, day), standing_charge=standing)
        self.model.prices, self.model.standing = (night, day), standing

    @rule(
        remaining=money,
        rate=st.integers(0, 200_000),
        period=st.sampled_from([HOUR, DAY, 7 * DAY]),
        points=st.integers(0, 10_000),
        cap=st.none() | money,
    )
    def owe(self, remaining: int, rate: int, period: int, points: int, cap: int | None) -> None:
        self.account.set_debts(
            TimeDebt(remaining, rate, period),
            TimeDebt(remaining // 2, rate // 3, DAY),
            payment_debt=PaymentDebt(remaining, points, cap),
        )
        self.model.debts = [[remaining, rate, period], [remaining // 2, rate // 3, DAY]]
        self.model.payment_debt = [remaining, points, 10**30 if cap is None else cap]
        self.model.payments = []

    @rule(by=st.integers(-1_000_000, 1_000_000))
    def adjust(self, by: int) -> None:
        self.account.adjust_balance(by, self.own)
        self.model.pots["balance"] += by
        self.model.settle()

    @rule()
    def ask_for_emergency_credit(self) -> None:
        given = self.account.activate_emergency_credit(self.own)
        assert given == self.model.ask_for_emergency(100_000)

    @rule()
    def enable(self) -> None:
        assert self.account.enable() == (self.model.state == "armed")
        self.model.state = "enabled" if self.model.state == "armed" else self.model.state

    @rule()
    def lose_power_for_a_moment(self) -> None:
        kept = json.loads(json.dumps(self.account.snapshot()))
        again = Account(self.account.tariff, self.account.terms, self.own)
        again.restore(kept)
        self.meter.followers[:] = [again]
        self.meter.gate = self.account = again

    @invariant()
    def both_agree(self) -> None:
        account, model = self.account, self.model
        assert {
            "balance": account.balance,
            "emergency": account.emergency_left,
            "borrowed": account.emergency_used,
            "arrears": account.accumulated_debt,
        } == model.pots
        assert account.supply.value == model.state
        assert [each.remaining for each in account.time_debts] == [each[0] for each in model.debts]
        assert account.payment_debt.remaining == model.payment_debt[0]
        assert self.meter.counts(IMPORT, self.now) == floor(model.energy)


Months.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestMonths = Months.TestCase


def account(terms: PrepaymentTerms = TERMS) -> Account:
    made = Account(TARIFF, terms, OWN)
    made.set_mode(PaymentMode.PREPAYMENT, OWN)
    return made


def supply_of(made: Account) -> SupplyState:
    return made.supply


def test_empty_account_interrupts_supply_and_a_top_up_arms_it() -> None:
    made = account(replace(TERMS, non_disablement=NonDisablementCalendar()))
    assert supply_of(made) is SupplyState.DISABLED
    assert not made.enable()

    made.top_up(1, 10_000, OWN)

    assert supply_of(made) is SupplyState.ARMED
    assert made.enable()
    assert made.open


def test_supply_ends_in_the_microsecond_in_which_credit_does() -> None:
    meter = Meter(DriftingClock(Calendar(datetime(2026, 1, 5, 8, tzinfo=UTC))), (IMPORT,))
    made = account(replace(TERMS, non_disablement=NonDisablementCalendar()))
    made.tariff = Tariff(calendar=NIGHT, prices=(0, 30_000))
    made.top_up(1, 45_000, OWN)
    made.enable()
    meter.followers.append(made)
    meter.gate = made
    # 45 p at 30 p/kWh are 1.5 kWh
    meter.load(IMPORT, StepFunction([(0, 3_000_000)]), Instant(0))
    meter.advance(Instant(HOUR // 2 - 1))
    assert made.open
    meter.advance(Instant(DAY))

    assert meter.channels[IMPORT].amount == 1_500 * COUNT
    assert made.balance == 0
    assert not meter.supplied


def test_no_supply_is_interrupted_in_a_protected_evening() -> None:
    # 22:30, protected until midnight
    made = account()
    assert made.open

    made.passed(0, OWN, OWN + 90 * MINUTE)

    assert not made.open


@pytest.mark.parametrize(
    ("amount", "balance", "outcome"),
    [
        (50_000_001, 0, TopUpOutcome.OVER_CREDIT_LIMIT),
        (1_000, 99_999_001, TopUpOutcome.OVER_BALANCE_LIMIT),
        (1_000, 99_999_000, TopUpOutcome.TAKEN),
    ],
)
def test_top_up_beyond_a_limit_is_refused_and_may_be_tried_again(
    amount: int, balance: int, outcome: TopUpOutcome
) -> None:
    made = account()
    made.adjust_balance(balance, OWN)

    assert made.top_up(7, amount, OWN) is outcome
    assert (7 in made.tokens.counters) is (outcome is TopUpOutcome.TAKEN)


def test_negative_top_up_is_refused() -> None:
    with pytest.raises(UsageError, match="negative"):
        account().top_up(1, -1, OWN)


def test_other_than_two_debts_by_time_are_refused() -> None:
    with pytest.raises(UsageError, match="expected 2"):
        account().set_debts(TimeDebt())


def test_cost_of_use_is_what_was_consumed_and_the_standing_charge() -> None:
    made = account()
    made.passed(2_000 * COUNT, OWN, OWN + 30 * MINUTE)
    made.passed(0, OWN + 30 * MINUTE, OWN + 90 * MINUTE)

    # 2 kWh at the day's price
    assert made.cost_of_use.past[Period.DAY][-1] == 2 * 30_007 + 45_678
    assert made.cost_of_use.current[Period.DAY] == 0
