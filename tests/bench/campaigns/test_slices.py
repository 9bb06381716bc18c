"""Slices: one device and repeat each, at most so much at once."""

from pathlib import Path

from emulator.bench.campaigns.campaign_file import parse_campaign
from emulator.bench.campaigns.slices import run_slice, slices
from emulator.testing.scenes.bench_scene import SHIPMENT

TEXT = """\
reach = "device"
shipment = "home.csv"
repeats = 2
gbcs_version = "4.x"
[[devices]]
name = "a"
kind = "ESME"
[[devices]]
name = "b"
kind = "ESME"
[profile.b.without]
ECS17b = "cannot"
[select]
use_cases = ["ECS17b"]
checks = ["success", "wrong-mac", "stranger"]
"""


def test_a_slice_is_of_one_device_and_one_repeat(tmp_path: Path) -> None:
    (tmp_path / "home.csv").write_text(SHIPMENT)
    planned = list(parse_campaign(tmp_path / "c.toml", TEXT).planned())

    made = list(slices(planned, 2))

    assert [len(each) for each in made] == [2, 1, 2, 1, 2, 1, 2, 1]
    assert all(len({(one.device.name, one.repeat) for one in each}) == 1 for each in made)
    assert [one for each in made for one in each] == planned


def test_what_a_device_does_without_is_not_tried(tmp_path: Path) -> None:
    (tmp_path / "home.csv").write_text(SHIPMENT)
    campaign = parse_campaign(tmp_path / "c.toml", TEXT)
    of_b = [each for each in campaign.planned() if each.device.name == "b" and not each.repeat]

    verdicts = {each.check: each.verdict for each in run_slice(campaign, of_b)}

    assert verdicts == {"success": "not_applicable", "wrong-mac": "pass", "stranger": "pass"}
