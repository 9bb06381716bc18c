"""What came of a campaign: one JSON line a case, read again when a campaign goes on."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from emulator.bench.running.difference import Document
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.json_text import parse_json
from emulator.lab.kept.output_directory import JUNIT, REPORT_HTML, REPORT_JSON
from emulator.lab.kept.result import Verdict

RESULTS: Final = "results.jsonl"
REPORTS: Final = (REPORT_JSON, REPORT_HTML, JUNIT)
"""What is written of the results when a campaign ended."""
Key = tuple[str, str, int]
"""Device, case and repeat."""
_ALWAYS: Final = frozenset({"device", "case", "repeat", "clause", "verdict"})
"""What a line has even where it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What came of one case: all that a report says of it.

    Args:
        device: its name in the campaign; `kind` is its kind.
        case: its name.
        clause: every clause in one text; `clauses` has them apart.
        verdict: as the files spell it.
        code: message code of the use case, `0027`; `use_case` is its number, `title` what it is.
        check: what is tried.
        tags: by which the case may be chosen.
        gbcs_version: by which it is judged.
        triage: whose it is (SEC H14.43): `device`, `dcc_systems`, `user_systems` or `code`.
        field: the first thing that differs; `reason` says how.
        expected: as a tree: `label`, `value`, `offset`, `children`, `differs`; also `seen`.
        hexdump: of the message that differs, annotated.
        messages: in order: `at` (virtual us), `to` (`device` or `bench`), `octets` (hexadecimal),
            `says`.
        frames: the last on the air, of a case over the HAN that is no pass: `at`, `from`, `to`,
            `label`, `layer`, `security`, `psdu` (hexadecimal, with FCS).
        touched: COSEM objects and ZCL attributes that the device was asked for and served.
        profile: the line because of which the case is not applicable.
        waiver: why a failure was agreed to.
        virtual_us: how long it took in virtual time.
        again: the one command that repeats it.
    """

    device: str
    case: str
    repeat: int
    clause: str
    verdict: str
    kind: str = ""
    code: str = ""
    use_case: str = ""
    title: str = ""
    check: str = ""
    clauses: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    gbcs_version: str = ""
    triage: str = ""
    field: str = ""
    reason: str = ""
    expected: Document | None = None
    seen: Document | None = None
    hexdump: str = ""
    messages: tuple[Mapping[str, Any], ...] = ()
    frames: tuple[Mapping[str, Any], ...] = ()
    touched: tuple[str, ...] = ()
    profile: str = ""
    waiver: str = ""
    virtual_us: int = 0
    again: str = ""

    @property
    def key(self) -> Key:
        """What it is the result of."""
        return self.device, self.case, self.repeat


_NAMES: Final = tuple(each.name for each in fields(CaseResult))
_LISTS: Final = ("clauses", "tags", "messages", "frames", "touched")


def line_of(result: CaseResult) -> str:
    """A result as one line; what is empty is left out."""
    named = ((name, getattr(result, name)) for name in _NAMES)
    filled = {name: value for name, value in named if value or name in _ALWAYS}
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":"))


def read_results(path: Path) -> Iterator[CaseResult]:
    """The results in a file; a last line that was not written to its end is none.

    Raises:
        UsageError: when a line before the last is no result.
    """
    octets = path.read_bytes() if path.exists() else b""
    for number, line in enumerate(octets.split(b"\n")[:-1], 1):
        try:
            yield _result(parse_json(line))
        except (ValueError, TypeError) as fault:
            raise UsageError(f"{path}:{number}: no result of a case: {fault}") from fault


def _result(document: Mapping[str, Any]) -> CaseResult:
    listed = {name: tuple(document[name]) for name in _LISTS if name in document}
    return CaseResult(**{**document, **listed})


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
