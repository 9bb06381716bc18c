"""When a source is on: always, in bursts by chance, in pulses, at certain times.

Time is cut into epochs. What happens in an epoch is a pure function of seed, source and the number
of the epoch, so it does not matter who looks when, and nothing is made that nobody looks at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final, Protocol

from emulator.kernel.streams import Stream, Streams
from emulator.kernel.units import Duration, Instant, milliseconds

EPOCH: Final = 100_000
"""Microseconds; long against frames, so that bursts that an epoch cuts are few."""

Burst = tuple[int, int]
"""From when until when a source is on, microseconds."""


class Activity(Protocol):
    """When a source is on."""

    @property
    def share(self) -> float:
        """Share of the time that it is on, where it is on at all; 0 to 1."""
        ...

    def bursts(self, streams: Streams, source: str, epoch: int) -> Sequence[Burst]:
        """The bursts in an epoch, in order and apart.

        Args:
            streams: of the run.
            source: whose draws count.
            epoch: the number of the epoch; it begins at that many times `EPOCH`.
        """
        ...


@dataclass(frozen=True, slots=True)
class Steady:
    """On all the time."""

    @property
    def share(self) -> float:
        """As `Activity.share`."""
        return 1.0

    def bursts(self, streams: Streams, source: str, epoch: int) -> Sequence[Burst]:  # noqa: ARG002 - always
        """As `Activity.bursts`."""
        return ((epoch * EPOCH, (epoch + 1) * EPOCH),)


@dataclass(frozen=True, slots=True)
class OnOff:
    """Frames by chance: lengths equally likely within bounds, pauses exponential.

    Every epoch begins in the steady state of this renewal process, so the share of time it is on
    is exact.

    Args:
        busy: share of time it is on, 0 to 1.
        shortest: of a burst.
        longest: of a burst.
    """

    busy: float
    shortest: Duration = milliseconds(0.2)
    longest: Duration = milliseconds(2)

    @property
    def share(self) -> float:
        """As `Activity.share`."""
        return self.busy

    @property
    def mean_pause(self) -> float:
        """Microseconds between bursts."""
        mean = (self.shortest + self.longest) / 2
        return mean * (1 - self.busy) / self.busy

    def bursts(self, streams: Streams, source: str, epoch: int) -> Sequence[Burst]:
        """As `Activity.bursts`."""
        begin, end = epoch * EPOCH, (epoch + 1) * EPOCH
        if self.busy <= 0:
            return ()
        if self.busy >= 1:
            return ((begin, end),)
        draws = _fractions(streams.stream(source, f"activity {epoch}"))
        found: list[Burst] = []
        at = float(begin)
        if next(draws) < self.busy:
            at += self._rest(next(draws), next(draws))
            found.append((begin, min(round(at), end)))
        while True:
            at += -self.mean_pause * log(1 - next(draws))
            if at >= end:
                return [burst for burst in found if burst[0] < burst[1]]
            start = at
            at += self.shortest + (self.longest - self.shortest) * next(draws)
            found.append((round(start), min(round(at), end)))

    def _rest(self, one: float, other: float) -> float:
        """What is left of a burst in which an epoch begins: longer ones are met more often."""
        low, high = self.shortest**2, self.longest**2
        return sqrt(low + (high - low) * one) * other


@dataclass(frozen=True, slots=True)
class Pulses:
    """On for a share of every period, as rectifiers and switch-mode supplies are at mains rate.

    Args:
        period: from pulse to pulse.
        duty: share of the period it is on, 0 to 1.
    """

    period: Duration
    duty: float

    @property
    def share(self) -> float:
        """As `Activity.share`."""
        return self.duty

    def bursts(self, streams: Streams, source: str, epoch: int) -> Sequence[Burst]:
        """As `Activity.bursts`; the source has a phase of its own."""
        phase = streams.stream(source, "phase").integer(0, self.period - 1)
        length = round(self.period * self.duty)
        begin, end = epoch * EPOCH, (epoch + 1) * EPOCH
        first = (begin - phase - length) // self.period
        last = (end - phase) // self.period + 1
        pulses = (phase + number * self.period for number in range(first, last + 1))
        cut = ((max(at, begin), min(at + length, end)) for at in pulses)
        return [burst for burst in cut if burst[0] < burst[1]]


@dataclass(frozen=True, slots=True)
class AtTimes:
    """What another activity does, but at certain times only.

    Args:
        activity: what it does then.
        times: from when until when, in order and apart.
    """

    activity: Activity
    times: tuple[tuple[Instant, Instant], ...]

    @property
    def share(self) -> float:
        """As `Activity.share`: that of what it does at its times."""
        return self.activity.share

    def bursts(self, streams: Streams, source: str, epoch: int) -> Sequence[Burst]:
        """As `Activity.bursts`."""
        begin, end = epoch * EPOCH, (epoch + 1) * EPOCH
        if not any(first < end and last > begin for first, last in self.times):
            return ()
        common = (
            (max(on, first), min(off, last))
            for on, off in self.activity.bursts(streams, source, epoch)
            for first, last in self.times
        )
        return sorted(burst for burst in common if burst[0] < burst[1])


def _fractions(stream: Stream) -> Iterator[float]:
    """Numbers from 0 up to 1, without end."""
    while True:
        octets = stream.octets(8 * 64)
        for at in range(0, len(octets), 8):
            yield (int.from_bytes(octets[at : at + 8], "big") >> 11) / (1 << 53)
