"""What the state of a gas meter says of credit: mode, terms and debts (SMETS2 4.6.4.8 to 4.6.4.28).

Payment mode and the two ways to suspend debt are bits of one attribute. Which is which is read off
five values of GBCS 18.2.1 beside the requests that they come from (RTDS 4.5.0, GCS03).
"""

from enum import IntFlag
from typing import Final

from emulator.gbcs_device.gas_meter.calendars import executed
from emulator.gbcs_device.gbz.state.balances import (
    PREPAYMENT,
)
from emulator.gbcs_device.gbz.state.calendars import NON_DISABLEMENT
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.metering.prepayment.debts import PaymentDebt, TimeDebt
from emulator.metering.prepayment.money import BASIS_POINTS
from emulator.metering.prepayment.non_disablement import NonDisablementCalendar
from emulator.metering.prepayment.terms import PaymentMode, PrepaymentTerms
from emulator.metering.quantities import DAY, HOUR

CONFIGURATION: Final = 0x0000
DEBTS: Final = (0x0210, 0x0220, 0x0230)
"""First attribute of each debt: two by time, one by payment."""
PERCENTAGE: Final = 0x0239
NO_CAP: Final = 0x7FFFFFFF
_PERIODS: Final = {0x00: HOUR, 0x01: DAY, 0x02: 7 * DAY}
"""Debt recovery frequencies (use-case annex of GBCS, GCS04; weeks: ZSE 1.4 D.7)."""


class Configuration(IntFlag):
    """Bits of PaymentControlConfiguration that the values of GBCS 18.2.1 differ in."""

    PREPAYMENT = 0x0002
    SUSPEND_DEBT_WHEN_DISABLED = 0x0400
    COLLECT_DEBT_IN_EMERGENCY = 0x0800


def payment_mode(store: MeterStore) -> PaymentMode:
    """How consumption is paid for."""
    prepaid = store.attributes.number(PREPAYMENT, CONFIGURATION) & Configuration.PREPAYMENT
    return PaymentMode.PREPAYMENT if prepaid else PaymentMode.CREDIT


def prepayment_terms(store: MeterStore) -> PrepaymentTerms:
    """How credit is given and supply interrupted."""
    number = store.attributes.number
    bits = number(PREPAYMENT, CONFIGURATION)
    calendar = store.calendars.going_by(NON_DISABLEMENT)
    return PrepaymentTerms(
        emergency_limit=number(PREPAYMENT, 0x0010),
        emergency_threshold=number(PREPAYMENT, 0x0011),
        disablement_threshold=number(PREPAYMENT, 0x0040),
        maximum_credit=number(PREPAYMENT, 0x0022),
        maximum_balance=number(PREPAYMENT, 0x0021),
        suspend_debt_in_emergency=not bits & Configuration.COLLECT_DEBT_IN_EMERGENCY,
        suspend_debt_when_disabled=bool(bits & Configuration.SUSPEND_DEBT_WHEN_DISABLED),
        non_disablement=NonDisablementCalendar(executed(calendar) if calendar.days else None),
    )


def time_debt(store: MeterStore, place: int) -> TimeDebt:
    """A debt that is collected every so often."""
    number, first = store.attributes.number, DEBTS[place]
    period = _PERIODS.get(number(PREPAYMENT, first + 6), DAY)
    return TimeDebt(number(PREPAYMENT, first + 1), number(PREPAYMENT, first + 7), period)


def set_payment_debt(store: MeterStore, debt: PaymentDebt) -> None:
    """Let a debt by payment be what the state says; what was paid lately stays."""
    number = store.attributes.number
    cap = number(PREPAYMENT, 0x0006)
    debt.remaining = number(PREPAYMENT, DEBTS[2] + 1)
    debt.basis_points = min(number(PREPAYMENT, PERCENTAGE), BASIS_POINTS)
    debt.cap = None if cap >= NO_CAP else max(0, cap)
