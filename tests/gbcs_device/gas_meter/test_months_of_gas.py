"""Random months of gas, commands and looks, beside the independent model of an account.

The model knows prices a cubic metre and nothing of commands; ten kilowatt hours are one.
"""

import json
from math import floor

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from emulator.gbcs.utrn import TopUp, Utrn, ValueClass
from emulator.gbcs_device.gas_meter.keypad import Keypad
from emulator.gbcs_device.gas_meter.working_meter import WorkingGasMeter
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.metering.drifting_clock import own_time
from emulator.metering.quantities import DAY, HOUR
from emulator.testing.scenes.gbz_scene import filled
from emulator.wire.struct import Struct
from emulator.zcl.data_types import Date
from emulator.zcl.payloads.calendar import (
    PublishCalendar,
    PublishDayProfile,
    PublishSeasons,
    PublishWeekProfile,
    ScheduleEntry,
    Season,
)
from emulator.zcl.payloads.prepayment import ChangeDebt, SetOverallDebtCap
from emulator.zcl.payloads.price import PublishPriceMatrix, PublishTariffInformation
from tests.gbcs_device.gas_meter.scene import (
    CREDIT_MODE,
    METERING,
    POUND,
    PREPAYMENT,
    PRICE,
    START,
    GasMeter,
)
from tests.metering.prepayment.naive_account import NaiveAccount

CALENDAR = 0x0707
OWN = own_time(START)
MINUTE = HOUR // 60
STATES = {0: "disabled", 1: "armed", 2: "enabled"}
ANY = 0xFF
money = st.integers(0, 20 * POUND)


def calendar(kind: int, *entries: tuple[int, int]) -> tuple[Struct, ...]:
    """One day for every day of the year (GCS01a, GCS05)."""
    week = dict.fromkeys(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), 1
    )
    name = {"issuer_calendar_id": kind + 1}
    return (
        filled(PublishCalendar, calendar_type=kind, **name),
        filled(
            PublishDayProfile,
            day_id=1,
            calendar_type=kind,
            entries=tuple(ScheduleEntry(*each) for each in entries),
            **name,
        ),
        filled(PublishWeekProfile, week_id=1, **week, **name),
        filled(PublishSeasons, seasons=(Season(Date(ANY, 1, 1, ANY), 1),), **name),
    )


