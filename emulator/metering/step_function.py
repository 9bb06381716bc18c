"""A rate that holds until it changes: demand or flow as a function of virtual time."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Final, Self

from emulator.kernel.errors import LocalError
from emulator.kernel.units import NEVER, Instant

_LAST: Final = 2**63 - 1
_LOOKED_AT: Final = 48
"""Steps at which somebody looks for a crossing at once; half hours of a day."""


class StepFunction:
    """Rates by the instant from which each holds; zero before the first.

    Args:
        steps: instants in ascending order, and the rate from then on.

    Raises:
        LocalError: when instants do not ascend, or a rate is negative or does not fit 63 bits.
    """

    __slots__ = ("_rates", "_starts")

    def __init__(self, steps: Iterable[tuple[int, int]] = ()) -> None:
        starts, rates = array("q"), array("q")
        for start, rate in steps:
            if starts and start <= starts[-1]:
                raise LocalError(f"step at {start} us: not after the one at {starts[-1]} us")
            if not 0 <= rate <= _LAST:
                raise LocalError(f"step at {start} us: rate {rate} is not from 0 to 2^63-1")
            starts.append(start)
            rates.append(rate)
        self._starts, self._rates = starts, rates

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StepFunction):
            return NotImplemented
        return self._starts == other._starts and self._rates == other._rates

    def __hash__(self) -> int:
        return hash((bytes(self._starts), bytes(self._rates)))

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[tuple[Instant, int]]:
        steps = zip(self._starts, self._rates, strict=True)
        return ((Instant(start), rate) for start, rate in steps)

    def rate(self, at: int) -> int:
        """The rate that holds at an instant."""
        return self.held(at)[0]

    def next_change(self, after: int) -> Instant:
        """When the next step begins, later than `after`; `NEVER` when none does."""
        return self.held(after)[1]

    def next_crossing(self, after: int, level: int) -> Instant:
        """When, later than `after`, the rate may get above a level, or back; `NEVER` for not.

        After so many steps that do not cross it the next one is told, so that a level that is never
        crossed costs nobody a look at all that is to come.
        """
        starts, rates = self._starts, self._rates
        place = bisect_right(starts, after)
        above = place > 0 and rates[place - 1] > level
        end = min(place + _LOOKED_AT, len(starts) - 1)
        while place < end and (rates[place] > level) is above:
            place += 1
        return Instant(starts[place]) if place < len(starts) else NEVER

    def held(self, at: int) -> tuple[int, Instant]:
        """The rate at an instant, and until when it holds."""
        starts = self._starts
        place = bisect_right(starts, at)
        rate = self._rates[place - 1] if place else 0
        return rate, Instant(starts[place]) if place < len(starts) else NEVER

    def highest(self, start: int, end: int) -> int:
        """The highest rate from `start`, up to and without `end`."""
        starts = self._starts
        first = max(0, bisect_right(starts, start) - 1)
        return max(self._rates[first : bisect_left(starts, end)], default=0)

    def integrals(self, start: int, ends: Iterable[int]) -> Iterator[int]:
        """Rate times microseconds from `start` to each of `ends`, which ascend, exactly."""
        starts, rates = self._starts, self._rates
        place = bisect_right(starts, start)
        rate, at, total, steps = rates[place - 1] if place else 0, start, 0, len(starts)
        for end in ends:
            while place < steps and starts[place] < end:
                total += rate * (starts[place] - at)
                at, rate = starts[place], rates[place]
                place += 1
            total += rate * (end - at)
            at = end
            yield total

    def integral(self, start: int, end: int) -> int:
        """Rate times microseconds from `start` to `end`, exactly."""
        total, at = 0, start
        while at < end:
            rate, until = self.held(at)
            until = min(until, Instant(end))
            total += rate * (until - at)
            at = until
        return total

    def changed(self, at: int, rate: int) -> Self:
        """The same before `at`, and from then on this rate alone."""
        kept = ((start, held) for start, held in self if start < at)
        return type(self)((*kept, (at, rate)))

    def plus(self, other: "StepFunction") -> "StepFunction":
        """The sum of both."""
        instants = sorted({at for at, _ in (*self, *other)})
        return StepFunction((at, self.rate(at) + other.rate(at)) for at in instants)


NOTHING: Final = StepFunction()
"""No demand, ever."""
