"""Top-ups: a code of 20 digits becomes credit (ZSE 1.4 D.7, GBCS 14)."""

from enum import IntEnum
from typing import Final

from emulator.gbcs.utrn import Utrn
from emulator.gbcs_device.gbz.commands.answers import Answer, Reply
from emulator.gbcs_device.gbz.commands.handling import Circumstances
from emulator.gbcs_device.gbz.state.balances import (
    DEBT_AMOUNTS,
    PREPAYMENT,
)
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.gbz.state.tokens import token_of, worth
from emulator.metering.prepayment.top_up_memory import TopUpOutcome
from emulator.zcl.payloads.prepayment import (
    ConsumerTopUp,
    ConsumerTopUpResponse,
    LoggedRepayment,
    LoggedTopUp,
)

FROM_WAN: Final = 0
"""Originating device of a code that a supplier sends (RTDS 4.5.0, CS01b)."""
BY_PAYMENT: Final = 0x02
"""Type of the third debt, which is repaid by payments (RTDS 4.5.0, GCS15d)."""
_NOTHING: Final = -1


class TopUpResult(IntEnum):
    """What became of a code (ZSE 1.4 D.7; those above 2 are background knowledge, unverified)."""

    ACCEPTED = 0
    INVALID = 1
    DUPLICATE = 2
    MAXIMUM_CREDIT_REACHED = 4
    KEYPAD_LOCKED = 5
    TOO_LARGE = 6


RESULTS: Final = {
    TopUpOutcome.TAKEN: TopUpResult.ACCEPTED,
    TopUpOutcome.NOT_AUTHENTIC: TopUpResult.INVALID,
    TopUpOutcome.DUPLICATE: TopUpResult.DUPLICATE,
    TopUpOutcome.TOO_OLD: TopUpResult.DUPLICATE,
    TopUpOutcome.OVER_CREDIT_LIMIT: TopUpResult.TOO_LARGE,
    TopUpOutcome.OVER_BALANCE_LIMIT: TopUpResult.MAXIMUM_CREDIT_REACHED,
}
"""What whoever typed a code is told of what became of it."""


def consumer_top_up(
    store: MeterStore, request: ConsumerTopUp, circumstances: Circumstances
) -> Answer:
    """Add what a code is worth, once; what of it repays the debt by payment is written down."""
    code, mechanism = request.top_up_code, circumstances.mechanism
    token = token_of(code)
    value = None if token is None else worth(token.top_up)
    taken = store.taken_tokens
    counter = None if token is None else _counter(token, circumstances, taken.highest)
    if counter is None or value is None:
        mechanism.refuse_token(duplicate=False)
        return _rejected(TopUpResult.INVALID)
    if not taken.new(counter):
        mechanism.refuse_token(duplicate=True)
        return _rejected(TopUpResult.DUPLICATE)
    done = mechanism.top_up(store, counter, value, local=request.originating_device != FROM_WAN)
    if done.outcome is not TopUpOutcome.TAKEN:
        return _rejected(RESULTS[done.outcome])
    taken.add(counter)
    _write_down(store, LoggedTopUp(code, value, circumstances.moment), done.repaid)
    response = ConsumerTopUpResponse(
        result_type=TopUpResult.ACCEPTED,
        top_up_value=value,
        source_of_top_up=request.originating_device,
        credit_remaining=done.balance,
    )
    return (Reply(0x03, response),)


def _counter(token: Utrn, circumstances: Circumstances, highest: int) -> int | None:
    """The counter of a genuine token: of whoever brings it or, for others, of the supplier."""
    for maker in (circumstances.originator, circumstances.supplier):
        found = None if maker is None else circumstances.tokens.counter(token, maker, highest)
        if found is not None:
            return found
    return None


def _write_down(store: MeterStore, top_up: LoggedTopUp, repaid: int) -> None:
    """Log a top-up, and the repayment that it made (GCS15d, GCS15e)."""
    store.top_ups.add(top_up)
    if repaid:
        outstanding = store.attributes.number(PREPAYMENT, DEBT_AMOUNTS[2])
        store.repayments.add(LoggedRepayment(top_up.top_up_time, repaid, BY_PAYMENT, outstanding))


def refuse_top_up(_: ConsumerTopUp) -> Answer:
    """Answer that a code is not valid."""
    return _rejected(TopUpResult.INVALID)


def _rejected(result: TopUpResult) -> Answer:
    response = ConsumerTopUpResponse(
        result_type=result,
        top_up_value=_NOTHING,
        source_of_top_up=0,
        credit_remaining=_NOTHING,
    )
    return (Reply(0x03, response, failed=True),)
