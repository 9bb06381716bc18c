"""What a measurement gives, and how it becomes JSON."""

import json
import platform
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure and what it should be.

    Args:
        name: what was measured.
        figure: the value; None when it could not be measured.
        unit: of the value and of the target.
        target: the bound.
        better: whether the value should lie above or below the bound.
        detail: how it was measured, or why it was not.
    """

    name: str
    figure: float | None
    unit: str
    target: float
    better: Literal["higher", "lower"]
    detail: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None when nothing was measured."""
        if self.figure is None:
            return None
        if self.better == "higher":
            return self.figure >= self.target
        return self.figure <= self.target


def seconds_of(action: Callable[[], object]) -> float:
    """How long `action` takes by the wall clock."""
    start = perf_counter()
    action()
    return perf_counter() - start


def processor_seconds_of(action: Callable[[], object]) -> float:
    """How long a core is busy with `action`, whatever else the machine does."""
    start = process_time()
    action()
    return process_time() - start


def median_ratio(
    ours: Callable[[], float], theirs: Callable[[], float], rounds: int
) -> tuple[float, float, float]:
    """Their time divided by ours, both taken in turn: median ratio, our and their median time."""
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    ratio = median(their_time / our_time for our_time, their_time in pairs)
    return ratio, median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def write_json(figures: Iterable[Figure], path: Path) -> None:
    """The figures, with the machine they were taken on."""
    document = {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "figures": [asdict(figure) | {"met": figure.met} for figure in figures],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2) + "\n")
