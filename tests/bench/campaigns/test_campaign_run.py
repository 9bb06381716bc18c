"""Running a campaign: every case once, stopped and resumed, in one process or in two."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.bench.campaigns.campaign import Campaign
from emulator.bench.campaigns.campaign_file import parse_campaign
from emulator.bench.campaigns.campaign_run import CampaignRequest, run_campaign
from emulator.bench.campaigns.results import REPORTS, CaseResult
from emulator.kernel.errors import UsageError
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import SHIPMENT

TEXT = """\
reach = "device"
shipment = "home.csv"
[[devices]]
name = "meter"
kind = "ESME"
[[devices]]
name = "broken"
kind = "ESME"
defect = "mac-unchecked"
[profile.ESME.without]
ECS01c = "no second element"
[[waivers]]
device = "broken"
case = "*/wrong-certificate"
reason = "agreed"
[select]
use_cases = ["ECS17b", "ECS01c"]
checks = ["success", "wrong-mac", "wrong-certificate"]
"""


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    (tmp_path / "home.csv").write_text(SHIPMENT)
    return parse_campaign(tmp_path / "c.toml", TEXT)


@pytest.fixture
def asked(campaign: Campaign, tmp_path: Path) -> CampaignRequest:
    return CampaignRequest(campaign=campaign, text=TEXT, out=tmp_path / "out")


def silent(_latest: CaseResult, _done: int, _planned: int) -> None:
    pass


def verdicts(results: tuple[CaseResult, ...]) -> dict[str, str]:
    return {f"{each.device}:{each.case}": each.verdict for each in results}


def test_every_case_has_a_result_with_clause_profile_waiver_and_how_to_see_it_again(
    asked: CampaignRequest,
) -> None:
    results = run_campaign(asked, silent)

    found = {(each.device, each.case): each for each in results}
    assert len(found) == len(results) == len(list(asked.campaign.planned()))
    assert found["meter", "ESME/0027/ECS17b/wrong-mac"].verdict == "pass"
    caught = found["broken", "ESME/0027/ECS17b/wrong-mac"]
    assert caught.verdict == "fail"
    assert caught.clause.startswith("GBCS 6.2.4, MAC")
    assert caught.again.endswith("--case broken:ESME/0027/ECS17b/wrong-mac")
    line = found["meter", "ESME/00B7/ECS01c/success"].profile
    assert line.endswith("c.toml:11: ECS01c: no second element")
    assert found["broken", "ESME/0027/ECS17b/wrong-certificate"].waiver == "agreed"


def test_a_campaign_that_was_stopped_goes_on_without_repeating_or_losing_a_case(
    asked: CampaignRequest,
) -> None:
    whole = run_campaign(asked, silent)
    file = asked.out / "results.jsonl"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(lines[:4]) + lines[4][:9])
    told: list[int] = []

    again = run_campaign(replace(asked, resume=True), lambda _, done, __: told.append(done))

    assert verdicts(again) == verdicts(whole)
    assert told[0] == 5
    assert len(file.read_text().splitlines()) == len(lines)


def test_a_folder_with_results_is_not_written_over(asked: CampaignRequest) -> None:
    run_campaign(asked, silent)

    with pytest.raises(UsageError, match="has results"):
        run_campaign(asked, silent)
    with pytest.raises(UsageError, match="of another campaign than this file: line 2 differs"):
        run_campaign(replace(asked, text=asked.text.replace("\n", "\n#", 1), resume=True), silent)


def test_what_is_no_folder_is_not_written(asked: CampaignRequest) -> None:
    asked.out.write_text("mine")

    with pytest.raises(UsageError, match="is no folder"):
        run_campaign(replace(asked, force=True), silent)

    assert asked.out.read_text() == "mine"


@pytest.mark.parametrize("resume", [False, True])
def test_reports_of_an_earlier_run_do_not_stand_beside_results_that_are_under_way(
    asked: CampaignRequest, *, resume: bool
) -> None:
    run_campaign(asked, silent)
    for name in REPORTS:
        (asked.out / name).write_text("old")

    run_campaign(replace(asked, resume=resume, force=not resume), silent)

    assert {each.name for each in asked.out.iterdir()} == {"results.jsonl", "campaign.toml"}


def test_a_folder_with_results_is_begun_anew_when_told(asked: CampaignRequest) -> None:
    first = run_campaign(asked, silent)
    (asked.out / "notes.txt").write_text("mine")

    second = run_campaign(replace(asked, text="# other", force=True), silent)

    lines = (asked.out / "results.jsonl").read_text().splitlines()
    assert (verdicts(second), len(lines)) == (verdicts(first), len(first))
    assert (asked.out / "campaign.toml").read_text() == "# other"
    assert (asked.out / "notes.txt").read_text() == "mine"


def test_a_folder_with_files_of_others_is_left_alone(asked: CampaignRequest) -> None:
    asked.out.mkdir()
    (asked.out / "notes.txt").write_text("mine")

    with pytest.raises(UsageError, match=r"holds notes\.txt"):
        run_campaign(asked, silent)

    assert [each.name for each in asked.out.iterdir()] == ["notes.txt"]


def test_a_selection_that_leaves_nothing_is_refused(asked: CampaignRequest) -> None:
    nothing = replace(asked.campaign.selection, checks=("cancelled",))

    with pytest.raises(UsageError, match="leaves no case"):
        run_campaign(
            replace(asked, campaign=replace(asked.campaign, selection=nothing, devices=())), silent
        )


def test_a_device_that_does_not_come_up_is_an_error_of_its_cases_and_others_go_on(
    asked: CampaignRequest,
) -> None:
    meter, broken = asked.campaign.devices
    lost = replace(broken, defect="no-such-defect")

    results = run_campaign(
        replace(asked, campaign=replace(asked.campaign, devices=(lost, meter))), silent
    )

    by_device = {each.device: each.verdict for each in results if "ECS17b" in each.case}
    assert by_device == {"broken": Verdict.ERROR.value, "meter": Verdict.PASS.value}


@pytest.mark.slow
def test_two_processes_come_to_the_same(asked: CampaignRequest, tmp_path: Path) -> None:
    alone = run_campaign(asked, silent)

    together = run_campaign(replace(asked, out=tmp_path / "two", jobs=2), silent)

    assert verdicts(together) == verdicts(alone)
