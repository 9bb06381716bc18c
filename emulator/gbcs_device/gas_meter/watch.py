"""What a gas meter tells of its account: a follower that looks after every change (GBCS 16.2).

Events are noted with the meter's own time, whenever somebody looks at the meter; so they are the
same however often that is.
"""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from emulator.metering.flow_check import FlowCheck
from emulator.metering.prepayment.account import Account
from emulator.metering.prepayment.terms import PaymentMode, SupplyState


class GasEvent(IntEnum):
    """Event and alert codes that a gas meter raises by itself (GBCS 16.2)."""

    LOW_CREDIT = 0x810D
    CREDIT_ADDED_LOCALLY = 0x810E
    EMERGENCY_CREDIT_AVAILABLE = 0x8119
    CLOCK_ADJUSTED = 0x8145
    USER_INPUT_DONE = 0x8161
    USER_INPUT_FAILED = 0x8162
    ARMED_BY_EMERGENCY_CREDIT = 0x8168
    TIME_DEBT_1_COLLECTED = 0x81A7
    TIME_DEBT_2_COLLECTED = 0x81A8
    PAYMENT_DEBT_COLLECTED = 0x81A9
    EMERGENCY_CREDIT_EXHAUSTED = 0x81AA
    EMERGENCY_CREDIT_ACTIVATED = 0x81AB
    METER_COVER_CLOSED = 0x81B9
    MAGNETIC_FIELD_REMOVED = 0x81BC
    LOCKED_AFTER_TAMPER = 0x81BE
    ARMED_AFTER_UNCONTROLLED_FLOW = 0x81BF
    MANUAL_ENTRY_SUSPENDED = 0x81C4
    TOKEN_LOCKED_OUT = 0x81C5
    CLOCK_OUTSIDE_TOLERANCE = 0x81C6
    CLOCK_NOT_ADJUSTED = 0x8F0C
    CREDIT_BELOW_DISABLEMENT = 0x8F0F
    POWER_SUPPLY_LOSS = 0x8F1D
    LOW_BATTERY = 0x8F1F
    SUPPLY_ARMED = 0x8F32
    TAMPER = 0x8F3F
    BALANCE_WOULD_EXCEED_MAXIMUM = 0x8F47
    DUPLICATE_TOKEN = 0x8F51
    TOKEN_EXCEEDS_MAXIMUM = 0x8F5B
    TOKEN_NOT_AUTHENTIC = 0x8F63
    METER_COVER_REMOVED = 0x8F74
    STRONG_MAGNETIC_FIELD = 0x8F75
    OTHER_TAMPER = 0x8F78
    BATTERY_RESET = 0x8F82
    DISABLEMENT_SUSPENDED = 0x8F83


class HappenedEvent(NamedTuple):
    """An event, and own time of the meter."""

    code: GasEvent
    own: int


class _Seen(NamedTuple):
    """What events are told of: each begins where its value becomes true."""

    low: bool
    below: bool
    offered: bool
    exhausted: bool
    suspended: bool
    collected_1: bool
    collected_2: bool
    repaid: bool


_CODES: Final = (
    GasEvent.LOW_CREDIT,
    GasEvent.CREDIT_BELOW_DISABLEMENT,
    GasEvent.EMERGENCY_CREDIT_AVAILABLE,
    GasEvent.EMERGENCY_CREDIT_EXHAUSTED,
    GasEvent.DISABLEMENT_SUSPENDED,
    GasEvent.TIME_DEBT_1_COLLECTED,
    GasEvent.TIME_DEBT_2_COLLECTED,
    GasEvent.PAYMENT_DEBT_COLLECTED,
)
"""In the order of what is seen."""


class AccountWatch:
    """Notes what happens to an account; the last follower of its meter.

    Args:
        account: whose.
        check: of flow that nobody controls.
        low_credit: gives the balance below which the consumer is warned.
    """

    def __init__(self, account: Account, check: FlowCheck, low_credit: Callable[[], int]) -> None:
        self._account = account
        self._check = check
        self._low_credit = low_credit
        self.happened: list[HappenedEvent] = []
        """What was noted since somebody last took it."""
        self._seen = self._look(0)

    def next_change(self, own: int) -> int:
        """Never by itself."""
        return own + 2**60

    def paces(self, rates: Sequence[int], own: int) -> int | None:
        """Microseconds until there is something to tell of credit at a rate; None while not."""
        account = self._account
        return account.paces(rates[0] * account.tariff.price(own), self._low_credit())

    def passed(self, amount: int, start: int, end: int) -> None:  # noqa: ARG002 - the one shape
        """Note what became different."""
        self.look(end)

    def look(self, own: int, *, commanded: bool = False) -> None:
        """Note what became different by now.

        Args:
            own: now, own time.
            commanded: whether somebody set debts: what is owed no more was not collected.
        """
        seen, before = self._look(own), self._seen
        self._seen = seen
        if commanded:
            before = before._replace(
                collected_1=seen.collected_1, collected_2=seen.collected_2, repaid=seen.repaid
            )
        if seen != before:
            for code, now, then in zip(_CODES, seen, before, strict=True):
                if now and not then:
                    self.note(code, own)
        if self._check.tripped:
            self._check.tripped = False
            self.note(GasEvent.ARMED_AFTER_UNCONTROLLED_FLOW, own)

    def begin(self, own: int) -> None:
        """What is so now did not happen just now."""
        self._seen = self._look(own)

    def note(self, code: GasEvent, own: int) -> None:
        """Note an event."""
        self.happened.append(HappenedEvent(code, own))

    def take(self) -> Sequence[HappenedEvent]:
        """What was noted since somebody last took it."""
        happened, self.happened = self.happened, []
        return happened

    def _look(self, own: int) -> _Seen:
        account, terms = self._account, self._account.terms
        prepaid = account.mode is PaymentMode.PREPAYMENT
        enabled = account.supply is SupplyState.ENABLED
        first, second = account.time_debts
        return _Seen(
            low=prepaid and account.combined < self._low_credit(),
            below=prepaid and account.supply is SupplyState.DISABLED,
            offered=prepaid and account.emergency_offered,
            exhausted=account.emergency_active and not account.emergency_left,
            suspended=prepaid
            and enabled
            and not account.credit
            and terms.non_disablement.protects(own),
            collected_1=first.remaining == 0,
            collected_2=second.remaining == 0,
            repaid=account.payment_debt.remaining == 0,
        )
