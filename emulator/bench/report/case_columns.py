"""The cases of a campaign as columns of numbers, for the page that lists them.

Thousands of cases differ in a few words: every text stands once in a table, and a case is a number
in each column. What only an opened case needs is in `emulator.bench.report.case_chunks`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.case_chunks import CHUNK
from emulator.bench.report.check_words import check_words
from emulator.bench.report.coverage import rule_of
from emulator.bench.report.texts import Texts
from emulator.lab.kept.result import Verdict

TRIAGE_WORDS: Final = {
    "": "",
    "code": "(a) the Code: what it asks for is not known for sure",
    "dcc_systems": "(b) DCC Systems, the hub included",
    "device": "(c) the device",
    "user_systems": "(d) User Systems: records, values or hooks of the user",
}
"""Whose a finding is, as the Panel decides (SEC H14.43)."""
FINDINGS: Final = ("fail", "error", "inconclusive", "agreed")
"""What the page shows first: everything that somebody has to look at."""
_PLAIN: Final = ("pass", "not_applicable")


def case_columns(document: Mapping[str, Any], results: Sequence[CaseResult]) -> dict[str, Any]:
    """What the list of cases is drawn from, ready for `json.dumps`.

    Args:
        document: the report.json of the campaign.
        results: of every case, in the order in which they are shown.
    """
    texts = Texts()
    devices = [each["name"] for each in document["devices"]]
    use_cases = {each.code: _use_case(each) for each in sorted(results, key=lambda each: each.code)}
    codes, checks = list(use_cases), _once(each.check for each in results)
    clauses = _once(each.clause for each in results)
    rules = sorted({rule_of(each.clause) for each in results})
    verdicts = [each.value for each in Verdict]

    column = _column_of(results)
    columns = {
        "device": column(lambda each: devices.index(each.device)),
        "useCase": column(_place(codes, lambda each: each.code)),
        "check": column(_place(checks, lambda each: each.check)),
        "rest": column(lambda each: texts.place(rest_of(each.case))),
        "repeat": column(lambda each: each.repeat),
        "clause": column(_place(clauses, lambda each: each.clause)),
        "rule": column(_place(rules, lambda each: rule_of(each.clause))),
        "verdict": column(_place(verdicts, lambda each: each.verdict)),
        "field": column(lambda each: texts.place(each.field)),
        "reason": column(lambda each: texts.place(each.reason)),
        "waiver": column(lambda each: texts.place(each.waiver)),
        "profile": column(lambda each: texts.place(each.profile)),
        "triage": column(lambda each: texts.place(each.triage)),
        "took": column(lambda each: each.virtual_us),
    }
    return {
        **columns,
        "devices": [
            {name: each[name] for name in ("name", "kind", "defect")}
            for each in document["devices"]
        ],
        "useCases": list(use_cases.values()),
        "checks": checks,
        "meanings": [check_words(each) for each in checks],
        "clauses": clauses,
        "rules": rules,
        "verdicts": verdicts,
        "triageWords": TRIAGE_WORDS,
        "texts": texts.listed(),
        "chunk": CHUNK,
        "firstStates": _first_states(results),
    }


def _column_of(
    results: Sequence[CaseResult],
) -> Callable[[Callable[[CaseResult], int]], list[int]]:
    """Makes a column: one number of each result."""
    return lambda value: [value(each) for each in results]


def _first_states(results: Iterable[CaseResult]) -> list[str]:
    """What the page shows first: findings, where there are any; else everything."""
    found = any(each.verdict not in _PLAIN for each in results)
    return list(FINDINGS) if found else []


def rest_of(case: str) -> str:
    """What follows the check in the name of a case: a role, or the number of an item."""
    return "/".join(case.split("/")[4:])


def _use_case(result: CaseResult) -> dict[str, str]:
    return {"code": result.code, "name": result.use_case, "title": result.title}


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _place(table: Sequence[str], value: Callable[[CaseResult], str]) -> Callable[[CaseResult], int]:
    places = {text: place for place, text in enumerate(table)}
    return lambda each: places[value(each)]
