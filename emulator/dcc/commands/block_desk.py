"""Long messages travel in blocks between the DCC and devices (GBCS 7.2.11).

A HAN takes messages up to 1,200 octets; longer ones are cut here and put together by the device,
and the other way round. Which hub a device is behind is what its last message went through.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from emulator.dcc.facts import BlocksLost
from emulator.dcc.primitives import FromWan, ToWan, WanDown, WanUp
from emulator.gbcs.block_exchange import BlockExchange, Incoming, Outgoing, is_block
from emulator.gbcs.block_transfer import BlockTransferSettings, RoutedBlock
from emulator.gbcs.envelope import Message
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, Instant


class BlockDesk:
    """Between the desks of the DCC and the SM WAN.

    Args:
        answer_wait: how long a device may take to acknowledge a block; a gas meter sleeps.
    """

    accepts: ClassVar[tuple[type, ...]] = (ToWan, WanUp)

    def __init__(self, answer_wait: Duration) -> None:
        settings = replace(BlockTransferSettings(), answer_wait=answer_wait)
        self._exchange = BlockExchange(settings)
        self._hubs: dict[Eui64, Eui64] = {}

    @property
    def deadline(self) -> Instant | None:
        """When a block is sent or asked for again."""
        return self._exchange.deadline

    def handle(self, event: ToWan | WanUp, now: Instant) -> Sequence[Any]:
        """Effects of a message or a block."""
        if isinstance(event, WanUp):
            return self._up(event, now)
        return self._down(event, now)

    def wake(self, now: Instant) -> Sequence[Any]:
        """Blocks that are due."""
        return self._linked(self._exchange.wake(now), None)

    def _down(self, event: ToWan, now: Instant) -> Sequence[Any]:
        try:
            message = Message.decode(event.octets)
            sent = self._exchange.send(message, now)
        except (WireError, LocalError) as fault:
            return (BlocksLost(0, 0, str(fault)),)
        self._hubs[message.recipient] = event.hub
        return self._linked(sent, event.hub)

    def _up(self, event: WanUp, now: Instant) -> Sequence[Any]:
        try:
            if is_block(event.octets):
                self._hubs[RoutedBlock.decode(event.octets).route.originator] = event.hub
            arrived = self._exchange.arrived(event.octets, now)
        except WireError as fault:
            return (BlocksLost(0, 0, str(fault)),)
        return self._linked(arrived, event.hub)

    def _linked(self, exchanged: Sequence[Any], hub: Eui64 | None) -> Sequence[Any]:
        effects: list[Any] = []
        for each in exchanged:
            match each:
                case Outgoing(recipient, octets):
                    towards = self._hubs.get(recipient, hub)
                    if towards is not None:
                        effects.append(WanDown(towards, octets))
                case Incoming(octets) if hub is not None:
                    effects.append(FromWan(hub, octets))
                case Incoming():
                    pass
                case failed:
                    route = failed.route
                    effects.append(BlocksLost(route.message_code, route.counter, failed.reason))
        return effects
