"""Homes of a campaign's devices: rehearsed without hardware, counters kept, operators found."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.bench.campaigns.campaign import Campaign
from emulator.bench.campaigns.campaign_file import parse_campaign
from emulator.bench.campaigns.device_homes import home_of, keep_counter, operator_of
from emulator.bench.campaigns.slices import run_slice
from emulator.bench.running.operator import Nobody
from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.identity import Eui64
from emulator.lab.interactive.operator_steps import AskedCommand
from emulator.testing.scenes.bench_scene import SHIPMENT

TEXT = """\
shipment = "home.csv"
state = "state"
[[devices]]
name = "meter"
kind = "ESME"
radio = "simulated:rehearsal"
[select]
use_cases = ["ECS17b"]
checks = ["success", "item-fails"]
"""


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    (tmp_path / "home.csv").write_text(SHIPMENT)
    return parse_campaign(tmp_path / "c.toml", TEXT)


def test_a_device_really_there_is_tested_over_the_radio_of_our_hub_without_a_look_inside(
    campaign: Campaign,
) -> None:
    planned = list(campaign.planned())

    results = {each.case: each for each in run_slice(campaign, planned)}

    works = results["ESME/0027/ECS17b/success"]
    assert works.verdict == "pass"
    assert works.virtual_us > 0
    assert results["ESME/0027/ECS17b/item-fails/0"].verdict == "not_applicable"


def test_the_next_run_begins_above_every_counter_of_the_last(campaign: Campaign) -> None:
    planned = list(campaign.planned())
    list(run_slice(campaign, planned))

    home = home_of(campaign, planned[0])

    assert home.tested.outside is not None
    assert home.tested.outside.first_counter > 0x1000


def test_counters_that_cannot_be_read_stop_the_run(campaign: Campaign) -> None:
    assert campaign.state is not None
    campaign.state.mkdir()
    (campaign.state / "counters.json").write_text("[]")

    with pytest.raises(EnvironmentFault, match="no counters"):
        home_of(campaign, next(iter(campaign.planned())))


def test_counters_of_emulated_devices_are_not_kept(campaign: Campaign) -> None:
    keep_counter(campaign, replace(campaign.devices[0], radio=""), 7)

    assert campaign.state is not None
    assert not campaign.state.exists()


def test_a_command_is_the_operator_where_there_is_one_and_nobody_without_a_terminal(
    campaign: Campaign,
) -> None:
    assert operator_of(replace(campaign, operator=("true",)), None) == AskedCommand(("true",))
    assert isinstance(operator_of(campaign, None), Nobody)


def test_the_device_that_the_campaign_names_is_taken_of_several(campaign: Campaign) -> None:
    second = replace(campaign.shipment.devices[2], eui64=Eui64(0x00DB1234567890B0))
    two = replace(campaign.shipment, devices=(*campaign.shipment.devices, second))
    device = replace(campaign.devices[0], eui64=second.eui64, radio="")
    chosen = replace(campaign, shipment=two, devices=(device,))

    assert home_of(chosen, next(iter(chosen.planned()))).eui64 == second.eui64
