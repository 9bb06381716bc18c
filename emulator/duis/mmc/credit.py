"""How debt is collected, told from what meters hold (ECS26a, GCS21j)."""

from collections.abc import Callable
from typing import Final

from emulator.duis.mmc.content import Content, rows_of, truth

_DEBTS: Final = (bytes.fromhex("0000131401ff"), bytes.fromhex("0000131402ff"))
"""Charges of time-based debt."""
_ACCUMULATED: Final = bytes.fromhex("0000130a02ff")
"""Credit from which debt is taken only while collection is suspended in emergency credit."""
_PREPAYMENT: Final = 0x0002
_WHEN_DISABLED: Final = 0x0400
_IN_EMERGENCY: Final = 0x0800
"""Bits of the payment control configuration; the last says that debt is collected."""


def suspended_when_disabled(value: object) -> Content | None:
    """Whether time-based debt is not collected while supply is disabled."""
    rows = [row for row in rows_of(value) if len(row) == 3 and row[0] != _ACCUMULATED]
    collected = [row[2] for row in rows if row[1] in _DEBTS]
    return truth(not any(str(each).endswith("1") for each in collected)) if collected else None


def suspended_in_emergency(value: object) -> Content | None:
    """Whether debt is not collected while emergency credit is in use."""
    rows = rows_of(value)
    return truth(any(row[0] == _ACCUMULATED for row in rows)) if rows else None


def gas_payment_mode(value: object) -> Content | None:
    """Credit or prepayment."""
    if not isinstance(value, int):
        return None
    return Content("Prepayment" if value & _PREPAYMENT else "Credit")


def gas_suspended_when_disabled(value: object) -> Content | None:
    """Whether debt is not collected while supply is disabled; nothing in credit mode."""
    return _in_prepayment(value, lambda bits: bool(bits & _WHEN_DISABLED))


def gas_suspended_in_emergency(value: object) -> Content | None:
    """Whether debt is not collected while emergency credit is in use; nothing in credit mode."""
    return _in_prepayment(value, lambda bits: not bits & _IN_EMERGENCY)


def _in_prepayment(value: object, told: Callable[[int], bool]) -> Content | None:
    if not isinstance(value, int) or not value & _PREPAYMENT:
        return None
    return truth(told(value))
