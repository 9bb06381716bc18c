"""Results: written line by line, read again, and what they come to together."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.bench.campaigns.results import (
    CaseResult,
    counts,
    cut_torn_line,
    line_of,
    overall,
    read_results,
)
from emulator.kernel.errors import UsageError
from emulator.lab.kept.result import Verdict

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
RESULTS = st.builds(
    CaseResult,
    device=TEXTS,
    case=TEXTS,
    repeat=st.integers(0, 9),
    clause=TEXTS,
    verdict=st.sampled_from([each.value for each in Verdict]),
    reason=TEXTS,
    seen=st.none() | st.fixed_dictionaries({"label": TEXTS}),
    tags=st.lists(TEXTS, max_size=2).map(tuple),
    messages=st.lists(st.fixed_dictionaries({"at": st.integers()}), max_size=2).map(tuple),
    virtual_us=st.integers(0),
    waiver=TEXTS,
)


def result(verdict: Verdict, waiver: str = "", case: str = "c") -> CaseResult:
    return CaseResult(
        device="meter", case=case, repeat=0, clause="GBCS 7.2", verdict=verdict.value, waiver=waiver
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "results.jsonl"


@given(st.lists(RESULTS, max_size=4))
def test_results_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, results: list[CaseResult]
) -> None:
    path = tmp_path_factory.mktemp("results") / "results.jsonl"
    path.write_bytes("".join(line_of(each) + "\n" for each in results).encode())

    assert list(read_results(path)) == results


def test_a_torn_last_line_is_no_result_and_is_taken_away(path: Path) -> None:
    whole = line_of(result(Verdict.PASS)) + "\n"
    path.write_text(whole + '{"device": "met')

    read = list(read_results(path))
    cut_torn_line(path)

    assert len(read) == 1
    assert path.read_text() == whole


def test_a_line_that_is_no_result_is_refused_with_its_number(path: Path) -> None:
    path.write_text(line_of(result(Verdict.PASS)) + "\n{}\n")

    with pytest.raises(UsageError, match=r"results.jsonl:2: no result of a case"):
        list(read_results(path))


def test_no_file_has_no_results(path: Path) -> None:
    cut_torn_line(path)

    assert list(read_results(path)) == []


@pytest.mark.parametrize(
    ("verdicts", "worst"),
    [
        ([Verdict.PASS, Verdict.FAIL, Verdict.ERROR], Verdict.ERROR),
        ([Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE], Verdict.FAIL),
        ([Verdict.PASS, Verdict.INCONCLUSIVE], Verdict.INCONCLUSIVE),
        ([Verdict.PASS, Verdict.NOT_APPLICABLE], Verdict.PASS),
        ([Verdict.NOT_APPLICABLE], Verdict.NOT_APPLICABLE),
    ],
)
def test_the_worst_case_decides(verdicts: list[Verdict], worst: Verdict) -> None:
    assert overall(map(result, verdicts)) is worst


def test_an_agreed_failure_does_not_decide_but_is_counted() -> None:
    results = [result(Verdict.PASS), result(Verdict.FAIL, waiver="agreed")]

    assert overall(results) is Verdict.PASS
    assert counts(results) == {"fail": 1, "pass": 1, "waived": 1}