class MonthsOfGas(RuleBasedStateMachine):
    """The meter, by way of commands, and the model live through the same."""

    @initialize()
    def begin(self) -> None:
        self.gas = GasMeter()
        self.gas.whole_kilowatt_hours()
        assert self.gas.send(CALENDAR, *calendar(0, (0, 1), (420, 2))) == [0] * 4
        assert self.gas.send(CALENDAR, *calendar(3, (0, 0), (1080, 1))) == [0] * 4
        self.gas.emergency(5 * POUND, POUND)
        self.model = NaiveAccount(OWN, protected=range(18, 24), emergency_limit=5 * POUND)
        self.litres, self.other = 0, 0
        self.change_tariff(900, 3_001, 25_000)
        self.cap(20 * POUND)
        self.gas.adjust(10 * POUND)
        self.other = 10 * POUND
        self.pay_otherwise(prepaid=True)

    def send(self, cluster: int, *requests: Struct) -> None:
        assert set(self.gas.send(cluster, *requests)) <= {0, -1}

    @rule(minutes=st.integers(1, 5 * 24 * 60), looks=st.lists(st.integers(0, 7_200), max_size=3))
    def live(self, minutes: int, looks: list[int]) -> None:
        end = self.gas.now + minutes * MINUTE
        for look in sorted(looks):
            self.gas.live(min(look * MINUTE, end - self.gas.now))
            self.gas.read(METERING, 0x0000)
        self.gas.live(end - self.gas.now)
        self.model.live(OWN + end, self.litres)

    @rule(litres=st.integers(0, 4_000))
    def burn(self, litres: int) -> None:
        self.litres = litres
        self.gas.burn(litres)

    @rule(night=st.integers(0, 9_000), day=st.integers(0, 9_000), standing=st.integers(0, 90_000))
    def change_tariff(self, night: int, day: int, standing: int) -> None:
        told = filled(
            PublishTariffInformation,
            number_of_price_tiers_in_use=2,
            price_trailing_digit=0x50,
            standing_charge=standing,
        )
        matrix = b"".join(
            bytes((tier,)) + price.to_bytes(4, "little") for tier, price in ((1, night), (2, day))
        )
        head = bytes(16) + bytes((0, 1)) + b"\x01"
        self.send(PRICE, told, PublishPriceMatrix.decode(head + matrix))
        self.model.prices, self.model.standing = (10 * night, 10 * day), standing

    @rule(counter=st.integers(1, 40), pounds=st.integers(0, 30))
    def top_up(self, counter: int, pounds: int) -> None:
        code = Utrn(TopUp(pounds, ValueClass.POUNDS, counter), bytes(4)).digits.encode()
        answer = self.gas.top_up(code)
        if self.model.prepaid:
            taken = self.model.top_up(counter, pounds * POUND) == "taken"
        else:
            taken = counter not in self.model.tokens
            self.model.tokens.add(counter)
            self.other += pounds * POUND if taken else 0
        assert answer.result_type == (0 if taken else 2)

    @rule(prepaid=st.sampled_from([True, True, True, False]))
    def pay_otherwise(self, *, prepaid: bool) -> None:
        self.gas.prepay(cut_off=-1, mode=0x0897 if prepaid else CREDIT_MODE)
        model = self.model
        if prepaid is not model.prepaid:
            model.pots["balance"], self.other = self.other, model.pots["balance"]
        model.prepaid = prepaid
        if not prepaid and model.state == "disabled":
            model.state = "armed"
        model.settle()

    @rule(by=st.integers(-5 * POUND, 10 * POUND))
    def adjust(self, by: int) -> None:
        if self.model.prepaid:
            self.gas.adjust(by)
            self.model.pots["balance"] += by
            self.model.settle()

    @rule(
        debt=money, rate=st.integers(0, POUND), hourly=st.booleans(), points=st.integers(0, 10_000)
    )
    def owe(self, debt: int, rate: int, points: int, *, hourly: bool) -> None:
        by_time = filled(
            ChangeDebt,
            debt_amount_type=0,
            debt_amount=debt,
            debt_recovery_amount=rate,
            debt_recovery_frequency=0 if hourly else 1,
        )
        by_payment = filled(
            ChangeDebt,
            debt_amount_type=4,
            debt_amount=debt,
            debt_recovery_balance_percentage=points,
        )
        self.send(PREPAYMENT, by_time, by_payment)
        self.model.debts[0] = [debt, rate, HOUR if hourly else DAY]
        self.model.payment_debt[:2] = [debt, points]

    @rule(cap=money)
    def cap(self, cap: int) -> None:
        self.send(PREPAYMENT, filled(SetOverallDebtCap, overall_debt_cap=cap))
        self.model.payment_debt[2] = cap

    @rule()
    def ask_for_emergency_credit(self) -> None:
        given = self.gas.keypad.activate_emergency_credit().result == "done"
        assert given == self.model.ask_for_emergency(POUND)

    @rule()
    def enable(self) -> None:
        done = self.gas.keypad.enable().result == "done"
        assert done == (self.model.state == "armed")
        self.model.state = "enabled" if done else self.model.state

    @rule()
    def lose_power_for_a_moment(self) -> None:
        gas = self.gas
        kept = json.loads(json.dumps(gas.executor.snapshot()))
        store = MeterStore({})
        gas.work = WorkingGasMeter(gas.meter, store, lambda: gas.now)
        gas.executor = GbzExecutor(store, mechanism=gas.work)
        gas.keypad = Keypad(gas.executor, gas.work)
        gas.executor.restore(kept)

    @invariant()
    def both_agree(self) -> None:
        gas, model = self.gas, self.model
        gas.hear(gas.executor.settle())
        shown = gas.executor.store.attributes.number
        pots = model.pots
        credit, bill = (
            (pots["balance"], self.other) if model.prepaid else (self.other, pots["balance"])
        )
        assert shown(PREPAYMENT, 0x0001) == credit
        assert shown(METERING, 0x0A00) == max(0, -bill)
        assert shown(PREPAYMENT, 0x0002) == pots["emergency"]
        assert shown(PREPAYMENT, 0x0005) == pots["arrears"]
        assert shown(PREPAYMENT, 0x0211) == model.debts[0][0]
        assert shown(PREPAYMENT, 0x0231) == model.payment_debt[0]
        assert STATES[shown(METERING, 0x0014)] == model.state
        register = shown(METERING, 0x0000)
        assert register == floor(model.energy)
        assert register == sum(shown(METERING, each) for each in (0x0100, 0x0102))


MonthsOfGas.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestMonthsOfGas = MonthsOfGas.TestCase
