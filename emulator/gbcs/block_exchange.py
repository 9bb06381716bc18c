"""Whole messages over a link that takes them in blocks: every transfer of one party (GBCS 7.2.11).

Messages that fit go as they are. Longer ones go block by block, and what comes block by block is
put together again. Acknowledgements travel under the route of their message with the parties
swapped, which is unverified: no message in blocks has been published.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from emulator.gbcs.block_receiver import (
    BlockReceiver,
    MessageReceived,
    ReceiverEffect,
    ReceptionAbandoned,
)
from emulator.gbcs.block_sender import (
    BeginTransfer,
    BlockArrived,
    BlockSender,
    SendBlock,
    SenderEffect,
    TransferAbandoned,
    TransferDelivered,
)
from emulator.gbcs.block_transfer import BlockTransferSettings, Route, RoutedBlock, route_of
from emulator.gbcs.envelope import GENERAL_CIPHERING, Message
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant

WHOLE_MESSAGE: Final = 1200
"""Octets of the longest message that goes without blocks (GBCS 7.2.11)."""
MOST_TRANSFERS: Final = 16
"""Messages that come in blocks at the same time; a bound of this implementation."""
_ROUTED: Final = bytes((GENERAL_CIPHERING, 9))
"""How a block starts, and no message: its transaction id is not empty."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Octets for the link: a message or a block of one."""

    recipient: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """A whole message came."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class TransferFailed:
    """A message did not come or go through as a whole."""

    route: Route
    sending: bool
    reason: str


ExchangeEffect: TypeAlias = Outgoing | Incoming | TransferFailed


def is_block(octets: bytes) -> bool:
    """Whether octets from the link are a block and no message."""
    return octets.startswith(_ROUTED)


class BlockExchange:
    """The transfers of one party.

    Args:
        settings: sizes, limits and timers.
        whole_message: octets of the longest message that goes without blocks.
    """

    def __init__(
        self, settings: BlockTransferSettings | None = None, whole_message: int = WHOLE_MESSAGE
    ) -> None:
        self._settings = settings or BlockTransferSettings()
        self._whole_message = whole_message
        self._senders: dict[Route, BlockSender] = {}
        self._receivers: dict[Route, BlockReceiver] = {}

    @property
    def deadline(self) -> Instant | None:
        """When a block is sent or asked for again."""
        sending = (each.deadline for each in self._senders.values())
        receiving = (each.deadline for each in self._receivers.values())
        return min((due for due in (*sending, *receiving) if due is not None), default=None)

    def send(self, message: Message, now: Instant) -> Sequence[ExchangeEffect]:
        """What goes out for a message now.

        Raises:
            LocalError: when it is longer than its blocks may be together.
        """
        octets = message.encode()
        if len(octets) <= self._whole_message:
            return (Outgoing(message.recipient, octets),)
        route = route_of(message)
        sender = self._senders[route] = BlockSender(octets, self._settings)
        return self._sent(route, sender.handle(BeginTransfer(), now))

    def arrived(self, octets: bytes, now: Instant) -> Sequence[ExchangeEffect]:
        """What follows from a message or a block of one.

        Raises:
            WireError: when the octets start as a block and are none.
        """
        if not is_block(octets):
            return (Incoming(octets),)
        routed = RoutedBlock.decode(octets)
        if not routed.block.data:
            return self._acknowledged(routed, now)
        receiver = self._receivers.get(routed.route) or self._new_receiver(routed.route)
        return self._received(routed.route, receiver.handle(BlockArrived(routed.block), now))

    def wake(self, now: Instant) -> Sequence[ExchangeEffect]:
        """What was due by `now`."""
        effects: list[ExchangeEffect] = []
        for route, sender in tuple(self._senders.items()):
            effects += self._sent(route, sender.wake(now))
        for route, receiver in tuple(self._receivers.items()):
            effects += self._received(route, receiver.wake(now))
        return effects

    def _acknowledged(self, routed: RoutedBlock, now: Instant) -> Sequence[ExchangeEffect]:
        route = _swapped(routed.route)
        sender = self._senders.get(route)
        if sender is None:
            return ()
        return self._sent(route, sender.handle(BlockArrived(routed.block), now))

    def _new_receiver(self, route: Route) -> BlockReceiver:
        """A receiver for another message; the oldest makes room when there are too many."""
        if len(self._receivers) >= MOST_TRANSFERS:
            del self._receivers[next(iter(self._receivers))]
        receiver = self._receivers[route] = BlockReceiver(self._settings)
        return receiver

    def _sent(self, route: Route, effects: Sequence[SenderEffect]) -> Sequence[ExchangeEffect]:
        found: list[ExchangeEffect] = []
        for effect in effects:
            match effect:
                case SendBlock():
                    found.append(self._routed(route, effect))
                case TransferDelivered():
                    del self._senders[route]
                case TransferAbandoned(acknowledged):
                    del self._senders[route]
                    reason = f"no acknowledgement after block {acknowledged}"
                    found.append(TransferFailed(route, sending=True, reason=reason))
        return found

    def _received(
        self, route: Route, effects: Sequence[ReceiverEffect]
    ) -> Sequence[ExchangeEffect]:
        found: list[ExchangeEffect] = []
        for effect in effects:
            match effect:
                case SendBlock():
                    found.append(self._routed(_swapped(route), effect))
                case MessageReceived(octets):
                    found.append(Incoming(octets))
                case ReceptionAbandoned(received):
                    del self._receivers[route]
                    reason = f"nothing came after block {received}"
                    found.append(TransferFailed(route, sending=False, reason=reason))
                case _:
                    reason = f"block {effect.number}: {effect.reason}"
                    found.append(TransferFailed(route, sending=False, reason=reason))
        return found

    def _routed(self, route: Route, effect: SendBlock) -> Outgoing:
        octets = RoutedBlock(route, self._settings.security_header, effect.block).encode()
        return Outgoing(route.recipient, octets)


def _swapped(route: Route) -> Route:
    return replace(route, originator=route.recipient, recipient=route.originator)
