"""Top-ups: a code of 20 digits becomes credit (ZSE 1.4 D.7, GBCS 14)."""

from enum import IntEnum
from typing import Final

from emulator.gbcs_device.gbz.answers import Answer, Reply
from emulator.gbcs_device.gbz.credit import add_credit
from emulator.gbcs_device.gbz.handling import Circumstances
from emulator.gbcs_device.gbz.store import MeterStore
from emulator.gbcs_device.gbz.tokens import token_of, worth
from emulator.zcl.payloads.prepayment import ConsumerTopUp, ConsumerTopUpResponse, LoggedTopUp

_NOTHING: Final = -1


class TopUpResult(IntEnum):
    """What became of a code (ZSE 1.4 D.7)."""

    ACCEPTED = 0
    INVALID = 1
    DUPLICATE = 2


def consumer_top_up(
    store: MeterStore, request: ConsumerTopUp, circumstances: Circumstances
) -> Answer:
    """Add what a code is worth to the balance, once."""
    code = request.top_up_code
    token = token_of(code)
    value = None if token is None else worth(token.top_up)
    if token is None or value is None:
        return _rejected(TopUpResult.INVALID)
    taken = store.taken_tokens
    counter = circumstances.tokens.counter(token, circumstances.originator, taken.highest)
    if counter is None:
        return _rejected(TopUpResult.INVALID)
    if not taken.new(counter):
        return _rejected(TopUpResult.DUPLICATE)
    taken.add(counter)
    balance = add_credit(store, value)
    store.top_ups.add(
        LoggedTopUp(top_up_code=code, top_up_amount=value, top_up_time=circumstances.moment)
    )
    response = ConsumerTopUpResponse(
        result_type=TopUpResult.ACCEPTED,
        top_up_value=value,
        source_of_top_up=request.originating_device,
        credit_remaining=balance,
    )
    return (Reply(0x03, response),)


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
