"""Campaign files: read, or refused with every mistake at once and the line each is in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.bench.campaigns.campaign_file import parse_campaign
from emulator.bench.campaigns.profile import EMULATED
from emulator.bench.running.benched_home import Reach
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.bench_scene import SHIPMENT

GOOD = """\
name = "good"
reach = "device"
shipment = "home.csv"
seed = 3
repeats = 2

[[devices]]
name = "meter"
kind = "ESME"
defect = "mac-unchecked"

[[devices]]
kind = "GSME"

[profile.GSME.without]
GCS05 = "no such tariff"

[[waivers]]
device = "meter"
case = "ESME/*/wrong-mac"
reason = "agreed"

[select]
use_cases = ["ECS17b", "0074"]
checks = ["wrong-mac"]
"""
BAD = """\
speed = 3
shipment = "home.csv"
reach = "moon"
seed = 0

[[devices]]
kind = "TOASTER"

[[devices]]
kind = "SAPC"
defect = "no-such"

[profile.ESME.without]
ECS999 = "x"

[[waivers]]
case = "*"

[select]
use_cases = ["ECS998"]
checks = ["wrong"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "home.csv").write_text(SHIPMENT)
    return tmp_path / "campaign.toml"


def test_a_good_file_is_read(file: Path) -> None:
    found = parse_campaign(file, GOOD)

    assert (found.name, found.reach, found.seed, found.repeats) == ("good", Reach.DEVICE, 3, 2)
    assert [each.name for each in found.devices] == ["meter", "GSME"]
    assert found.devices[0].defect == "mac-unchecked"
    assert found.devices[0].profile is EMULATED[DeviceKind.ESME]
    assert found.devices[1].profile.without == {"GCS05": "no such tariff"}
    assert found.selection.use_cases == ("ECS17b", "0074")
    assert found.waiver("meter", "ESME/0027/ECS17b/wrong-mac") == "agreed"


def test_every_mistake_is_told_at_once_with_its_line(file: Path) -> None:
    with pytest.raises(UsageError) as refused:
        parse_campaign(file, BAD)

    lines = {each.removeprefix(f"{file}:").partition(":")[0] for each in refused.value.problems}
    assert lines == {"1", "3", "4", "7", "10", "11", "14", "16", "20", "21"}
    told = "\n".join(refused.value.problems)
    assert "unknown key 'speed'" in told
    assert "the shipment has no SAPC" in told


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "shipment is missing"),
        ('shipment = "none.csv"', "none.csv"),
        ('shipment = "home.csv"', r"no device to test"),
        ('shipment = "home.csv"\nmode = "rf"', "no mode 'rf': there is gfi, itch, end_to_end"),
        ('shipment = "home.csv"\ndevices = 3', "devices = 3, expected list"),
        ('shipment = "home.csv"\nseed = true', "seed = True, expected int"),
        ('shipment = "home.csv"\ndevices = [3]', "expected a table"),
        ("[[", "no TOML"),
        ("a = " + "[" * 5_000, "nests too deep"),
    ],
)
def test_a_bad_file_is_refused(file: Path, text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        parse_campaign(file, text)


def test_two_devices_of_one_name_are_refused(file: Path) -> None:
    device = '[[devices]]\nkind = "ESME"\n'

    with pytest.raises(UsageError, match="two devices are called 'ESME'"):
        parse_campaign(file, f'shipment = "home.csv"\n{device}{device}')


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_campaign_or_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_campaign(Path("nowhere/campaign.toml"), text)
