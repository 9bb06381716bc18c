"""What a meter tells of its account: credit that runs low or out, debts that are paid (GBCS 16.2).

It goes beside the account, right after it, so that it sees each change at its time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from emulator.metering.event_codes import EventCode
from emulator.metering.prepayment.account import Account
from emulator.metering.prepayment.terms import PaymentMode, SupplyState

Tell = Callable[[int, EventCode], None]
_NO_CHANGE: Final = 2**62
_DEBTS: Final = (
    EventCode.TIME_DEBT_1_COLLECTED,
    EventCode.TIME_DEBT_2_COLLECTED,
    EventCode.PAYMENT_DEBT_COLLECTED,
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was true of the account when it was last looked at."""

    low: bool
    suspended: bool
    offered: bool
    active: bool
    exhausted: bool
    supply: SupplyState
    debts: tuple[int, int, int]


class CreditWatch:
    """Looks at an account after everything that changed it; a follower, and a pacer.

    Args:
        tell: takes the own time of an event, and its code.
        prices: millipence a kilowatt hour by channel; the account's own for the first.
    """

    def __init__(
        self, account: Account, tell: Tell, prices: Callable[[int], Sequence[int]]
    ) -> None:
        self._account = account
        self._tell = tell
        self._prices = prices
        self.low_credit = 0
        """Combined credit below which credit is low (SMETS2 5.7.4.23)."""
        self._seen = self._see(0)

    def next_change(self, own: int) -> int:  # noqa: ARG002 - the one shape
        """It changes with the account alone."""
        return _NO_CHANGE

    def passed(self, amount: int, start: int, end: int) -> None:  # noqa: ARG002 - the one shape
        """Tell what came of it."""
        self.look(end)

    def paces(self, rates: Sequence[int], own: int) -> int | None:
        """Microseconds until credit is low, used up, or emergency credit is offered."""
        if self._account.mode is PaymentMode.CREDIT:
            return None
        priced = zip(rates, self._prices(own), strict=False)
        spent = sum(rate * price for rate, price in priced if rate)
        return self._account.paces(spent, self.low_credit)

    def look(self, own: int) -> None:
        """Tell what became true since it was last looked at."""
        before, now = self._seen, self._see(own)
        if before == now:
            return
        self._seen = now
        became = (
            (before.low, now.low, EventCode.LOW_CREDIT),
            (before.offered, now.offered, EventCode.EMERGENCY_CREDIT_AVAILABLE),
            (before.active, now.active, EventCode.EMERGENCY_CREDIT_ACTIVATED),
            (before.exhausted, now.exhausted, EventCode.EMERGENCY_CREDIT_EXHAUSTED),
            (before.suspended, now.suspended, EventCode.DISABLEMENT_SUSPENDED),
        )
        for was, is_now, code in became:
            if is_now and not was:
                self._tell(own, code)
        if now.supply is not before.supply:
            self._tell_supply(now.supply, own)
        for was_owed, owed, code in zip(before.debts, now.debts, _DEBTS, strict=True):
            if was_owed and not owed:
                self._tell(own, code)

    def settle(self, own: int) -> None:
        """Take what is for what was, and tell nothing."""
        self._seen = self._see(own)

    def _tell_supply(self, supply: SupplyState, own: int) -> None:
        if supply is SupplyState.DISABLED:
            self._tell(own, EventCode.CREDIT_BELOW_DISABLEMENT_THRESHOLD)
        elif supply is SupplyState.ARMED:
            self._tell(own, EventCode.SUPPLY_ARMED)

    def _see(self, own: int) -> _Seen:
        account, terms = self._account, self._account.terms
        prepaid = account.mode is PaymentMode.PREPAYMENT
        first, second = account.time_debts
        return _Seen(
            low=prepaid and account.combined < self.low_credit,
            suspended=prepaid
            and not account.credit
            and account.open
            and terms.non_disablement.protects(own),
            offered=prepaid
            and not account.emergency_active
            and terms.emergency_limit > 0
            and account.balance <= terms.emergency_threshold,
            active=account.emergency_active,
            exhausted=account.emergency_active and not account.emergency_left,
            supply=account.supply,
            debts=(first.remaining, second.remaining, account.payment_debt.remaining),
        )
