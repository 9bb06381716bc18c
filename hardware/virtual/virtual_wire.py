"""Driver and virtual dongle in one process: a wire in virtual time between them."""

from collections.abc import Callable
from functools import partial
from typing import Final

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Duration, Instant

OCTET_TIME: Final = Duration(87)
"""Ten bits at 115200 baud, in whole microseconds."""


class VirtualWire:
    """Carries octets one way, as fast as a serial line and in order.

    Args:
        scheduler: the time it lives in.
        take: what is at the far end.
        octet_time: how long an octet takes; 0 for a line that takes no time.
    """

    def __init__(
        self,
        scheduler: Scheduler,
        take: Callable[[bytes], object],
        octet_time: Duration = OCTET_TIME,
    ) -> None:
        self._scheduler = scheduler
        self._take = take
        self._octet_time = octet_time
        self._free = scheduler.now

    def send(self, octets: bytes) -> None:
        """Put octets on the wire; they arrive together, when the last of them is through."""
        begun = max(self._free, self._scheduler.now)
        self._free = Instant(begun + len(octets) * self._octet_time)
        self._scheduler.at(self._free, partial(self._take, octets))
