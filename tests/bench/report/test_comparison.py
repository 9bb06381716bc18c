"""Two runs side by side."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.comparison import compared, comparison_document, read_run
from emulator.kernel.errors import UsageError


def result(case: str, verdict: str, device: str = "meter") -> CaseResult:
    name = f"ESME/0027/ECS17b/{case}"
    return CaseResult(device=device, case=name, repeat=0, clause="", verdict=verdict)


def run(device: str = "meter", **verdicts: str) -> list[CaseResult]:
    return [result(case, verdict, device) for case, verdict in verdicts.items()]


def kinds(before: list[CaseResult], after: list[CaseResult]) -> dict[str, str]:
    return {each.key[1].split("/")[-1]: each.kind for each in compared(before, after).changes}


def test_cases_become_worse_or_better_come_or_go() -> None:
    before = run(a="pass", b="fail", c="pass", d="pass", f="fail", g="fail")
    after = run(a="fail", b="pass", c="not_applicable", e="fail", f="inconclusive", g="fail")

    assert kinds(before, after) == {
        "a": "regression",
        "b": "fix",
        "c": "otherwise",
        "f": "otherwise",
        "e": "new",
        "d": "gone",
    }


def test_a_failure_that_was_agreed_to_is_held_against_nobody() -> None:
    failed = result("a", "fail")
    agreed = replace(failed, waiver="in a meeting")

    assert kinds([result("a", "pass")], [agreed]) == {"a": "otherwise"}
    assert kinds([failed], [agreed]) == {"a": "fix"}
    assert kinds([agreed], [failed]) == {"a": "regression"}


def test_a_real_device_is_held_against_the_emulated_one_of_its_kind() -> None:
    found = compared(run("emulated", a="pass"), run("real", a="fail"))

    assert found.devices == {"real": "emulated"}
    (change,) = found.changes
    assert (change.kind, change.key[0]) == ("regression", "real")


def test_devices_that_could_be_mistaken_are_not_paired() -> None:
    before = [*run("one", a="pass"), *run("two", a="pass")]

    found = compared(before, run("real", a="fail"))

    assert found.devices == {}
    assert found.counts["gone"] == 2
    assert found.counts["new"] == 1


def test_the_document_counts_and_tells_both_verdicts() -> None:
    document = comparison_document(compared(run(a="pass"), run(a="fail")), Path("one"), Path("two"))

    assert (document["verdict"], document["cases_in_both"]) == ("fail", 1)
    assert document["counts"]["regression"] == 1
    assert (document["changes"][0]["before"], document["changes"][0]["after"]) == ("pass", "fail")


def test_nothing_otherwise_is_a_pass() -> None:
    document = comparison_document(compared(run(a="fail"), run(a="fail")), Path("a"), Path("b"))

    assert (document["verdict"], document["changes"]) == ("pass", [])


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"has no results\.jsonl"):
        read_run(tmp_path)
