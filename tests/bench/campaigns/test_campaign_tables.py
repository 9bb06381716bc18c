"""Devices, profiles, waivers and selections of a campaign, and what is wrong with them."""

from pathlib import Path

import pytest

from emulator.bench.campaigns.campaign import Campaign
from emulator.bench.campaigns.campaign_file import parse_campaign
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.bench_scene import SHIPMENT

HEAD = 'shipment = "home.csv"\n'
METER = '[[devices]]\nname = "meter"\nkind = "ESME"\n'


def parsed(folder: Path, text: str) -> Campaign:
    (folder / "home.csv").write_text(SHIPMENT)
    return parse_campaign(folder / "c.toml", text)


def refusals(folder: Path, text: str) -> list[str]:
    with pytest.raises(UsageError) as refused:
        parsed(folder, text)
    return [each.removeprefix(f"{folder / 'c.toml'}:") for each in refused.value.problems]


def test_a_profile_by_name_weighs_more_than_one_by_kind(tmp_path: Path) -> None:
    text = (
        f'{HEAD}{METER}[[devices]]\nkind = "ESME"\n'
        '[profile.ESME.without]\nECS02 = "by kind"\n[profile.meter.without]\nECS03 = "by name"\n'
    )

    meter, other = parsed(tmp_path, text).devices

    assert dict(meter.profile.without) == {"ECS03": "by name"}
    assert dict(other.profile.without) == {"ECS02": "by kind"}
    assert meter.profile.places["ECS03"] == f"{tmp_path / 'c.toml'}:10"


def test_a_device_that_is_really_there_claims_all_it_does_not_deny(tmp_path: Path) -> None:
    device = parsed(tmp_path, f'{HEAD}{METER}radio = "simulated:x"\n').devices[0]

    assert device.profile.without == {}
    assert device.radio == "simulated:x"


def test_one_device_of_several_is_named_by_its_eui64(tmp_path: Path) -> None:
    right = f'{HEAD}{METER}eui64 = "00-DB-12-34-56-78-90-A0"\n'

    assert parsed(tmp_path, right).devices[0].eui64 == 0x00DB1234567890A0
    assert refusals(tmp_path, right.replace("90-A0", "90-A1")) == [
        "5: the shipment has no ESME 00-DB-12-34-56-78-90-A1"
    ]
    assert refusals(tmp_path, right.replace("00-DB", "zz"))[0].startswith("5: ")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('radio = "moon:1"', "5: radio 'moon:1': no kind of radio 'moon'"),
        ('defect = "no-such"', "5: no defect 'no-such'"),
        ("[profile.ESME]\nspeed = 3", "6: profile.ESME: unknown key 'speed'"),
        ('[profile.ESME.without]\nECS02 = ""', "6: profile.ESME: ECS02 needs a reason"),
        ('[[waivers]]\ndevice = "x"\ncase = "*"\nreason = "r"', "6: no device 'x'"),
        ('[[waivers]]\ncase = "GSME/*"\nreason = "r"', "6: no case is called 'GSME/*'"),
        ('[select]\ndevices = ["x"]', "6: no device 'x': there is meter"),
        ('[select]\ntags = ["x"]', "6: no tag 'x'"),
        ('[select]\nclauses = ["BS 7"]', "6: select: no clause begins with 'BS 7'"),
        ('[select]\ncases = ["x*"]', "6: select: no case is called 'x*'"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(tmp_path: Path, text: str, wanted: str) -> None:
    assert any(each.startswith(wanted) for each in refusals(tmp_path, f"{HEAD}{METER}{text}\n"))


def test_a_selection_takes_devices_and_tags(tmp_path: Path) -> None:
    select = '[select]\ndevices = ["meter"]\ntags = ["dated"]\n'
    text = f'{HEAD}{METER}[[devices]]\nkind = "GSME"\n{select}'

    planned = list(parsed(tmp_path, text).planned())

    assert {each.device.name for each in planned} == {"meter"}
    assert {"dated"} <= {tag for each in planned for tag in each.case.tags}
    assert all("dated" in each.case.tags for each in planned)
