"""When a frame was on the air, in the time of the world, from two clocks that are each imperfect.

The dongle's clock is exact between frames and knows no date; ours knows the date, and sees a frame
only when the line has brought it. The frame that came soonest tells how they lie to each other.
"""

from dataclasses import dataclass
from typing import Final

from emulator.kernel.units import Instant

_APART: Final = 1_000_000
"""Microseconds; clocks that drift further apart have nothing to do with each other: a reset."""


@dataclass(slots=True)
class FrameClock:
    """Tells moments.

    Args:
        start: microseconds since 1970 at instant 0.
    """

    start: int
    _offset: int | None = None

    def moment(self, at: Instant, radio_time: int) -> int:
        """Microseconds since 1970.

        Args:
            at: when the frame came here.
            radio_time: the dongle's clock when it ended; 0 where there is none.
        """
        here = self.start + at
        if not radio_time:
            return here
        offset = here - radio_time
        if self._offset is None or abs(offset - self._offset) > _APART:
            self._offset = offset
        self._offset = min(self._offset, offset)
        return radio_time + self._offset
