"""Which messages have come already: source and APS counter (R22 2.2.8.4.2)."""

from emulator.kernel.units import Duration, Instant, later
from emulator.zigbee.addresses import NwkAddress


class DuplicateTable:
    """Remembers each (source, counter) until it was not heard for `timeout`."""

    def __init__(self, timeout: Duration) -> None:
        self._timeout = timeout
        self._expiry: dict[tuple[NwkAddress, int], Instant] = {}

    def seen(self, source: NwkAddress, counter: int, now: Instant) -> bool:
        """Whether it came before; it counts as come from now on."""
        self._expire(now)
        key = (source, counter)
        before = self._expiry.pop(key, None) is not None
        self._expiry[key] = later(now, self._timeout)
        return before

    def clear(self) -> None:
        """Forget every message."""
        self._expiry.clear()

    def _expire(self, now: Instant) -> None:
        """Drop what is over; the oldest stand first, since each hearing moves one to the end."""
        expiry = self._expiry
        while expiry:
            oldest = next(iter(expiry))
            if expiry[oldest] > now:
                return
            del expiry[oldest]
