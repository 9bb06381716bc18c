from dataclasses import replace

from emulator.metering.credit_watch import CreditWatch
from emulator.metering.event_codes import EventCode
from emulator.metering.prepayment.account import Account
from emulator.metering.prepayment.debts import TimeDebt
from emulator.metering.prepayment.terms import PaymentMode, PrepaymentTerms
from emulator.metering.quantities import HOUR
from emulator.metering.tariff_matrix import TariffMatrix, TariffTerms

TERMS = PrepaymentTerms(emergency_limit=3_000, emergency_threshold=1_000)


def watched(balance: int) -> tuple[Account, CreditWatch, list[tuple[int, EventCode]]]:
    tariff = TariffMatrix()
    tariff.terms = TariffTerms(prices={1: 10_000})
    account = Account(tariff, TERMS, 0)
    account.balance = balance
    account.set_mode(PaymentMode.PREPAYMENT, 0)
    told: list[tuple[int, EventCode]] = []
    watch = CreditWatch(
        account, lambda own, code: told.append((own, code)), lambda own: (tariff.price(own),)
    )
    return account, watch, told


def test_each_threshold_is_told_once_and_in_order() -> None:
    account, watch, told = watched(5_000)
    watch.low_credit = 2_000
    watch.settle(0)
    for own, balance in ((1, 1_999), (2, 1_500), (3, 1_000), (4, 0)):
        account.adjust_balance(balance - account.balance, own)
        watch.look(own)

    assert told == [
        (1, EventCode.LOW_CREDIT),
        (3, EventCode.EMERGENCY_CREDIT_AVAILABLE),
        (4, EventCode.CREDIT_BELOW_DISABLEMENT_THRESHOLD),
    ]


def test_emergency_credit_is_told_when_activated_and_when_used_up() -> None:
    account, watch, told = watched(500)
    watch.settle(0)
    account.activate_emergency_credit(1)
    watch.look(1)
    account.buy(350 * 3_600_000_000 * 1_000, 10_000, 1, 2)
    watch.passed(0, 1, 2)

    assert told == [
        (1, EventCode.EMERGENCY_CREDIT_ACTIVATED),
        (2, EventCode.EMERGENCY_CREDIT_EXHAUSTED),
        (2, EventCode.CREDIT_BELOW_DISABLEMENT_THRESHOLD),
    ]


def test_debt_that_is_paid_is_told() -> None:
    account, watch, told = watched(500)
    account.time_debts = (TimeDebt(5, 5), TimeDebt())
    watch.settle(0)
    account.time_debts = (TimeDebt(), TimeDebt())
    watch.look(7)

    assert told == [(7, EventCode.TIME_DEBT_1_COLLECTED)]


def test_time_until_the_next_threshold_is_exact() -> None:
    # 10,000 millipence a kilowatt hour at one kilowatt
    account, watch, _ = watched(25_000)
    watch.low_credit = 20_001
    assert watch.paces([1_000_000], 0) == HOUR // 2
    account.balance = 20_000
    assert watch.paces([1_000_000], 0) == 19 * HOUR // 10
    account.terms = replace(TERMS, emergency_threshold=0)
    assert watch.paces([1_000_000], 0) == 2 * HOUR
    assert watch.paces([0], 0) is None
    account.set_mode(PaymentMode.CREDIT, 0)
    assert watch.paces([1_000_000], 0) is None
    assert watch.next_change(0) > HOUR
