"""Duplicate rejection by source and sequence number (IEEE 802.15.4-2006 7.5.6.2).

A frame whose acknowledgement was lost comes again with the number it had; NWK must not see it.
"""

from dataclasses import dataclass

from emulator.kernel.construction import quick
from emulator.kernel.units import Duration, Instant


@quick
@dataclass(frozen=True, slots=True)
class _Last:
    sequence: int
    at: Instant


class DuplicateTable:
    """The last sequence number of every source, for a while."""

    def __init__(self, lifetime: Duration) -> None:
        self._lifetime = lifetime
        self._last: dict[int, _Last] = {}

    def repeated(self, source: int, sequence: int, now: Instant) -> bool:
        """Whether `source` sent this very sequence number last, not long ago; remembers it."""
        last = self._last.get(source)
        self._last[source] = _Last(sequence, now)
        return last is not None and last.sequence == sequence and now - last.at <= self._lifetime

    def clear(self) -> None:
        """Forget every source."""
        self._last.clear()
