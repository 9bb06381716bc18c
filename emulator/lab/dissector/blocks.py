"""Fragmented messages as the air shows them: blocks in, whole messages out (R22 2.2.8.4.5)."""

from dataclasses import dataclass, field
from typing import Final

from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.frames import Fragmentation, FragmentHeader

_MOST: Final = 64
"""Messages that are remembered; the oldest are forgotten."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block in its message.

    Args:
        number: counted from 1.
        total: how many blocks the message has; None where the first one was not seen.
        first: the octets of the first block, which begin with the header of the message.
        whole: the message, with its last missing block.
    """

    number: int
    total: int | None
    first: bytes | None
    whole: bytes | None

    @property
    def text(self) -> str:
        """`block 2 of 3`."""
        return f"block {self.number} of {'?' if self.total is None else self.total}"


@dataclass(slots=True)
class _Message:
    total: int | None = None
    blocks: dict[int, bytes] = field(default_factory=dict)

    def take(self, number: int, octets: bytes) -> bytes | None:
        """Keep a block; the whole message, if this block ends it."""
        self.blocks[number] = octets
        if self.total is None or any(index not in self.blocks for index in range(self.total)):
            return None
        return b"".join(self.blocks[index] for index in range(self.total))


class Blocks:
    """The fragmented messages of a run, by source, destination and APS counter."""

    def __init__(self) -> None:
        self._messages: dict[tuple[NwkAddress, NwkAddress, int], _Message] = {}

    def take(
        self, key: tuple[NwkAddress, NwkAddress, int], header: FragmentHeader, octets: bytes
    ) -> Block:
        """Take in a block; a repeated one gives the same as before.

        Args:
            key: what its message goes by.
            header: its extended header.
            octets: what it carries.
        """
        number = header.block or 0
        first = header.fragmentation == Fragmentation.FIRST
        message = self._messages.get(key)
        if message is None or (first and message.blocks.get(0, octets) != octets):
            message = self._begin(key)
        if first:
            message.total, number = number, 0
        whole = message.take(number, octets)
        return Block(number + 1, message.total, message.blocks.get(0), whole)

    def _begin(self, key: tuple[NwkAddress, NwkAddress, int]) -> _Message:
        self._messages.pop(key, None)
        if len(self._messages) >= _MOST:
            del self._messages[next(iter(self._messages))]
        message = self._messages[key] = _Message()
        return message
