"""Balances and debts that a supplier adjusts (ZSE 1.4 D.7; GBCS annex, GCS04 and GCS40)."""

from enum import IntEnum
from typing import Final

from emulator.gbcs_device.gbz.commands.answers import Answer
from emulator.gbcs_device.gbz.commands.handling import Circumstances
from emulator.gbcs_device.gbz.state.balances import (
    ACCUMULATED_DEBT,
    CREDIT_REMAINING,
    DEBT_LABEL,
    EMERGENCY_CREDIT_REMAINING,
    LOWEST_BALANCE,
    METERING,
    PREPAYMENT,
    add_credit,
)
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.zcl.clusters.metering import BILL_TO_DATE
from emulator.zcl.payloads.prepayment import ChangeDebt, CreditAdjustment
from emulator.zcl.primitives import ZclStatus

_DEBT_STEP: Final = 0x10
_MOST_DEBT_TYPE: Final = 5
_MOST_UNSIGNED: Final = 0xFFFFFFFE


class CreditAdjustmentType(IntEnum):
    """What is adjusted, and how (use-case annex of GBCS, GCS40a to GCS40d)."""

    PREPAYMENT_INCREMENTAL = 0
    PREPAYMENT_ABSOLUTE = 1
    CREDIT_ABSOLUTE = 2
    CREDIT_INCREMENTAL = 3


def adjust_credit(store: MeterStore, request: CreditAdjustment, _: Circumstances) -> Answer:
    """Adjust or set the balance of prepayment or of credit mode."""
    value = request.credit_adjustment_value
    match request.credit_adjustment_type:
        case CreditAdjustmentType.PREPAYMENT_INCREMENTAL:
            add_credit(store, value)
        case CreditAdjustmentType.PREPAYMENT_ABSOLUTE:
            _set_balance(store, value)
        case CreditAdjustmentType.CREDIT_ABSOLUTE:
            _set_bill(store, value)
        case CreditAdjustmentType.CREDIT_INCREMENTAL:
            _set_bill(store, store.attributes.number(METERING, BILL_TO_DATE) + value)
        case _:
            return ZclStatus.INVALID_FIELD
    return ZclStatus.SUCCESS


def change_debt(store: MeterStore, request: ChangeDebt, _: Circumstances) -> Answer:
    """Adjust or set one of three debts, and how it is recovered."""
    if request.debt_amount_type > _MOST_DEBT_TYPE:
        return ZclStatus.INVALID_FIELD
    index, incremental = divmod(request.debt_amount_type, 2)
    first = DEBT_LABEL + index * _DEBT_STEP
    before = store.attributes.number(PREPAYMENT, first + 1) if incremental else 0
    rate = request.debt_recovery_amount
    values = {
        0: request.debt_label,
        1: _unsigned(before + request.debt_amount),
        2: request.debt_recovery_method,
        3: request.debt_recovery_start_time,
        4: request.debt_recovery_collection_time,
        6: request.debt_recovery_frequency,
        7: _unsigned(rate),
        9: request.debt_recovery_balance_percentage,
    }
    for offset, value in values.items():
        store.attributes.set(PREPAYMENT, first + offset, value)
    return ZclStatus.SUCCESS


def _set_balance(store: MeterStore, value: int) -> None:
    """A reset also ends emergency credit used and debt accumulated (SMETS2 4.5.3.19)."""
    store.attributes.set(PREPAYMENT, CREDIT_REMAINING, max(LOWEST_BALANCE, value))
    store.attributes.set(PREPAYMENT, EMERGENCY_CREDIT_REMAINING, 0)
    store.attributes.set(PREPAYMENT, ACCUMULATED_DEBT, 0)


def _set_bill(store: MeterStore, value: int) -> None:
    store.attributes.set(METERING, BILL_TO_DATE, _unsigned(value))


def _unsigned(value: int) -> int:
    """The nearest number that an attribute of 32 bits without sign can hold."""
    return max(0, min(value, _MOST_UNSIGNED))
