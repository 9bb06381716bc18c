"""What is kept of a case: of a pass its messages, of a failure everything."""

import pytest

from emulator.bench.campaigns.campaign import Campaign, Planned
from emulator.bench.campaigns.campaign_file import parse_campaign
from emulator.bench.campaigns.case_story import not_applicable, result_of, untested
from emulator.bench.campaigns.results import CaseResult
from emulator.bench.running.benched_home import Reach
from emulator.bench.running.judgement import Judged
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import SHIPMENT, bench

TEXT = """\
shipment = "home.csv"
[[devices]]
name = "meter"
kind = "ESME"
[[waivers]]
case = "*/wrong-mac"
reason = "agreed"
"""


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    folder = tmp_path_factory.mktemp("story")
    (folder / "home.csv").write_text(SHIPMENT)
    return parse_campaign(folder / "c.toml", TEXT)


def planned(campaign: Campaign, name: str) -> Planned:
    return next(each for each in campaign.planned() if each.case.name == name)


def told(
    campaign: Campaign, name: str, *, reach: Reach = Reach.DEVICE, defect: str = ""
) -> CaseResult:
    chosen = planned(campaign, name)
    run = bench(chosen.case.kind, reach=reach, defect=defect).record(chosen.case)
    return result_of(campaign, chosen, run)


def test_a_pass_keeps_its_messages_and_what_the_device_served(campaign: Campaign) -> None:
    kept = told(campaign, "ESME/0027/ECS17b/success")

    assert (kept.verdict, kept.kind, kept.code, kept.use_case) == ("pass", "ESME", "0027", "ECS17b")
    assert (kept.check, kept.gbcs_version, kept.triage, kept.again) == ("success", "4.x", "", "")
    assert [each["says"] for each in kept.messages] == ["command of ECS17b", "response of ECS17b"]
    assert [each["to"] for each in kept.messages] == ["device", "bench"]
    assert "1/0-0:94.44.34.10/attribute 2" in kept.touched
    assert (kept.frames, kept.expected, kept.seen, kept.hexdump) == ((), None, None, "")


def test_a_failure_keeps_both_trees_the_octets_and_whose_it_is(campaign: Campaign) -> None:
    kept = told(campaign, "ESME/0027/ECS17b/wrong-mac", defect="mac-unchecked")

    assert (kept.verdict, kept.triage) == ("fail", "device")
    assert kept.expected is not None
    assert kept.seen is not None
    assert kept.expected["children"][0] == {"label": "responses", "value": "0", "differs": True}
    assert kept.seen["children"][0] == {"label": "responses", "value": "1", "differs": True}
    assert "originator counter" in kept.hexdump
    assert kept.clauses == ("GBCS 6.2.4, MAC", "GBCS use case ECS17b")
    assert kept.again.endswith("--case meter:ESME/0027/ECS17b/wrong-mac")
    assert kept.touched == ()


def test_a_failure_over_the_han_keeps_the_last_frames_and_a_pass_none(campaign: Campaign) -> None:
    failed = told(campaign, "ESME/0027/ECS17b/wrong-mac", reach=Reach.HAN, defect="mac-unchecked")
    passed = told(campaign, "ESME/0027/ECS17b/success", reach=Reach.HAN)

    assert 0 < len(failed.frames) <= 40
    assert {"CHF", "ESME"} <= {each["from"] for each in failed.frames}
    assert any(each["security"] for each in failed.frames)
    assert failed.virtual_us > 0
    assert passed.frames == ()


def test_a_waiver_stands_at_failures_only(campaign: Campaign) -> None:
    name = "ESME/0027/ECS17b/wrong-mac"

    assert told(campaign, name).waiver == ""
    assert told(campaign, name, defect="mac-unchecked").waiver == "agreed"


def test_what_is_not_applicable_has_the_line_and_what_cannot_be_tested_the_trouble(
    campaign: Campaign,
) -> None:
    chosen = planned(campaign, "ESME/0027/ECS17b/success")

    excused = not_applicable(campaign, chosen, "ECS17b: has none")
    trouble = Judged(verdict=Verdict.ERROR, field="bench", reason="no device")
    lost = untested(campaign, chosen, trouble)

    assert (excused.verdict, excused.profile, excused.again) == (
        "not_applicable",
        "ECS17b: has none",
        "",
    )
    assert (lost.verdict, lost.reason, lost.triage) == ("error", "no device", "")
    assert lost.again
