"""Events begin where something becomes true, and are told once (GBCS 16.2)."""

from emulator.gbcs.alert_codes import alert_codes
from emulator.gbcs_device.gas_meter.watch import AccountWatch, GasEvent
from emulator.metering.flow_check import FlowCheck
from emulator.metering.prepayment.debts import TimeDebt
from emulator.metering.prepayment.terms import PaymentMode
from tests.metering.test_valve import valve


def watch() -> AccountWatch:
    made = valve()
    return AccountWatch(made.account, FlowCheck(made), lambda: 0)


def test_every_code_has_a_name() -> None:
    assert {int(each) for each in GasEvent} <= set(alert_codes())


def test_supply_that_ends_is_told_once() -> None:
    made = valve()
    seen = AccountWatch(made.account, FlowCheck(made), lambda: 0)
    made.account.set_mode(PaymentMode.PREPAYMENT, 0)

    seen.look(5)
    seen.look(6)

    offered = (GasEvent.EMERGENCY_CREDIT_AVAILABLE, 5)
    assert seen.take() == [(GasEvent.CREDIT_BELOW_DISABLEMENT, 5), offered]
    assert seen.take() == []


def test_debt_that_a_supplier_waives_was_not_collected() -> None:
    made = valve()
    made.account.set_debts(TimeDebt(5, 1), TimeDebt())
    seen = AccountWatch(made.account, FlowCheck(made), lambda: 0)
    made.account.set_debts(TimeDebt(), TimeDebt())

    seen.look(1, commanded=True)

    assert seen.take() == []


def test_debt_that_was_collected_is_told() -> None:
    made = valve()
    made.account.set_debts(TimeDebt(5, 1), TimeDebt())
    seen = AccountWatch(made.account, FlowCheck(made), lambda: 0)
    made.account.time_debts[0].collect(5)

    seen.passed(0, 0, 7)

    assert seen.take() == [(GasEvent.TIME_DEBT_1_COLLECTED, 7)]


def test_watch_never_wakes_by_itself() -> None:
    assert watch().next_change(3) > 2**59
