"""One who plays GFI at a line: sends commands, and sorts out what comes; no socket.

Time is told to it, for blocks that are asked for again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from emulator.gbcs.block_exchange import (
    BlockExchange,
    ExchangeEffect,
    Incoming,
    Outgoing,
    TransferFailed,
)
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gfi import GfiDecoder, GfiFault, GfiFrame, encode_gfi
from emulator.kernel.errors import WireError
from emulator.kernel.units import Instant


@dataclass(frozen=True, slots=True)
class ToSend:
    """Octets for the line."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """A response came.

    Args:
        message: the response.
        ours: whether it answers a command that was sent here.
    """

    message: Message
    ours: bool


@dataclass(frozen=True, slots=True)
class Alerted:
    """An alert came."""

    message: Message


@dataclass(frozen=True, slots=True)
class Strange:
    """What came is neither, or did not come as a whole."""

    reason: str
    octets: bytes = b""


CallerEffect: TypeAlias = ToSend | Answered | Alerted | Strange


class GfiCaller:
    """One end of a line."""

    def __init__(self) -> None:
        self._decoder = GfiDecoder()
        self._exchange = BlockExchange()
        self._waiting: set[tuple[int, int, int]] = set()

    @property
    def waiting(self) -> int:
        """Commands without a response."""
        return len(self._waiting)

    @property
    def deadline(self) -> Instant | None:
        """When a block is due again."""
        return self._exchange.deadline

    def send(self, message: Message, now: Instant) -> Sequence[CallerEffect]:
        """What goes out for a command.

        Raises:
            LocalError: when it is longer than its blocks may be together.
        """
        effects = self._exchange.send(message, now)
        self._waiting.add((message.originator, message.recipient, message.counter))
        return self._told(effects)

    def send_octets(self, octets: bytes) -> Sequence[CallerEffect]:
        """What goes out for octets as they are, a message or not.

        Raises:
            LocalError: when they are too long for one line.
        """
        return (ToSend(encode_gfi(GfiFrame(octets))),)

    def received(self, octets: bytes, now: Instant) -> Sequence[CallerEffect]:
        """What follows from octets of the line, however they are cut."""
        found: list[CallerEffect] = []
        for each in self._decoder.feed(octets):
            if isinstance(each, GfiFault):
                found.append(Strange(f"octet {each.offset}: {each.reason}"))
                continue
            try:
                found += self._told(self._exchange.arrived(each.octets, now))
            except WireError as fault:
                found.append(Strange(str(fault), each.octets))
        return found

    def wake(self, now: Instant) -> Sequence[CallerEffect]:
        """What was due by `now`."""
        return self._told(self._exchange.wake(now))

    def _told(self, effects: Sequence[ExchangeEffect]) -> list[CallerEffect]:
        return [self._one(effect) for effect in effects]

    def _one(self, effect: ExchangeEffect) -> CallerEffect:
        match effect:
            case Outgoing(_, octets):
                return ToSend(encode_gfi(GfiFrame(octets)))
            case Incoming(octets):
                return self._whole(octets)
            case TransferFailed(_, _, reason):
                return Strange(reason)

    def _whole(self, octets: bytes) -> CallerEffect:
        try:
            message = Message.decode(octets)
        except WireError as fault:
            return Strange(str(fault), octets)
        if message.cra is Cra.ALERT:
            return Alerted(message)
        if message.cra is not Cra.RESPONSE:
            return Strange("a command came up", octets)
        key = (message.recipient, message.originator, message.counter)
        ours = key in self._waiting
        self._waiting.discard(key)
        return Answered(message, ours)
