import xml.etree.ElementTree as ET
from math import inf
from pathlib import Path

from emulator.lab.inputs.scenario_files import INSTALLED
from emulator.lab.planning.plan_picture import plan_picture
from emulator.lab.planning.radio_survey import LinkRow
from emulator.radio.site import read_site

PLANS = INSTALLED / "plans"


def link(one: str, other: str, margin: float) -> LinkRow:
    return LinkRow(one, other, "2.4 GHz", margin - 100, margin, 0.01)


def texts(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314 - made by us
    return [each.text or "" for each in root.iter() if each.tag.endswith("}text")]


def test_picture_shows_storeys_rooms_devices_and_margins_to_the_hub() -> None:
    plan = read_site(PLANS / "terrace.toml").plan
    svg = plan_picture(plan, [link("CHF", "GSME", 33.4), link("ESME", "GSME", 20)], "CHF")

    shown = texts(svg)
    assert {"ground floor", "first floor", "kitchen", "CHF", "GSME", "33 dB"} <= set(shown)
    assert "20 dB" not in shown
    assert "CHF to GSME: -67 dBm, margin 33 dB, 1.0% of frames lost" in svg


def test_link_that_does_not_work_is_dashed_to_the_hub_and_left_out_elsewhere() -> None:
    plan = read_site(PLANS / "terrace.toml").plan
    svg = plan_picture(plan, [link("CHF", "CAD", -inf), link("ESME", "CAD", -4)], "CHF")

    assert "no link" in texts(svg)
    assert svg.count("stroke-dasharray") == 1
    assert "ESME to CAD" not in svg


def test_names_of_a_plan_are_no_markup(tmp_path: Path) -> None:
    text = (PLANS / "terrace.toml").read_text().replace('"kitchen"', '"<b>&kitchen"')
    (tmp_path / "p.toml").write_text(text.replace('"IHD"', '"<i>"'))
    plan = read_site(tmp_path / "p.toml").plan

    shown = texts(plan_picture(plan, [], "CHF"))

    assert {"<b>&kitchen", "<i>"} <= set(shown)


def test_empty_plan_is_still_a_picture(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text('name = "h"\n[[storey]]\nname = "g"\n')
    plan = read_site(tmp_path / "p.toml").plan

    assert "g" in texts(plan_picture(plan, [], "CHF"))
