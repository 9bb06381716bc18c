"""What came of a campaign: one JSON line a case, read again when a campaign goes on."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from emulator.bench.running.judgement import Judged
from emulator.gbcs.meaning.tree import Tree, lines
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.result import Verdict

RESULTS: Final = "results.jsonl"
Key = tuple[str, str, int]
"""Device, case and repeat."""
_ALWAYS: Final = frozenset({"device", "case", "repeat", "clause", "verdict"})
"""What a line has even where it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What came of one case.

    Args:
        device: its name in the campaign.
        verdict: as the files spell it.
        field: the first thing that differs.
        expected: the lines of a tree; also `seen`.
        profile: the line because of which the case is not applicable.
        waiver: why a failure was agreed to.
        again: the one command that repeats it.
    """

    device: str
    case: str
    repeat: int
    clause: str
    verdict: str
    field: str = ""
    reason: str = ""
    expected: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    hexdump: str = ""
    profile: str = ""
    waiver: str = ""
    again: str = ""

    @property
    def key(self) -> Key:
        """What it is the result of."""
        return self.device, self.case, self.repeat


def told(judged: Judged) -> dict[str, Any]:
    """The part of a result that a judgement gives."""
    return {
        "verdict": judged.verdict.value,
        "field": judged.field,
        "reason": judged.reason,
        "expected": _lines(judged.expected),
        "seen": _lines(judged.seen),
        "hexdump": judged.dump,
    }


def _lines(tree: Tree | None) -> tuple[str, ...]:
    return () if tree is None else tuple(lines(tree))


def line_of(result: CaseResult) -> str:
    """A result as one line; what is empty is left out."""
    filled = {name: value for name, value in asdict(result).items() if value or name in _ALWAYS}
    return json.dumps(filled, ensure_ascii=False)


def read_results(path: Path) -> Iterator[CaseResult]:
    """The results in a file; a last line that was not written to its end is none.

    Raises:
        UsageError: when a line before the last is no result.
    """
    octets = path.read_bytes() if path.exists() else b""
    for number, line in enumerate(octets.split(b"\n")[:-1], 1):
        try:
            yield _result(json.loads(line))
        except (ValueError, TypeError) as fault:
            raise UsageError(f"{path}:{number}: no result of a case: {fault}") from fault


def _result(document: Mapping[str, Any]) -> CaseResult:
    texts = {name: tuple(document.get(name, ())) for name in ("expected", "seen")}
    return CaseResult(**{**document, **texts})


def cut_torn_line(path: Path) -> None:
    """Take away a last line that was not written to its end, as after a loss of power.

    Raises:
        EnvironmentFault: when the file cannot be written.
    """
    try:
        octets = path.read_bytes() if path.exists() else b""
        whole = octets[: octets.rfind(b"\n") + 1]
        if whole != octets:
            path.write_bytes(whole)
    except OSError as fault:
        raise EnvironmentFault(f"{path}: {fault}") from fault


def overall(results: Iterable[CaseResult]) -> Verdict:
    """The verdict of a campaign: the worst of its cases; agreed failures count as none."""
    found = {Verdict(each.verdict) for each in results if not each.waiver}
    for worst in (Verdict.ERROR, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.PASS):
        if worst in found:
            return worst
    return Verdict.NOT_APPLICABLE if found else Verdict.PASS


def counts(results: Iterable[CaseResult]) -> dict[str, int]:
    """How many cases have each verdict; agreed failures stand as `waived` too."""
    found = Counter[str]()
    for each in results:
        found[each.verdict] += 1
        found["waived"] += bool(each.waiver)
    return dict(sorted(found.items()))
