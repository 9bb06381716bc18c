"""Terms of credit are read off the attributes (RTDS 4.5.0, GCS03 and GCS21b)."""

import pytest

from emulator.gbcs_device.gas_meter.credit_terms import (
    NO_CAP,
    payment_mode,
    prepayment_terms,
    set_payment_debt,
    time_debt,
)
from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.calendars import NON_DISABLEMENT, Calendar
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.metering.prepayment.debts import PaymentDebt
from emulator.metering.prepayment.terms import PaymentMode
from emulator.metering.quantities import DAY, HOUR
from tests.gbcs_device.gas_meter.test_calendars import DAYS

PREPAYMENT = 0x0705


def store(**values: int) -> MeterStore:
    attributes = {(PREPAYMENT, int(name[1:], 16)): each for name, each in values.items()}
    return MeterStore({**GSME, **attributes})


@pytest.mark.parametrize(
    ("bits", "mode", "when_disabled", "in_emergency"),
    [
        (0x0897, PaymentMode.PREPAYMENT, False, False),
        (0x0097, PaymentMode.PREPAYMENT, False, True),
        (0x0C97, PaymentMode.PREPAYMENT, True, False),
        (0x0497, PaymentMode.PREPAYMENT, True, True),
        (0x0C94, PaymentMode.CREDIT, True, False),
    ],
)
def test_five_values_say_mode_and_what_suspends_debt(
    bits: int, mode: PaymentMode, *, when_disabled: bool, in_emergency: bool
) -> None:
    held = store(x0000=bits)

    terms = prepayment_terms(held)

    assert payment_mode(held) is mode
    assert terms.suspend_debt_when_disabled is when_disabled
    assert terms.suspend_debt_in_emergency is in_emergency


def test_limits_and_thresholds_are_those_of_the_attributes() -> None:
    terms = prepayment_terms(store(x0010=10, x0011=11, x0040=-5_000_000, x0021=21, x0022=22))

    assert (terms.emergency_limit, terms.emergency_threshold) == (10, 11)
    assert terms.disablement_threshold == -5_000_000
    assert (terms.maximum_balance, terms.maximum_credit) == (21, 22)
    assert not terms.non_disablement.protects(0)


def test_non_disablement_calendar_is_the_one_in_force() -> None:
    held = store()
    held.calendars.hold(NON_DISABLEMENT, Calendar(None, DAYS[:1]))

    terms = prepayment_terms(held)

    # the day's first register is 1: protected until seven
    assert terms.non_disablement.protects(6 * HOUR)
    assert not terms.non_disablement.protects(8 * HOUR)


@pytest.mark.parametrize(("frequency", "period"), [(0, HOUR), (1, DAY), (2, 7 * DAY), (9, DAY)])
def test_debt_by_time_has_its_period(frequency: int, period: int) -> None:
    debt = time_debt(store(x0221=5_000, x0227=200, x0226=frequency), 1)

    assert (debt.remaining, debt.rate, debt.period) == (5_000, 200, period)


@pytest.mark.parametrize(("cap", "expected"), [(1_000, 1_000), (-1, 0), (NO_CAP, None)])
def test_debt_by_payment_has_share_and_cap(cap: int, expected: int | None) -> None:
    debt = PaymentDebt()

    set_payment_debt(store(x0231=7, x0239=1_000, x0006=cap), debt)

    assert (debt.remaining, debt.basis_points, debt.cap) == (7, 1_000, expected)
