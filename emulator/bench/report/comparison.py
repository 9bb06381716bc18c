"""Two runs of a campaign side by side: which cases became worse, better, came or went."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from emulator.bench.campaigns.results import RESULTS, Key, read_results
from emulator.kernel.errors import UsageError
from emulator.lab.result import Verdict

SAME: Final = 0
WORSE: Final = 1
_GOOD: Final = frozenset({Verdict.PASS.value, Verdict.NOT_APPLICABLE.value})


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is otherwise in the second run.

    Args:
        regressions: cases that were good and are not.
        fixes: cases that were not good and are.
        gone: cases that only the first run has.
        new: cases that only the second run has.
    """

    regressions: tuple[Key, ...]
    fixes: tuple[Key, ...]
    gone: tuple[Key, ...]
    new: tuple[Key, ...]


def compared(before: dict[Key, str], after: dict[Key, str]) -> Comparison:
    """Compare verdicts by case.

    Args:
        before: of the first run.
        after: of the second run.
    """
    both = sorted(before.keys() & after.keys())
    return Comparison(
        tuple(each for each in both if before[each] in _GOOD and after[each] not in _GOOD),
        tuple(each for each in both if before[each] not in _GOOD and after[each] in _GOOD),
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted(after.keys() - before.keys())),
    )


def compare_folders(before: Path, after: Path) -> int:
    """Tell what is otherwise in the second folder, and give the exit status.

    Raises:
        UsageError: when a folder has no results.
    """
    found = compared(_verdicts(before), _verdicts(after))
    for word, keys in (
        ("worse", found.regressions),
        ("better", found.fixes),
        ("gone", found.gone),
        ("new", found.new),
    ):
        for device, case, repeat in keys:
            typer.echo(f"{word} {device}:{case} #{repeat}")
    typer.echo(
        f"{len(found.regressions)} worse, {len(found.fixes)} better, "
        f"{len(found.gone)} gone, {len(found.new)} new"
    )
    return WORSE if found.regressions else SAME


def _verdicts(folder: Path) -> dict[Key, str]:
    path = folder / RESULTS
    if not path.exists():
        raise UsageError(f"{folder} has no {RESULTS}")
    return {each.key: each.verdict for each in read_results(path)}
