"""The steps as bars on one time axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from emulator.lab.kept.result import Step

_TICKS: Final = 8
"""The most marks the axis carries."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One step's bar; `left` and `width` are parts of a hundred of the axis."""

    step: Step
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis at `left` parts of a hundred, for the instant `at` in microseconds."""

    left: float
    at: int


@dataclass(frozen=True, slots=True)
class Timings:
    """The bars, in the order of the steps, and their axis."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def timings(steps: Sequence[Step]) -> Timings:
    """The bars of `steps` on an axis from zero to the last end."""
    end = max((step.end for step in steps), default=0) or 1
    bars = tuple(
        Bar(step, 100 * step.start / end, 100 * (step.end - step.start) / end) for step in steps
    )
    spacing = _spacing(end)
    ticks = tuple(Tick(100 * at / end, at) for at in range(0, end + 1, spacing))
    return Timings(bars, ticks)


def _spacing(end: int) -> int:
    """The least 1, 2 or 5 times a power of ten that gives no more than the ticks there are."""
    power = 1
    while True:
        for multiple in (power, 2 * power, 5 * power):
            if end // multiple < _TICKS:
                return multiple
        power *= 10
