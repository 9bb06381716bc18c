from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import Instant
from emulator.lab.kept.result import RunResult, Step, Verdict
from emulator.lab.runs.junit import junit_document
from emulator.testing.scenes.results import dual_fuel_result


def suite_of(result: RunResult) -> ET.Element:
    text = junit_document(result).encode()
    (suite,) = ET.fromstring(text)  # noqa: S314 - our own output
    return suite


def with_step(verdict: Verdict, detail: str = "", clause: str = "ZSE 1.4 5.5.5") -> RunResult:
    step = Step("esme joins", clause, verdict, Instant(500_000), Instant(1_750_000), detail)
    return replace(dual_fuel_result(0), verdict=verdict, steps=(step,))


def test_suite_counts_its_cases() -> None:
    suite = suite_of(dual_fuel_result())

    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "13", "failures": "1", "errors": "1", "skipped": "1"}
    assert len(suite.findall("testcase")) == 13


def test_suite_says_what_the_run_was() -> None:
    suite = suite_of(dual_fuel_result())

    properties = [(item.get("name"), item.get("value")) for item in suite.iter("property")]
    assert suite.get("name") == "commissioning/every_device_joins"
    assert ("seed", "1") in properties
    assert ("source", "ZSE 1.4 5.5.5") in properties
    assert ("verdict", "fail") in properties
    assert ("trace_sha256", "3c" * 32) in properties


def test_case_takes_virtual_seconds() -> None:
    case = suite_of(with_step(Verdict.PASS)).find("testcase")

    assert case is not None
    assert case.attrib == {
        "classname": "commissioning/every_device_joins",
        "name": "esme joins",
        "time": "1.250000",
    }


@pytest.mark.parametrize(
    ("verdict", "tag", "kind"),
    [
        (Verdict.FAIL, "failure", "fail"),
        (Verdict.ERROR, "error", "error"),
        (Verdict.INCONCLUSIVE, "error", "inconclusive"),
        (Verdict.NOT_APPLICABLE, "skipped", None),
    ],
)
def test_case_tells_why_it_did_not_pass(verdict: Verdict, tag: str, kind: str | None) -> None:
    case = suite_of(replace(with_step(verdict, "no beacon"), verdict=Verdict.PASS)).find("testcase")

    assert case is not None
    (outcome,) = case
    assert (outcome.tag, outcome.get("type")) == (tag, kind)
    assert outcome.get("message") == outcome.text == "no beacon (ZSE 1.4 5.5.5)"


def test_case_without_detail_or_clause_that_passes_is_empty() -> None:
    case = suite_of(with_step(Verdict.PASS, clause="")).find("testcase")

    assert case is not None
    assert list(case) == []


def test_verdict_that_no_step_shows_is_a_case_of_its_own() -> None:
    result = replace(with_step(Verdict.PASS), verdict=Verdict.ERROR, notes=("line lost",))

    suite = suite_of(result)

    *_, last = suite.findall("testcase")
    assert last.get("name") == "verdict"
    assert [(item.tag, item.get("message")) for item in last] == [("error", "line lost")]
    assert suite.get("errors") == "1"


def test_verdict_that_a_step_shows_is_not_told_twice() -> None:
    assert suite_of(with_step(Verdict.FAIL)).get("tests") == "1"


@given(st.text(alphabet=st.characters()), st.sampled_from(Verdict))
def test_any_text_gives_xml_that_reads_back(text: str, verdict: Verdict) -> None:
    result = replace(with_step(verdict, text), verdict=Verdict.PASS, scenario=text, title=text)

    assert len(suite_of(result).findall("testcase")) == 1


def test_what_xml_cannot_hold_is_escaped() -> None:
    case = suite_of(with_step(Verdict.FAIL, "a\x00b\ud800c", clause="")).find("testcase/failure")

    assert case is not None
    assert case.text == r"a\x00b\ud800c"
