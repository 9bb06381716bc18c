"""junit.xml: every case, and nothing greener than it is."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.junit import junit_document


def result(case: str, verdict: str, reason: str = "") -> CaseResult:
    return CaseResult(
        device="meter",
        case=case,
        repeat=0,
        clause="GBCS 7.2; of x",
        verdict=verdict,
        reason=reason,
    )


RESULTS = (
    result("good", "pass"),
    replace(
        result("bad", "fail", "2, expected 1"),
        again="hanlab bench run",
        expected={"label": "count", "value": "1", "differs": True},
    ),
    replace(result("agreed", "fail"), waiver="in a meeting"),
    replace(result("without", "not_applicable"), profile="ECS01c: none"),
    result("unclear", "inconclusive", "\x00"),
)


def suites() -> ET.Element:
    return ET.fromstring(junit_document({"campaign": "first"}, RESULTS))  # noqa: S314 - our own


def test_agreed_failures_are_skipped_and_none_is_hidden() -> None:
    suite = suites().find("testsuite")

    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("5", "1")
    assert (suite.get("errors"), suite.get("skipped")) == ("1", "2")
    skipped = [each.get("message") for each in suite.iter("skipped")]
    assert any(each is not None and each.startswith("agreed: in a meeting") for each in skipped)


def test_what_nobody_could_decide_is_an_error_that_says_so() -> None:
    (error,) = suites().iter("error")

    assert error.get("type") == "inconclusive"


def test_a_failure_shows_what_differs_and_how_to_see_it_again() -> None:
    (failure,) = suites().iter("failure")

    assert failure.text == "expected:\n> count: 1\n\nagain: hanlab bench run"
