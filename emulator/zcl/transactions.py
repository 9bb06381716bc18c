"""Exchanges that we began: each ends in one confirm, whatever the far end does.

An exchange is known by the far end, both endpoints, the cluster and its transaction number. Its
answer may come before the acknowledgement of what it answers.
"""

from dataclasses import dataclass
from enum import IntEnum, auto
from typing import Final

from emulator.kernel.construction import quick
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, later
from emulator.zcl.primitives import Outcome, Side, ZclAddress, ZclAnswer
from emulator.zigbee.addresses import ClusterId, Endpoint
from emulator.zigbee.aps.primitives import ApsStatus


@quick
@dataclass(frozen=True, slots=True)
class ExchangeKey:
    """What an answer has in common with what it answers."""

    peer: ZclAddress
    endpoint: Endpoint
    cluster: ClusterId
    sequence: int


@quick
@dataclass(frozen=True, slots=True)
class Exchange:
    """A command of ours and what its confirm waits for.

    Args:
        handle: the application's.
        reads: confirmed as the reading of attributes.
        general: a general command, not one of the cluster's own.
        command: the command sent, as a default response names it.
        to_side: the side it was for; an answer is for the other one.
        expects_answer: whether delivery alone does not end it.
        timeout: how long the answer is waited for once delivered.
        own_answer: whether a command of the cluster can answer, not only a default response.
    """

    handle: int
    key: ExchangeKey
    reads: bool
    general: bool
    command: int
    to_side: Side
    expects_answer: bool
    timeout: Duration
    own_answer: bool = True


@quick
@dataclass(frozen=True, slots=True)
class Ended:
    """An exchange ended."""

    exchange: Exchange
    outcome: Outcome
    aps_status: ApsStatus
    answer: ZclAnswer | None = None


class State(IntEnum):
    """How far an exchange has come."""

    SENT = auto()
    DELIVERED = auto()
    ENDED = auto()


class Event(IntEnum):
    """What can happen to an exchange."""

    CONFIRMED = auto()
    """APS has it there, and an answer is expected."""
    COMPLETED = auto()
    """APS has it there, and that is all."""
    REFUSED = auto()
    """APS could not deliver it."""
    ANSWERED = auto()
    EXPIRED = auto()


TRANSITIONS: Final[dict[tuple[State, Event], tuple[State, Outcome | None]]] = {
    (State.SENT, Event.CONFIRMED): (State.DELIVERED, None),
    (State.SENT, Event.COMPLETED): (State.ENDED, Outcome.DELIVERED),
    (State.SENT, Event.REFUSED): (State.ENDED, Outcome.NOT_DELIVERED),
    (State.SENT, Event.ANSWERED): (State.ENDED, Outcome.ANSWERED),
    (State.SENT, Event.EXPIRED): (State.ENDED, Outcome.TIMED_OUT),
    (State.DELIVERED, Event.ANSWERED): (State.ENDED, Outcome.ANSWERED),
    (State.DELIVERED, Event.EXPIRED): (State.ENDED, Outcome.TIMED_OUT),
}
"""Next state and the outcome to confirm; APS confirms once, so the other pairs cannot come."""


@dataclass(slots=True)
class _Open:
    exchange: Exchange
    aps_handle: int
    due: Instant
    state: State = State.SENT
    aps_status: ApsStatus = ApsStatus.SUCCESS


class TransactionTable:
    """The open exchanges of a node, and the transaction numbers it gives out.

    Args:
        stream: where the first number is drawn from.
        delivery_timeout: longest that APS may take to confirm.
    """

    def __init__(self, stream: Stream, delivery_timeout: Duration) -> None:
        self._next = stream.integer(0, 0xFF)
        self._delivery_timeout = delivery_timeout
        self._open: dict[int, _Open] = {}
        self._expecting: dict[ExchangeKey, _Open] = {}

    def __len__(self) -> int:
        return len(self._open)

    def number(self) -> int:
        """The next transaction number (ZCL8 2.4.1.3)."""
        self._next = (self._next + 1) & 0xFF
        return self._next

    def begin(self, exchange: Exchange, aps_handle: int, now: Instant) -> Ended | None:
        """Wait for what becomes of an exchange; an older one of the same key ends unanswered."""
        opened = _Open(exchange, aps_handle, later(now, self._delivery_timeout))
        older = self._expecting.get(exchange.key) if exchange.expects_answer else None
        ended = None if older is None else self._apply(older, Event.EXPIRED)
        self._open[aps_handle] = opened
        if exchange.expects_answer:
            self._expecting[exchange.key] = opened
        return ended

    def confirmed(self, aps_handle: int, status: ApsStatus, now: Instant) -> Ended | None:
        """APS confirmed something; handles that are not ours are passed over."""
        opened = self._open.get(aps_handle)
        if opened is None or opened.state is not State.SENT:
            return None
        opened.aps_status = status
        if status != ApsStatus.SUCCESS:
            return self._apply(opened, Event.REFUSED)
        if not opened.exchange.expects_answer:
            return self._apply(opened, Event.COMPLETED)
        opened.due = later(now, opened.exchange.timeout)
        return self._apply(opened, Event.CONFIRMED)

    def waiting(self, key: ExchangeKey) -> Exchange | None:
        """The open exchange that an answer with this key could be for."""
        opened = self._expecting.get(key)
        return None if opened is None else opened.exchange

    def answered(self, key: ExchangeKey, answer: ZclAnswer) -> Ended | None:
        """The answer to an open exchange came."""
        opened = self._expecting.get(key)
        return None if opened is None else self._apply(opened, Event.ANSWERED, answer)

    def expired(self, now: Instant) -> tuple[Ended, ...]:
        """The exchanges whose time is up, each ended."""
        due = [each for each in self._open.values() if each.due <= now]
        ended = (self._apply(opened, Event.EXPIRED) for opened in due)
        return tuple(each for each in ended if each is not None)

    @property
    def deadline(self) -> Instant | None:
        """When the next exchange expires."""
        if not self._open:
            return None
        return min(opened.due for opened in self._open.values())

    def _apply(self, opened: _Open, event: Event, answer: ZclAnswer | None = None) -> Ended | None:
        opened.state, outcome = TRANSITIONS[opened.state, event]
        if outcome is None:
            return None
        del self._open[opened.aps_handle]
        if opened.exchange.expects_answer:
            del self._expecting[opened.exchange.key]
        return Ended(opened.exchange, outcome, opened.aps_status, answer)
