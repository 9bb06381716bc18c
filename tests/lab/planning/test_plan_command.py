import json
from pathlib import Path
from typing import Any

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.inputs.scenario_files import INSTALLED
from emulator.lab.planning.plan_command import PlanRequest, plan_command

TERRACE = INSTALLED / "plans/terrace.toml"
FAR = """
name = "a field"
[[storey]]
name = "g"
[[device]]
name = "CHF"
at = [0, 0]
[[device]]
name = "ESME"
at = [20, 0]
[[device]]
name = "GSME"
at = [9000, 0]
"""


def document(capsys: pytest.CaptureFixture[str], **request: Any) -> dict[str, Any]:
    plan_command(PlanRequest(**request), as_json=True)
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    return made


def test_document_has_links_ways_and_channels_of_every_band(
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = document(capsys, plan=TERRACE)

    assert [band["band"] for band in made["bands"]] == ["2.4 GHz", "868 MHz", "915 MHz"]
    first = made["bands"][0]
    assert len(first["links"]) == 21
    assert first["next_hop"]["ESME"] == "CHF"
    assert len(first["channels"]) == 16
    assert made["unreachable"] == []
    assert "brick" in made["unverified_materials"]


def test_equal_seeds_give_equal_plans_and_others_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert document(capsys, plan=TERRACE) == document(capsys, plan=TERRACE)
    assert document(capsys, plan=TERRACE) != document(capsys, plan=TERRACE, seed=2)


def test_setting_changes_what_comes_out(capsys: pytest.CaptureFixture[str]) -> None:
    calm = "propagation.shadowing=0"
    deaf = "receiver.sensitivity=-85"

    plain = document(capsys, plan=TERRACE, assignments=(calm,), bands=("2.4 GHz",))
    worse = document(capsys, plan=TERRACE, assignments=(calm, deaf), bands=("2.4 GHz",))

    lost = plain["bands"][0]["links"][0]["margin_db"] - worse["bands"][0]["links"][0]["margin_db"]
    assert lost == pytest.approx(15)


def test_device_that_nobody_hears_fails_the_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "far.toml").write_text(FAR)

    assert plan_command(PlanRequest(plan=tmp_path / "far.toml"), as_json=False) == 1

    told = capsys.readouterr().out
    assert "GSME reaches the hub at no band with 10 dB to spare" in told
    assert "1 of 2 reach the hub" in told


def test_measured_links_weigh_more_than_the_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    links = tmp_path / "links.csv"
    links.write_text("from,to,band,loss_db\nCHF,ESME,2.4 GHz,88\n")

    made = document(capsys, plan=TERRACE, links=links)

    assert made["bands"][0]["links"][0] == {
        "from": "CHF",
        "to": "ESME",
        "rss_dbm": -88.0,
        "margin_db": 12.0,
        "per": 0.0,
    }


def test_picture_and_page_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    svg, html = tmp_path / "p.svg", tmp_path / "p.html"

    assert plan_command(PlanRequest(plan=TERRACE, svg=svg, html=html), as_json=False) == 0

    assert "6 of 6 reach the hub" in capsys.readouterr().out
    assert svg.read_text().startswith("<svg")
    assert "<h2>868 MHz</h2>" in html.read_text()


def test_mistakes_of_plan_matrix_and_settings_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text('name = "h"\n')
    (tmp_path / "l.csv").write_text("from,to\n")

    with pytest.raises(UsageError) as refusal:
        plan_command(
            PlanRequest(
                plan=tmp_path / "p.toml",
                links=tmp_path / "l.csv",
                assignments=("receiver.sensitivity=loud", "air.rss=3"),
            ),
            as_json=False,
        )

    told = "\n".join(refusal.value.problems)
    assert len(refusal.value.problems) == 4
    assert "receiver.sensitivity" in told
    assert "p.toml:1: no [[storey]]" in told
    assert "l.csv:1: header" in told


def test_hub_that_is_not_in_the_plan_is_refused() -> None:
    with pytest.raises(UsageError, match="no device 'HUB' to be the hub: there is CHF, ESME"):
        plan_command(PlanRequest(plan=TERRACE, hub="HUB"), as_json=False)


def test_file_that_cannot_be_written_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="No such file"):
        plan_command(PlanRequest(plan=TERRACE, svg=tmp_path / "no/p.svg"), as_json=False)
