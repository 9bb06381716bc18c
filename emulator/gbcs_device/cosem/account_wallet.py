"""Top-ups into the account of a meter that measures (GBCS CS01a, 14; SMETS2 5.7.4.25, 5.7.4.27)."""

from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.made_values import appended
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.gbcs_device.cosem.meter_view import MeterView
from emulator.gbcs_device.primitives import MeterSet
from emulator.metering.event_codes import EventCode
from emulator.metering.prepayment.top_up_memory import TopUpMemory, TopUpOutcome

DEBT_PAYMENTS: Final = Attribute(7, parse_obis("0-0:98.1.4.255"), 2)
_PAYMENTS_KEPT: Final = 10
"""Use-case annex of GBCS, ECS20a."""
_SECOND: Final = 1_000_000
_EVENTS: Final = {
    TopUpOutcome.NOT_AUTHENTIC: EventCode.UTRN_NOT_AUTHENTIC,
    TopUpOutcome.DUPLICATE: EventCode.DUPLICATE_UTRN,
    TopUpOutcome.TOO_OLD: EventCode.DUPLICATE_UTRN,
    TopUpOutcome.OVER_CREDIT_LIMIT: EventCode.MAXIMUM_CREDIT_EXCEEDED,
    TopUpOutcome.OVER_BALANCE_LIMIT: EventCode.MAXIMUM_BALANCE_EXCEEDED,
}


class AccountWallet:
    """Pays what tokens are worth into the account.

    Args:
        store: objects of the meter, for the log of payments towards debt.
        view: of the meter.
    """

    def __init__(self, store: ObjectStore, view: MeterView) -> None:
        self._store = store
        self._view = view

    @property
    def memory(self) -> TopUpMemory:
        """Which tokens the account took."""
        return self._view.meter.account.tokens

    def take(self, counter: int, amount: int) -> TopUpOutcome:
        """Debt by payment first, then what else is owed, then the balance."""
        meter, own = self._view.measured(), self._view.own()
        owed = meter.account.payment_debt.remaining
        outcome = meter.account.top_up(counter, amount, own)
        if outcome is not TopUpOutcome.TAKEN:
            self.refuse(outcome)
            return outcome
        meter.credit.look(own)
        self._log(owed - meter.account.payment_debt.remaining, own)
        return outcome

    def refuse(self, outcome: TopUpOutcome) -> None:
        """Tell of a token that was not taken."""
        self._view.measured().tell(self._view.own(), _EVENTS[outcome])

    def effects(self) -> tuple[object, ...]:
        """The meter may have something to tell."""
        return (MeterSet(),)

    def _log(self, paid: int, own: int) -> None:
        if paid and self._store.has_attribute(DEBT_PAYMENTS):
            held = self._store.value(DEBT_PAYMENTS)
            entry = (own // _SECOND, paid)
            self._store.hold(DEBT_PAYMENTS, appended(held, entry, _PAYMENTS_KEPT))
