"""Where a device holds its balances and debts, and credit added to one (ZSE 1.4 D.7)."""

from typing import Final

from emulator.gbcs_device.gbz.state.store import MeterStore

METERING: Final = 0x0702
PREPAYMENT: Final = 0x0705
CREDIT_REMAINING: Final = 0x0001
EMERGENCY_CREDIT_REMAINING: Final = 0x0002
ACCUMULATED_DEBT: Final = 0x0005
DEBT_LABEL: Final = 0x0210
DEBT_AMOUNTS: Final = (0x0211, 0x0221, 0x0231)
_HIGHEST_BALANCE: Final = 0x7FFFFFFF
LOWEST_BALANCE: Final = -_HIGHEST_BALANCE


def add_credit(store: MeterStore, value: int) -> int:
    """Add to the balance of prepayment mode; the new balance."""
    balance = store.attributes.number(PREPAYMENT, CREDIT_REMAINING) + value
    balance = max(LOWEST_BALANCE, min(balance, _HIGHEST_BALANCE))
    store.attributes.set(PREPAYMENT, CREDIT_REMAINING, balance)
    return balance
