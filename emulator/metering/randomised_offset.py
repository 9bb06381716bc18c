"""The randomised offset of a meter: how late its tariff switches and load switches take effect.

SMETS2 5.7.4.33: a meter is given a limit of up to 1,799 s, draws a number from 0 to 1 once, and
multiplies (5.7.5.31), so that not every home switches in the same second.
"""

from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.streams import Stream

LARGEST_LIMIT: Final = 1799
"""Seconds (SMETS2 5.7.4.33)."""
_PARTS: Final = 2**16


class RandomisedOffset:
    """Drawn once in the life of a meter.

    Args:
        stream: what it is drawn from.
    """

    def __init__(self, stream: Stream) -> None:
        self._drawn = stream.integer(0, _PARTS - 1)

    @property
    def number(self) -> bytes:
        """What was drawn, as 8 octets; how meters write it is unverified."""
        return self._drawn.to_bytes(8, "big")

    def seconds(self, limit: int) -> int:
        """Whole seconds of offset under a limit.

        Raises:
            UsageError: when the limit is not from 0 to 1,799 s.
        """
        if not 0 <= limit <= LARGEST_LIMIT:
            raise UsageError(f"randomised offset limit {limit} s: expected 0 to {LARGEST_LIMIT}")
        return self._drawn * limit // (_PARTS - 1)
