"""The small campaign that tests of reports read."""

from pathlib import Path

from emulator.testing.scenes.bench_results import campaign_run, finished_campaign, write_campaign


def test_it_has_every_state_that_reports_tell_apart() -> None:
    _, results = finished_campaign()

    assert {each.verdict for each in results} == {"pass", "fail", "not_applicable"}
    assert any(each.waiver for each in results)


def test_a_run_leaves_all_its_files(tmp_path: Path) -> None:
    campaign_run(tmp_path)

    assert sorted(each.name for each in (tmp_path / "results").iterdir()) == [
        "campaign.toml",
        "junit.xml",
        "report.html",
        "report.json",
        "results.jsonl",
    ]


def test_a_campaign_can_be_written_alone(tmp_path: Path) -> None:
    assert write_campaign(tmp_path).read_text().startswith("name")
