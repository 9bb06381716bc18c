"""Counters that came before, kept for as long as the DCC is up (DUIS 5.4 RequestID).

Nothing may come twice, however long ago it came first, and it may come in any order: what is known
of a counter is that it is used once. So all of them are kept, in 8 octets each.
"""

from array import array
from bisect import bisect_left, insort
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

Whose = TypeVar("Whose", bound=Hashable)
_LARGEST: Final = 2**64 - 1
"""Counters have 64 bits on the wire, and as many in DUIS (RequestIDType)."""


class UsedCounters(Generic[Whose]):
    """Counters by whose they are; one that no wire could carry is never one that was used."""

    def __init__(self) -> None:
        self._counters: dict[Whose, array[int]] = {}

    def add(self, whose: Whose, counter: int) -> None:
        """Take note of a counter; once more changes nothing."""
        if not 0 <= counter <= _LARGEST:
            return
        kept = self._counters.setdefault(whose, array("Q"))
        if not kept or kept[-1] < counter:
            kept.append(counter)
        elif not _has(kept, counter):
            insort(kept, counter)

    def used(self, whose: Whose, counter: int) -> bool:
        """Whether it came before."""
        kept = self._counters.get(whose)
        return kept is not None and _has(kept, counter)


def _has(kept: "array[int]", counter: int) -> bool:
    place = bisect_left(kept, counter)
    return place < len(kept) and kept[place] == counter
