"""On which channels one listens, as people write them: 15, 11,15,20 or 11-26; and for how long."""

from collections.abc import Sequence
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Duration, seconds
from emulator.radio.port import Channel

FIRST: Final = 11
LAST: Final = 26
"""Channels of 2.4 GHz, page 0 (IEEE 802.15.4-2006 6.1.2.1)."""
DWELL: Final[Duration] = seconds(2)
"""How long one listens on each of several channels: the choice of the laboratory."""


def parse_channels(text: str) -> Sequence[Channel]:
    """The channels that somebody wrote, in that order, each once.

    Raises:
        UsageError: with everything in it that is no channel.
    """
    numbers: dict[int, None] = {}
    mistakes: list[str] = []
    for part in text.split(","):
        found = _range(part.strip())
        if not found:
            mistakes.append(
                f"--channels {part.strip() or text}: expected channels from {FIRST} to {LAST}, "
                "like 15, 11,20 or 11-26"
            )
        numbers.update(dict.fromkeys(found))
    if mistakes:
        raise UsageError(*mistakes)
    return tuple(Channel(0, number) for number in numbers)


def _range(text: str) -> range:
    """The channels of 2.4 GHz of one number or two; empty when they are none."""
    first, dash, last = text.partition("-")
    ends = (first, last if dash else first)
    if not all(end.isascii() and end.isdigit() and FIRST <= int(end[:3]) <= LAST for end in ends):
        return range(0)
    return range(int(ends[0]), int(ends[1]) + 1)
