"""An account as pots between which money is poured, hour by hour, in fractions.

It shares nothing with the product but numbers. The product multiplies from change to change and
carries remainders in integers; here every hour is a step, and what was consumed since the beginning
is one exact fraction, of which whole thousandths of a penny are billed.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

HOUR = 3_600_000_000
DAY = 24 * HOUR
WEEK = 7 * DAY
ENDLESS = 10**30


@dataclass
class NaiveAccount:
    """Time is microseconds of UTC since 2000; `night` and `protected` are ranges of hours."""

    now: int
    prices: tuple[int, int] = (0, 0)
    standing: int = 0
    night: range = range(7)
    protected: range = range(0)
    threshold: int = 0
    emergency_limit: int = 0
    pause_in_emergency: bool = False
    pause_when_off: bool = False
    prepaid: bool = False
    state: str = "enabled"
    pots: dict[str, int] = field(
        default_factory=lambda: {"balance": 0, "emergency": 0, "borrowed": 0, "arrears": 0}
    )
    emergency: bool = False
    debts: list[list[int]] = field(default_factory=lambda: [[0, 0, DAY], [0, 0, DAY]])
    payment_debt: list[int] = field(default_factory=lambda: [0, 0, ENDLESS])
    payments: list[tuple[int, int]] = field(default_factory=list)
    tokens: set[int] = field(default_factory=set)
    used: Fraction = Fraction(0)
    billed: int = 0
    energy: Fraction = Fraction(0)

    def hour(self) -> int:
        return self.now % DAY // HOUR

    def spendable(self) -> list[tuple[str, int]]:
        above = max(0, self.pots["balance"] - self.threshold)
        return [("balance", above), ("emergency", self.pots["emergency"] if self.emergency else 0)]

    def left(self) -> int:
        return sum(room for _, room in self.spendable())

    def pay(self, due: int, last: str) -> None:
        """Pour what is due out of the pots, and the rest onto `last`."""
        for pot, room in self.spendable() if self.prepaid else []:
            poured = min(due, room)
            self.pots[pot] -= poured
            if pot == "emergency":
                self.pots["borrowed"] += poured
            due -= poured
        self.pots[last] += due if last == "arrears" else -due

    def live(self, until: int, watts: int) -> None:
        while self.now < until:
            self.step(min(until, (self.now // HOUR + 1) * HOUR), watts)

    def step(self, until: int, watts: int) -> None:
        """Less than an hour, within which no price changes."""
        price = self.prices[0 if self.hour() in self.night else 1]
        start, length = self.now, until - self.now
        per_microsecond = Fraction(watts * price, 1000 * HOUR)
        runs_out = False
        if self.state != "enabled":
            watts = 0
        elif self.prepaid and self.left() and per_microsecond:
            lasts = ceil((self.billed + self.left() - self.used) / per_microsecond)
            runs_out = lasts < length and self.hour() not in self.protected
            length = lasts if runs_out else length
        self.energy += Fraction(watts * length, HOUR)
        if watts:
            self.used += per_microsecond * length
        due = floor(self.used) - self.billed
        self.billed += due
        self.pay(due, "balance")
        if runs_out:
            self.state = "disabled"
        self.now = until
        self.collect(start, until)
        self.settle()

    def collect(self, start: int, end: int) -> None:
        for _ in range(end // DAY - start // DAY):
            self.pay(self.standing, "arrears" if self.prepaid else "balance")
        for debt in self.debts if self.prepaid else []:
            if end // debt[2] == start // debt[2] or self.paused():
                continue
            due = min(debt[0], debt[1])
            debt[0] -= due
            self.pay(due, "arrears")

    def paused(self) -> bool:
        borrowing = self.emergency and self.pots["balance"] <= self.threshold
        return (self.pause_in_emergency and borrowing) or (
            self.pause_when_off and self.state != "enabled"
        )

    def settle(self) -> None:
        if not self.prepaid:
            return
        if self.left():
            self.state = "armed" if self.state == "disabled" else self.state
        elif self.hour() not in self.protected:
            self.state = "disabled"

    def top_up(self, token: int, amount: int) -> str:
        if token in self.tokens:
            return "duplicate"
        self.tokens.add(token)
        if self.prepaid:
            amount = self.repay(amount)
        self.pots["balance"] += amount
        self.settle()
        return "taken"

    def repay(self, amount: int) -> int:
        owed, points, cap = self.payment_debt
        lately = sum(paid for at, paid in self.payments if self.now - at < WEEK)
        part = max(0, min(owed, floor(Fraction(amount * points, 10_000)), cap - lately))
        self.payment_debt[0] -= part
        self.payments.append((self.now, part))
        amount -= part
        for pot in ("arrears", "borrowed"):
            poured = min(amount, self.pots[pot])
            self.pots[pot] -= poured
            amount -= poured
            if pot == "borrowed":
                self.pots["emergency"] += poured
        if not self.pots["borrowed"] and self.pots["balance"] + amount > self.threshold:
            self.emergency = False
            self.pots["emergency"] = 0
        return amount

    def ask_for_emergency(self, most: int) -> bool:
        given = self.prepaid and not self.emergency and bool(self.emergency_limit)
        if not given or self.pots["balance"] > most:
            return False
        self.emergency = True
        self.pots |= {"emergency": self.emergency_limit, "borrowed": 0}
        self.settle()
        return True
