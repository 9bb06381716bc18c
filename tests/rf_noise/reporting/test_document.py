import json
from dataclasses import replace
from xml.etree import ElementTree as ET

from jsonschema import Draft202012Validator

from emulator.lab.kept.result import Verdict
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.device_under_test import Chas, Dut, Setup
from emulator.rf_noise.findings import Findings, examine
from emulator.rf_noise.reporting.document import (
    junit_text,
    report_document,
    report_schema,
    report_text,
)
from tests.rf_noise.checks import check_of
from tests.rf_noise.limits.test_margins import LIMITS
from tests.rf_noise.traces.spectra import flat

LOUD = flat(862e6, 877e6, -80)
MADE_UP = replace(LIMITS, identity="EXAMPLE", fictitious=True)


def failed() -> Findings:
    chas = Chas("ONE", listed=False)
    return examine(
        check_of(
            LOUD,
            flat(925e6, 960e6, -90),
            limits=MADE_UP,
            setup=Setup(Dut.HOT_SHOE, chas, "A. Maker"),
            gate=Gate(0.2, 1e-5),
        )
    )


def test_document_is_valid_with_and_without_limits() -> None:
    validator = Draft202012Validator(report_schema())

    for findings in (failed(), examine(check_of(flat(2404.9e6, 2405.1e6, -100)))):
        validator.validate(json.loads(report_text(findings)))


def test_document_says_what_a_program_asks() -> None:
    document = report_document(failed())

    assert (document["verdict"], document["dut"]) == ("fail", "hot-shoe")
    assert document["chas"] == {"id": "ONE", "listed": False, "consent": "A. Maker"}
    assert document["limits"]["fictitious"] is True
    band = next(each for each in document["bands"] if each["band"] == "868 MHz")
    assert (band["margin_db"], band["verdict"]) == (-10.0, "fail")
    assert {each["page"] for each in document["channels"]} == {28, 29, 30, None}


def test_equal_findings_are_equal_octets() -> None:
    assert report_text(failed()) == report_text(failed())


def test_junit_has_a_case_a_band_and_says_that_limits_are_made_up() -> None:
    root = ET.fromstring(junit_text(failed()))  # noqa: S314 - our own

    cases = root.findall(".//testcase")
    assert [case.get("name") for case in cases] == [
        "margin at 423 MHz",
        "margin at 900 MHz",
        "margin at 2.4 GHz",
        "margin at 868 MHz",
    ]
    failure = cases[-1].find("failure")
    assert failure is not None
    assert "made up" in (failure.get("message") or "")


def test_junit_is_never_greener_than_the_check() -> None:
    findings = examine(check_of(LOUD))
    assert findings.verdict is Verdict.INCONCLUSIVE

    root = ET.fromstring(junit_text(findings))  # noqa: S314 - our own

    assert root.find(".//error") is not None
