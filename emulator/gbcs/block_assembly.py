"""Recorded blocks put together: which message they are of, and which are missing (GBCS 7.2.11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from emulator.dlms.lengths import take_length
from emulator.gbcs.block_transfer import GENERAL_CIPHERING, ROUTING_LENGTH, RoutedBlock
from emulator.kernel.errors import UsageError, WireError
from emulator.kernel.identity import format_eui64

BLOCK_START: Final = bytes((GENERAL_CIPHERING, 9))
"""How every block starts, and no message: its transaction id is not empty."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """What there is of a message in blocks.

    Args:
        blocks: in the order of their numbers, each once; acknowledgements are not among them.
        missing: numbers that are not there, as far as later blocks tell.
        last: number of the last block, None when it is not there.
    """

    blocks: tuple[RoutedBlock, ...]
    missing: tuple[int, ...]
    last: int | None

    @property
    def octets(self) -> bytes | None:
        """The message; None while blocks are missing."""
        if self.missing or self.last is None:
            return None
        return b"".join(each.block.data for each in self.blocks)


def take_blocks(octets: bytes) -> tuple[RoutedBlock, ...]:
    """The blocks that follow one another in `octets`.

    Raises:
        WireError: when something else is between or after them.
    """
    blocks = []
    at = 0
    while at < len(octets):
        count, start = take_length(octets, at + ROUTING_LENGTH, "RoutedBlock.length")
        try:
            blocks.append(RoutedBlock.decode(octets[at : start + count]))
        except WireError as error:
            raise WireError(error.path, at + error.offset, error.reason) from None
        at = start + count
    return tuple(blocks)


def assemble(blocks: Iterable[RoutedBlock]) -> Assembly:
    """What the blocks of one message are together, in whatever order they are and however often.

    Raises:
        UsageError: when they are of several messages, or contradict each other.
    """
    pieces = [each for each in blocks if each.block.data]
    numbered: dict[int, RoutedBlock] = {}
    for each in pieces:
        if each.route != pieces[0].route:
            raise _mixed(pieces[0], each)
        known = numbered.setdefault(each.block.number, each)
        if (known.block.data, known.block.last) != (each.block.data, each.block.last):
            raise UsageError(f"block {each.block.number} is there twice and not the same")
    last = min((number for number, each in numbered.items() if each.block.last), default=None)
    highest = max(numbered, default=0)
    if last is not None and highest > last:
        raise UsageError(f"block {last} is the last, and there is block {highest}")
    missing = tuple(number for number in range(1, highest) if number not in numbered)
    return Assembly(tuple(numbered[number] for number in sorted(numbered)), missing, last)


def _mixed(one: RoutedBlock, other: RoutedBlock) -> UsageError:
    told = (
        f"{each.route.message_code:04X} of {format_eui64(each.route.originator)}, "
        f"counter {each.route.counter}"
        for each in (one, other)
    )
    return UsageError(f"blocks of several messages: {' and '.join(told)}")
