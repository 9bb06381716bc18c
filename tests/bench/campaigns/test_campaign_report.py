"""The files of a campaign: JSON with what is no pass, JUnit with every case."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from emulator.bench.campaigns.campaign import Campaign, CampaignDevice
from emulator.bench.campaigns.campaign_report import junit_document, report_document
from emulator.bench.campaigns.profile import Profile
from emulator.bench.campaigns.results import CaseResult
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.testing.bench_scene import bench_shipment

CAMPAIGN = Campaign(
    name="first",
    source="c.toml",
    shipment=bench_shipment(),
    devices=(CampaignDevice(name="meter", kind=DeviceKind.ESME, profile=Profile()),),
)


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
    replace(result("bad", "fail", "2, expected 1"), again="hanlab bench run"),
    replace(result("agreed", "fail"), waiver="in a meeting"),
    replace(result("without", "not_applicable"), profile="ECS01c: none"),
    result("unclear", "inconclusive", "\x00"),
)


def test_the_report_tells_verdict_mode_counts_and_clauses() -> None:
    document = report_document(CAMPAIGN, RESULTS)

    assert (document["verdict"], document["service_mode"]) == ("fail", "gfi")
    assert document["counts"]["fail"] == 2
    assert document["clauses"] == {"GBCS 7.2": 2}
    assert [each["case"] for each in document["cases"]] == ["bad", "agreed", "without", "unclear"]


def test_junit_shows_agreed_failures_as_skipped_and_hides_none() -> None:
    root = ET.fromstring(junit_document(CAMPAIGN, RESULTS))  # noqa: S314 - our own document

    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("5", "1")
    assert (suite.get("errors"), suite.get("skipped")) == ("1", "2")
    skipped = [each.get("message") for each in root.iter("skipped")]
    assert any(each is not None and each.startswith("agreed: in a meeting") for each in skipped)


def test_a_failure_says_how_to_see_it_again() -> None:
    root = ET.fromstring(junit_document(CAMPAIGN, RESULTS))  # noqa: S314 - our own document

    (failure,) = root.iter("failure")

    assert failure.text == "again: hanlab bench run"
