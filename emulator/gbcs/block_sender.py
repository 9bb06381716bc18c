"""Sending a message in blocks: a window at a time, again from the first that is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from emulator.gbcs.block_transfer import Block, BlockTransferSettings, split
from emulator.kernel.errors import LocalError
from emulator.kernel.units import Instant, later


class SenderState(Enum):
    """How far a message is."""

    IDLE = "nothing has been sent"
    WAITING = "a window waits for its acknowledgement"
    DELIVERED = "every block has been acknowledged"
    ABANDONED = "given up"


@dataclass(frozen=True, slots=True)
class BeginTransfer:
    """Asks for the first window."""


@dataclass(frozen=True, slots=True)
class BlockArrived:
    """A block came from the other side."""

    block: Block


@dataclass(frozen=True, slots=True)
class SendBlock:
    """A block is to go out."""

    block: Block


@dataclass(frozen=True, slots=True)
class TransferDelivered:
    """The other side has every block."""


@dataclass(frozen=True, slots=True)
class TransferAbandoned:
    """The other side did not acknowledge a window, however often it was sent."""

    acknowledged: int


SenderEvent = BeginTransfer | BlockArrived
SenderEffect = SendBlock | TransferDelivered | TransferAbandoned


class SenderAction(Enum):
    """What an event leads to."""

    SEND = "send the first window"
    ADVANCE = "take note of the acknowledgement"
    IGNORE = "nothing"


_S, _A = SenderState, SenderAction

ACTIONS: Final = {
    (_S.IDLE, BeginTransfer): _A.SEND,
    (_S.IDLE, BlockArrived): _A.IGNORE,
    (_S.WAITING, BlockArrived): _A.ADVANCE,
    (_S.DELIVERED, BlockArrived): _A.IGNORE,
    (_S.ABANDONED, BlockArrived): _A.IGNORE,
}
"""Every pair that there is; a transfer begins once."""


class BlockSender:
    """Sends one message.

    Args:
        octets: the message.
        settings: sizes, limits and timers.

    Raises:
        LocalError: when the message is longer than its blocks may be together.
    """

    def __init__(self, octets: bytes, settings: BlockTransferSettings) -> None:
        self._blocks = split(octets, settings)
        self._settings = settings
        self._state = SenderState.IDLE
        self._acknowledged = 0
        self._attempts = 0
        self._deadline: Instant | None = None

    @property
    def state(self) -> SenderState:
        """How far the message is."""
        return self._state

    @property
    def deadline(self) -> Instant | None:
        """When the window is sent again, or given up."""
        return self._deadline

    def handle(self, event: SenderEvent, now: Instant) -> Sequence[SenderEffect]:
        """What follows from an event.

        Raises:
            LocalError: when the transfer has begun before; nothing changes then.
        """
        action = ACTIONS.get((self._state, type(event)))
        if action is None:
            raise LocalError(f"{type(event).__name__} while {self._state.value}")
        if action is SenderAction.SEND:
            return self._window(now)
        if action is SenderAction.ADVANCE and isinstance(event, BlockArrived):
            return self._advance(event.block.acknowledged, now)
        return ()

    def wake(self, now: Instant) -> Sequence[SenderEffect]:
        """The window once more, or the end of the transfer, when no acknowledgement came."""
        if self._deadline is None or now < self._deadline:
            return ()
        if self._attempts >= self._settings.attempts:
            self._state, self._deadline = SenderState.ABANDONED, None
            return (TransferAbandoned(self._acknowledged),)
        return self._window(now)

    def _advance(self, acknowledged: int, now: Instant) -> Sequence[SenderEffect]:
        """What follows from an acknowledgement up to a block."""
        if not self._acknowledged <= acknowledged <= len(self._blocks):
            return ()
        if acknowledged > self._acknowledged:
            self._attempts = 0
        self._acknowledged = acknowledged
        if acknowledged == len(self._blocks):
            self._state, self._deadline = SenderState.DELIVERED, None
            return (TransferDelivered(),)
        if self._attempts >= self._settings.attempts:
            return ()
        return self._window(now)

    def _window(self, now: Instant) -> Sequence[SenderEffect]:
        """The blocks after the acknowledged ones, as many as a window holds."""
        first = self._acknowledged
        blocks = self._blocks[first : first + self._settings.window]
        self._state = SenderState.WAITING
        self._attempts += 1
        self._deadline = later(now, self._settings.answer_wait)
        final = len(blocks) - 1
        return tuple(
            SendBlock(replace(block, streaming=index < final)) for index, block in enumerate(blocks)
        )
