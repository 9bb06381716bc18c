"""The campaign to begin with: it is a good one, and is never written over another."""

from pathlib import Path

import pytest

from emulator.bench.campaigns.campaign_file import parse_campaign
from emulator.bench.campaigns.campaign_template import write_template
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.text_files import read_text
from emulator.testing.scenes.bench_scene import SHIPMENT


def test_it_can_be_run_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "shipment.csv").write_text(SHIPMENT)
    file = tmp_path / "new.toml"

    told = write_template(file)

    campaign = parse_campaign(file, read_text(file))
    assert f"{len(list(campaign.planned()))} cases" in told


def test_it_comes_with_an_emulated_home_and_can_be_run_at_once(tmp_path: Path) -> None:
    file = tmp_path / "new.toml"

    told = write_template(file)

    campaign = parse_campaign(file, read_text(file))
    assert {each.type for each in campaign.shipment.joining} >= {"ESME", "GSME"}
    assert f"hanlab bench run {file}" in told


def test_a_shipment_that_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "shipment.csv").write_text(SHIPMENT)

    told = write_template(tmp_path / "new.toml")

    assert (tmp_path / "shipment.csv").read_text() == SHIPMENT
    assert "the shipment file that lies there" in told


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    file.write_text("mine")

    with pytest.raises(UsageError, match="is there already"):
        write_template(file)
    assert file.read_text() == "mine"


def test_a_folder_that_is_missing_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        write_template(tmp_path / "none" / "new.toml")


def test_every_key_that_it_explains_is_one_that_there_is(tmp_path: Path) -> None:
    (tmp_path / "shipment.csv").write_text(SHIPMENT)
    file = tmp_path / "new.toml"
    write_template(file)
    (tmp_path / "power-supply").write_text("#!/bin/sh\n")
    (tmp_path / "power-supply").chmod(0o755)
    left_out = ('use_cases = "records', "keys =", "defect =")
    rows = [
        row.removeprefix("# ") if " = " in row or row.startswith("# [") else row
        for row in file.read_text().splitlines()
    ]
    text = "\n".join(row for row in rows if not row.startswith(left_out))

    campaign = parse_campaign(file, text)

    assert campaign.waivers
    assert campaign.devices[0].radio == "simulated:x"
    assert campaign.operator == (str(tmp_path / "power-supply"),)
    assert campaign.selection.tags == ("read", "SRV 4.1.1")
