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


HANGS = """\
reach = "device"
shipment = "home.csv"
[[devices]]
name = "a"
kind = "ESME"
defect = "garbage-hangs"
[select]
use_cases = ["ECS17b", "CS07"]
checks = ["success", "truncated", "recovers", "wrong-mac"]
"""


def test_an_emulated_device_that_falls_silent_hides_no_other_case(tmp_path: Path) -> None:
    (tmp_path / "home.csv").write_text(SHIPMENT)
    campaign = parse_campaign(tmp_path / "c.toml", HANGS)

    found = {each.case: each for each in run_slice(campaign, list(campaign.planned()))}

    assert {name: each.verdict for name, each in found.items()} == {
        "ESME/0013/CS07/success": "pass",
        "ESME/0013/CS07/wrong-mac": "pass",
        "ESME/0013/CS07/truncated": "inconclusive",
        "ESME/0027/ECS17b/success": "pass",
        "ESME/0027/ECS17b/wrong-mac": "pass",
        "ESME/0027/ECS17b/truncated": "inconclusive",
        "ESME/0013/CS07/recovers": "fail",
    }
    assert found["ESME/0013/CS07/recovers"].clauses[0].startswith("GBCS 6.2.4")
