"""A valve that was closed is opened by whoever stands before it, once it is armed."""

import pytest

from emulator.metering.prepayment.account import Account
from emulator.metering.prepayment.terms import PaymentMode, PrepaymentTerms, SupplyState, Tariff
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar
from emulator.metering.valve import StopReason, Valve

ONE_RATE = TariffCalendar([[Switch(0, 0)]], [(0,) * 7], [Season(1, 1, 0)])


def valve() -> Valve:
    return Valve(Account(Tariff(calendar=ONE_RATE, prices=(1,)), PrepaymentTerms(), 0))


def state_of(made: Valve) -> SupplyState:
    return made.state


@pytest.mark.parametrize("reason", StopReason)
def test_closed_valve_is_armed_and_then_enabled(reason: StopReason) -> None:
    made = valve()
    made.close(reason)
    assert (made.state, made.open) == (SupplyState.DISABLED, False)
    assert not made.enable()

    assert made.arm()
    assert state_of(made) is SupplyState.ARMED
    assert made.enable()
    assert made.open


def test_open_valve_is_not_armed() -> None:
    made = valve()

    assert not made.arm()
    assert made.open


def test_valve_without_credit_stays_closed_when_it_is_armed() -> None:
    made = valve()
    made.account.set_mode(PaymentMode.PREPAYMENT, 0)
    made.close(StopReason.COMMAND)

    assert not made.arm()
    assert state_of(made) is SupplyState.DISABLED
    made.account.adjust_balance(1_000, 0)
    assert state_of(made) is SupplyState.ARMED
    assert made.enable()


def test_valve_is_the_same_after_a_loss_of_power() -> None:
    made, again = valve(), valve()
    made.close(StopReason.TAMPER)

    again.restore(made.snapshot())

    assert again.stopped is StopReason.TAMPER
    assert again.state is SupplyState.DISABLED
