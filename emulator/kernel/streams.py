"""Random streams keyed by name: the one home of `random`.

A stream belongs to (seed, node, purpose), so adding a node or drawing more for one purpose moves
no other draw of the run.
"""

import hashlib
import random  # noqa: TID251 - this module is the one place the ban points to
from collections.abc import Sequence
from typing import TypeVar

from emulator.kernel.errors import LocalError
from emulator.kernel.units import Duration

Item = TypeVar("Item")


class Stream:
    """Draws for one node and one purpose.

    Args:
        key: what the stream is seeded by; equal keys draw equal values.
    """

    __slots__ = ("_bits", "_source")

    def __init__(self, key: str) -> None:
        digest = hashlib.sha256(key.encode()).digest()
        self._source = random.Random(int.from_bytes(digest, "big"))  # noqa: S311 - emulation
        self._bits = self._source.getrandbits

    def integer(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        width = high - low + 1
        if width < 1:
            raise LocalError(f"no whole number from {low} to {high}")
        bits = width.bit_length()
        # As `random.randint` draws, without its three calls in between.
        draw = self._bits(bits)
        while draw >= width:
            draw = self._bits(bits)
        return low + draw

    def duration(self, low: Duration, high: Duration) -> Duration:
        """A duration from `low` to `high`, both included."""
        return Duration(self._source.randint(low, high))

    def chance(self, probability: float) -> bool:
        """True with the given probability (0 never, 1 always)."""
        return self._source.random() < probability

    def octets(self, count: int) -> bytes:
        """`count` octets."""
        return self._source.randbytes(count)

    def choice(self, items: Sequence[Item]) -> Item:
        """One of `items`."""
        return self._source.choice(items)


class Streams:
    """The streams of one run.

    Args:
        seed: the run's seed.
    """

    __slots__ = ("seed",)

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def stream(self, node: str, purpose: str) -> Stream:
        """A new stream for `purpose` at `node`, always starting from the same draw."""
        return Stream(f"{self.seed}|{node}|{purpose}")
