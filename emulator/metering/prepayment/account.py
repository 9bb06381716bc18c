"""The account of a meter: what is consumed is paid for, what is owed is collected.

SMETS2 5.5.8 and 5.7.5. What a consumer has is spent in this order: the balance down to the
disablement threshold, emergency credit once it was activated, and the balance again, below the
threshold. Standing charge and debts that neither balance nor emergency credit covers are added to
the accumulated debt instead. A top-up goes to the debt by payment, the accumulated debt, emergency
credit that was used, and the balance. That a balance in credit mode falls by what is due is
unverified.
"""

from collections.abc import Mapping
from typing import Any

from emulator.kernel.errors import UsageError
from emulator.metering.prepayment.cost_of_use import CostOfUse
from emulator.metering.prepayment.debts import PaymentDebt, TimeDebt
from emulator.metering.prepayment.money import CostCounter
from emulator.metering.prepayment.terms import PaymentMode, PrepaymentTerms, Prices, SupplyState
from emulator.metering.prepayment.token_settings import TokenSettings
from emulator.metering.prepayment.top_up_memory import TopUpMemory, TopUpOutcome
from emulator.metering.quantities import DAY

DEFAULTS = TokenSettings()


class Account:
    """Balance, credit and debts of one meter; a follower of its import, and a gate of its supply.

    Whoever changes it lets the meter measure up to that moment first.

    Args:
        tariff: what consumption costs.
        terms: how credit is given.
        own: now, own time.
        tokens: how many are remembered.
        parts: of a millipence, in which the tariff gives prices.
    """

    def __init__(
        self,
        tariff: Prices,
        terms: PrepaymentTerms,
        own: int,
        *,
        tokens: TokenSettings = DEFAULTS,
        parts: int = 1,
    ) -> None:
        self.tariff = tariff
        self.terms = terms
        self.mode = PaymentMode.CREDIT
        self.supply = SupplyState.ENABLED
        self.balance = 0
        self.emergency_left = 0
        self.emergency_used = 0
        """Of it, what a top-up must pay back."""
        self.emergency_active = False
        self.accumulated_debt = 0
        self.time_debts = (TimeDebt(), TimeDebt())
        self.payment_debt = PaymentDebt()
        self.tokens = TopUpMemory(tokens.remembered)
        self.cost_of_use = CostOfUse(own)
        self._cost = CostCounter(parts)
        self._until = own
        """Up to when standing charge and debts were collected; never earlier than before."""

    @property
    def open(self) -> bool:
        """Whether it lets supply through."""
        return self.supply is SupplyState.ENABLED

    @property
    def credit(self) -> int:
        """What can be spent before supply is interrupted."""
        left = max(0, self.balance - self.terms.disablement_threshold)
        return left + (self.emergency_left if self.emergency_active else 0)

    def lasts(self, rate: int, own: int) -> int | None:
        """Microseconds until credit runs out at a rate, or the price changes with the block.

        None where neither happens; nobody asks for longer than the calendar's price holds.
        """
        price, priced = self.tariff.price(own), self.tariff.lasts(rate)
        if self.mode is PaymentMode.CREDIT or not self.credit or not rate * price:
            return priced
        credit = self._cost.lasts(self.credit, rate, price)
        return credit if priced is None else min(credit, priced)

    def next_change(self, own: int) -> int:
        """Own time of the next price, day, debt, or end of a protected time."""
        changes = [self.tariff.next_change(own)]
        changes.extend(
            (own // each.period + 1) * each.period
            for each in self.time_debts
            if each.remaining and each.rate
        )
        protected = self.terms.non_disablement.next_change(own)
        return min(changes if protected is None else (*changes, protected))

    def passed(self, amount: int, start: int, end: int) -> None:
        """Pay for what passed, then for the days and debts that ended with it."""
        cost = self._cost.cost(amount, self.tariff.price(start))
        if cost:
            self.cost_of_use.add(cost, start)
            uncovered = self._spend(cost)
            self.balance -= uncovered
        if end > self._until:
            self._collect(self._until, end)
            self._until = end
            self.cost_of_use.turn(end)
        self.judge(end)

    def buy(self, amount: int, price: int, start: int, end: int) -> None:
        """Pay for what passed beside, through a second element."""
        cost = self._cost.cost(amount, price)
        if cost:
            self.cost_of_use.add(cost, start)
            uncovered = self._spend(cost)
            self.balance -= uncovered
        self.judge(end)

    @property
    def combined(self) -> int:
        """Balance and the emergency credit that is left of what was activated."""
        return self.balance + (self.emergency_left if self.emergency_active else 0)

    def paces(self, spent: int, low_credit: int) -> int | None:
        """Microseconds, at least one, until credit is low or used up, or more is offered.

        Args:
            spent: rate times price, of everything that is paid for; None comes of none.
            low_credit: combined credit below which it is low.
        """
        if self.mode is PaymentMode.CREDIT or not spent:
            return None
        rooms = [self.credit, self.combined - low_credit + 1]
        if not self.emergency_active:
            rooms.append(self.balance - self.terms.emergency_threshold)
        room = min((each for each in rooms if each > 0), default=None)
        return None if room is None else max(1, self._cost.lasts(room, spent, 1))

    def _spend(self, due: int) -> int:
        """Take it from balance and emergency credit; what neither covers."""
        if self.mode is PaymentMode.CREDIT:
            return due
        from_balance = min(due, max(0, self.balance - self.terms.disablement_threshold))
        self.balance -= from_balance
        due -= from_balance
        if self.emergency_active:
            borrowed = min(due, self.emergency_left)
            self.emergency_left -= borrowed
            self.emergency_used += borrowed
            due -= borrowed
        return due

    def _collect(self, start: int, end: int) -> None:
        days = end // DAY - start // DAY
        if days:
            self.cost_of_use.add(days * self.tariff.standing_charge, end - 1)
            self._charge(days * self.tariff.standing_charge)
        if self.mode is PaymentMode.CREDIT:
            return
        for debt in self.time_debts:
            due = debt.due(start, end)
            if due and not self._debts_suspended():
                debt.collect(due)
                self._charge(due)

    def _charge(self, due: int) -> None:
        uncovered = self._spend(due)
        if self.mode is PaymentMode.CREDIT:
            self.balance -= uncovered
        else:
            self.accumulated_debt += uncovered

    def _debts_suspended(self) -> bool:
        in_emergency = self.emergency_active and (self.balance <= self.terms.disablement_threshold)
        return (self.terms.suspend_debt_in_emergency and in_emergency) or (
            self.terms.suspend_debt_when_disabled and not self.open
        )

    def judge(self, own: int) -> None:
        """Interrupt supply where nothing is left to pay for it; arm it where something is again."""
        if self.mode is PaymentMode.CREDIT:
            return
        if self.credit:
            if self.supply is SupplyState.DISABLED:
                self.supply = SupplyState.ARMED
        elif not self.terms.non_disablement.protects(own):
            self.supply = SupplyState.DISABLED

    def enable(self) -> bool:
        """Let supply through, as a consumer asks; whether it was armed."""
        if self.supply is not SupplyState.ARMED:
            return False
        self.supply = SupplyState.ENABLED
        return True

    def set_mode(self, mode: PaymentMode, own: int) -> None:
        """Pay in another way from now on; supply that was interrupted is armed in credit mode."""
        self.mode = mode
        if mode is PaymentMode.CREDIT and self.supply is SupplyState.DISABLED:
            self.supply = SupplyState.ARMED
        self.judge(own)

    @property
    def emergency_offered(self) -> bool:
        """Whether a consumer may have emergency credit now."""
        return (
            self.mode is PaymentMode.PREPAYMENT
            and not self.emergency_active
            and bool(self.terms.emergency_limit)
            and self.balance <= self.terms.emergency_threshold
        )

    def activate_emergency_credit(self, own: int) -> bool:
        """Give emergency credit; whether there is any, and the balance is low enough."""
        if not self.emergency_offered:
            return False
        self.emergency_active = True
        self.emergency_left, self.emergency_used = self.terms.emergency_limit, 0
        self.judge(own)
        return True

    def end_emergency_credit(self) -> None:
        """Have none left and owe none, as a supplier says (SMETS2 4.5.3.19)."""
        self.emergency_active = False
        self.emergency_left = self.emergency_used = 0

    def top_up(self, counter: int, amount: int, own: int) -> TopUpOutcome:
        """Take a token, unless it was taken, is too old, or is too much; unchanged then.

        Raises:
            UsageError: when the amount is negative.
        """
        if amount < 0:
            raise UsageError(f"top-up of {amount}: cannot be negative")
        outcome = self._outcome(counter, amount)
        if outcome is TopUpOutcome.TAKEN:
            self.tokens.remember(counter)
            self._credit(amount, own)
            self.judge(own)
        return outcome

    def _outcome(self, counter: int, amount: int) -> TopUpOutcome:
        outcome = self.tokens.judge(counter)
        if outcome is not TopUpOutcome.TAKEN:
            return outcome
        if amount > self.terms.maximum_credit:
            return TopUpOutcome.OVER_CREDIT_LIMIT
        if self.balance + amount > self.terms.maximum_balance:
            return TopUpOutcome.OVER_BALANCE_LIMIT
        return outcome

    def _credit(self, amount: int, own: int) -> None:
        if self.mode is PaymentMode.PREPAYMENT:
            amount -= self.payment_debt.take(amount, own)
            repaid = min(amount, self.accumulated_debt)
            self.accumulated_debt -= repaid
            amount -= repaid
            returned = min(amount, self.emergency_used)
            self.emergency_used -= returned
            self.emergency_left += returned
            amount -= returned
            self._end_emergency(amount)
        self.balance += amount

    def _end_emergency(self, over: int) -> None:
        """Emergency credit that is paid back, with something to spend besides, is given back."""
        if not self.emergency_used and self.balance + over > self.terms.disablement_threshold:
            self.emergency_active = False
            self.emergency_left = 0

    def set_debts(self, *time_debts: TimeDebt, payment_debt: PaymentDebt | None = None) -> None:
        """Owe this from now on.

        Raises:
            UsageError: when there are not two debts by time.
        """
        if len(time_debts) != len(self.time_debts):
            raise UsageError(f"{len(time_debts)} debts by time; expected {len(self.time_debts)}")
        self.time_debts = (time_debts[0], time_debts[1])
        self.payment_debt = payment_debt or PaymentDebt()

    def adjust_balance(self, by: int, own: int) -> None:
        """Add to the balance, or take from it, as a supplier says."""
        self.balance += by
        self.judge(own)

    def snapshot(self) -> dict[str, Any]:
        """Its state, as JSON knows it; tariff and terms are configuration."""
        return {
            "mode": self.mode.value,
            "supply": self.supply.value,
            "balance": self.balance,
            "emergency": [self.emergency_active, self.emergency_left, self.emergency_used],
            "accumulated_debt": self.accumulated_debt,
            "time_debts": [[each.remaining, each.rate, each.period] for each in self.time_debts],
            "payment_debt": self.payment_debt.snapshot(),
            "tokens": list(self.tokens.counters),
            "token_floor": self.tokens.floor,
            "cost_of_use": self.cost_of_use.snapshot(),
            "over": self._cost.over,
            "until": self._until,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        self.mode, self.supply = PaymentMode(state["mode"]), SupplyState(state["supply"])
        self.balance, self.accumulated_debt = state["balance"], state["accumulated_debt"]
        self.emergency_active, self.emergency_left, self.emergency_used = state["emergency"]
        first, second = (TimeDebt(*each) for each in state["time_debts"])
        self.time_debts = (first, second)
        self.payment_debt.restore(state["payment_debt"])
        self.tokens.restore(state["tokens"], state["token_floor"])
        self.cost_of_use.restore(state["cost_of_use"])
        self._cost.carry(state["over"])
        self._until = state["until"]
