"""Two runs of a campaign side by side: regressions, fixes, what is new and what is gone.

The second may also be of a real device where the first was of an emulated one: cases are matched by
their names on devices of the same name, or on the only device of the same kind.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from emulator.bench.campaigns.results import RESULTS, CaseResult, Key, read_results
from emulator.kernel.errors import UsageError
from emulator.lab.kept.result import Verdict

SAME: Final = 0
WORSE: Final = 1
UNKNOWN: Final = 4
"""Nothing became worse, and what was compared is no proof of it."""
_GOOD: Final = frozenset({Verdict.PASS.value, Verdict.NOT_APPLICABLE.value})
KINDS: Final = ("regression", "fix", "otherwise", "new", "gone")
"""What a case can be in a comparison, the gravest first."""


@dataclass(frozen=True, slots=True)
class Change:
    """One case that came out otherwise.

    Args:
        kind: one of `KINDS`; `otherwise` is another verdict that is no better and no worse.
        key: of the case in the second run, of a case that is gone in the first.
        before: what came of it in the first run; None where it is new.
        after: what came of it in the second run; None where it is gone.
    """

    kind: str
    key: Key
    before: CaseResult | None
    after: CaseResult | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side.

    Args:
        changes: the gravest first.
        both: how many cases both runs have.
        devices: devices of the first run by those of the second that stand for them.
    """

    changes: tuple[Change, ...]
    both: int
    devices: Mapping[str, str]

    def of(self, kind: str) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(each for each in self.changes if each.kind == kind)

    @property
    def counts(self) -> dict[str, int]:
        """How many changes of each kind there are."""
        found = Counter(each.kind for each in self.changes)
        return {kind: found[kind] for kind in KINDS}


def compared(before: Sequence[CaseResult], after: Sequence[CaseResult]) -> Comparison:
    """Compare results by case.

    Args:
        before: of the first run.
        after: of the second run.
    """
    stands_for = _pairs(before, after)
    first = {each.key: each for each in before}
    second = {_moved(each.key, stands_for): each for each in after}
    changes = [
        Change(kind, key if kind == "gone" else second[key].key, first.get(key), second.get(key))
        for key in first.keys() | second.keys()
        if (kind := _kind(first.get(key), second.get(key)))
    ]
    changes.sort(key=lambda each: (KINDS.index(each.kind), each.key))
    return Comparison(tuple(changes), len(first.keys() & second.keys()), stands_for)


def _kind(before: CaseResult | None, after: CaseResult | None) -> str:
    """What a case is in the comparison; empty where it came out alike."""
    if before is None or after is None:
        return "new" if before is None else "gone"
    was, is_now = _good(before), _good(after)
    if was and not is_now:
        return "regression"
    if is_now and not was:
        return "fix"
    return "" if state_in(before) == state_in(after) else "otherwise"


def _good(result: CaseResult) -> bool:
    """Whether a result holds nothing against the device: also an agreed failure does not."""
    return result.verdict in _GOOD or bool(result.waiver)


def state_in(result: CaseResult) -> str:
    """The verdict of a result; `agreed` where a failure was agreed to."""
    return "agreed" if result.waiver else result.verdict


def _pairs(before: Sequence[CaseResult], after: Sequence[CaseResult]) -> dict[str, str]:
    """Which device of the first run each of the second stands for.

    Of the same name; else, where both runs have one device of a kind left, of the same kind.
    """
    first, second = _kinds(before), _kinds(after)
    pairs = {name: name for name in second if first.get(name) == second[name]}
    left = {name: kind for name, kind in first.items() if name not in pairs}
    for name, kind in second.items():
        alike = [other for other in left if left[other] == kind]
        rivals = [other for other in second if other not in pairs and second[other] == kind]
        if name not in pairs and len(alike) == 1 and len(rivals) == 1:
            pairs[name] = alike[0]
    return pairs


def _kinds(results: Sequence[CaseResult]) -> dict[str, str]:
    return {each.device: each.case.partition("/")[0] for each in results}


def _moved(key: Key, stands_for: Mapping[str, str]) -> Key:
    device, case, repeat = key
    return stands_for.get(device, device), case, repeat


def read_run(folder: Path) -> tuple[CaseResult, ...]:
    """The results in a folder.

    Raises:
        UsageError: when a folder has no results, or what it has is none.
    """
    path = folder / RESULTS
    if not path.is_file():
        raise UsageError(f"{folder} has no {RESULTS}")
    return tuple(read_results(path))


def comparison_document(
    found: Comparison,
    before: Path,
    after: Path,
    *,
    proves: bool = True,
    conditions: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """The comparison as one JSON document.

    Args:
        found: what is otherwise.
        before: folder of the first run.
        after: folder of the second run.
        proves: whether the second run came to the cases that count.
        conditions: in which the second run was made otherwise.
    """
    no_worse = Verdict.PASS if proves else Verdict.INCONCLUSIVE
    verdict = Verdict.FAIL if found.of("regression") else no_worse
    return {
        "schema_version": 1,
        "before": str(before),
        "after": str(after),
        "verdict": verdict.value,
        "cases_in_both": found.both,
        "counts": found.counts,
        "conditions": list(conditions),
        "devices": {name: found.devices[name] for name in sorted(found.devices)},
        "changes": [_change(each) for each in found.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    device, case, repeat = change.key
    known = change.after or change.before
    return {
        "kind": change.kind,
        "device": device,
        "case": case,
        "repeat": repeat,
        "clause": known.clause if known else "",
        "before": None if change.before is None else state_in(change.before),
        "after": None if change.after is None else state_in(change.after),
        "reason_before": change.before.reason if change.before else "",
        "reason_after": change.after.reason if change.after else "",
        "again": change.after.again if change.after else "",
    }
