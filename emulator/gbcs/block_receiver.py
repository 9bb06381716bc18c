"""Receiving a message in blocks: kept in any order, acknowledged at the end of a window."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from emulator.gbcs.block_sender import BlockArrived, SendBlock
from emulator.gbcs.block_transfer import Block, BlockTransferSettings
from emulator.kernel.units import Instant, later


class ReceiverState(Enum):
    """How far a message is."""

    RECEIVING = "blocks are missing"
    COMPLETE = "every block has come"
    ABANDONED = "no block came for too long"


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """Every block has come; these are the octets of the message."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class ReceptionAbandoned:
    """No block came for too long; how many are there up to the first that is missing."""

    received: int


@dataclass(frozen=True, slots=True)
class BlockRefused:
    """A block that cannot belong to the message."""

    number: int
    reason: str


ReceiverEffect = SendBlock | MessageReceived | ReceptionAbandoned | BlockRefused

_ACKNOWLEDGEMENT_NUMBER: Final = 1
"""Number of a block that only acknowledges."""


class BlockReceiver:
    """Receives one message.

    Args:
        settings: sizes, limits and timers.
    """

    def __init__(self, settings: BlockTransferSettings) -> None:
        self._settings = settings
        self._state = ReceiverState.RECEIVING
        self._data: dict[int, bytes] = {}
        self._last: int | None = None
        self._received = 0
        self._silences = 0
        self._deadline: Instant | None = None

    @property
    def state(self) -> ReceiverState:
        """How far the message is."""
        return self._state

    @property
    def received(self) -> int:
        """The block up to which everything has come."""
        return self._received

    @property
    def deadline(self) -> Instant | None:
        """When missing blocks are asked for again, or the message is given up."""
        return self._deadline

    def handle(self, event: BlockArrived, now: Instant) -> Sequence[ReceiverEffect]:
        """What follows from a block."""
        if self._state is ReceiverState.ABANDONED:
            return ()
        block = event.block
        reason = self._objection(block)
        if reason is not None:
            return (BlockRefused(block.number, reason),)
        if self._state is ReceiverState.COMPLETE:
            return () if block.streaming else (self._acknowledgement(),)
        self._keep(block)
        self._silences = 0
        self._deadline = later(now, self._settings.answer_wait)
        if self._received == self._last:
            return self._complete()
        if block.streaming and not block.last:
            return ()
        return (self._acknowledgement(),)

    def wake(self, now: Instant) -> Sequence[ReceiverEffect]:
        """Another acknowledgement, or the end of the reception, when no block came."""
        if self._deadline is None or now < self._deadline:
            return ()
        if self._silences >= self._settings.attempts:
            self._state, self._deadline = ReceiverState.ABANDONED, None
            self._data.clear()
            return (ReceptionAbandoned(self._received),)
        self._silences += 1
        self._deadline = later(now, self._settings.answer_wait)
        return (self._acknowledgement(),)

    def _objection(self, block: Block) -> str | None:
        """Why a block cannot belong to the message."""
        settings = self._settings
        if not 1 <= block.number <= settings.maximum_blocks:
            return f"number {block.number}, expected 1 to {settings.maximum_blocks}"
        if not 1 <= len(block.data) <= settings.block_size:
            return f"{len(block.data)} octets, expected 1 to {settings.block_size}"
        if self._last is not None and (block.number > self._last or self._contradicts(block)):
            return f"block {self._last} was the last"
        if block.last and any(number > block.number for number in self._data):
            return "later blocks came before"
        return None

    def _contradicts(self, block: Block) -> bool:
        return block.last != (block.number == self._last)

    def _keep(self, block: Block) -> None:
        self._data.setdefault(block.number, block.data)
        if block.last:
            self._last = block.number
        while self._received + 1 in self._data:
            self._received += 1

    def _complete(self) -> Sequence[ReceiverEffect]:
        octets = b"".join(self._data[number] for number in range(1, self._received + 1))
        self._state, self._deadline = ReceiverState.COMPLETE, None
        self._data.clear()
        return (self._acknowledgement(), MessageReceived(octets))

    def _acknowledgement(self) -> SendBlock:
        return SendBlock(
            Block(
                _ACKNOWLEDGEMENT_NUMBER,
                b"",
                last=True,
                window=self._settings.window,
                acknowledged=self._received,
            )
        )
