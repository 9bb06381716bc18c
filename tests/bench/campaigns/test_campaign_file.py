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
        ('shipment = "home.csv"\ndevices = 3', "devices = 3, expected a list"),
        ('shipment = "home.csv"\nseed = true', "seed = true, expected a whole number"),
        ('shipment = "home.csv"\ndevices = [3]', "expected a table"),
        ("a = 1\n[[", r"campaign\.toml:2: no TOML"),
        ("a = " + "[" * 5_000, "nests too deep"),
    ],
)
def test_a_bad_file_is_refused(file: Path, text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        parse_campaign(file, text)


SELECTED = """\
shipment = "home.csv"
repeats = {repeats}
[[devices]]
kind = "GSME"
[[waivers]]
case = "ESME/*"
reason = "agreed"
[select]
{select}
"""


@pytest.mark.parametrize(
    ("select", "reason"),
    [
        ('use_cases = ["ECS17b"]', "9: select: ECS17b has no case on GSME"),
        ('use_cases = ["GCS13z"]', "9: no use case 'GCS13z': perhaps GCS13"),
        ('use_cases = [["GCS13a"]]', r"9: use_cases: \['GCS13a'\], expected a text"),
        ('checks = ["wrong-mack"]', "9: no check 'wrong-mack': perhaps wrong-mac"),
        ('checks = ["zzz"]', "9: no check 'zzz': there is success, role"),
        ('cases = ["NONE/*"]', "9: select: no case is called 'NONE/"),
        ('keys = "a"\ncases = ["NONE/*"]', "10: select: no case is called 'NONE/"),
    ],
)
def test_what_selects_nothing_is_told_with_all_other_mistakes(
    file: Path, select: str, reason: str
) -> None:
    with pytest.raises(UsageError, match=reason) as refused:
        parse_campaign(file, SELECTED.format(select=select, repeats=0))

    told = "\n".join(refused.value.problems)
    assert "campaign.toml:2: repeats = 0, expected 1 or more" in told
    assert "campaign.toml:6: no case is called 'ESME/*'" in told


@pytest.mark.parametrize(
    ("repeats", "select", "reason"),
    [
        (
            10**12,
            "",
            ":2: [0-9]+ cases, 1000000000000 times: expected at most",
        ),
        (1, 'use_cases = ["GCS13a"]\nchecks = ["keeps-alive"]', ":7: the selection leaves no"),
    ],
)
def test_a_campaign_that_has_no_case_or_no_end_is_refused(
    file: Path, repeats: int, select: str, reason: str
) -> None:
    text = SELECTED.format(select=select, repeats=repeats)
    waiver = '[[waivers]]\ncase = "ESME/*"\nreason = "agreed"\n'

    with pytest.raises(UsageError, match=reason):
        parse_campaign(file, text.replace(waiver, "\n\n"))


def test_paths_and_names_are_texts_that_can_be_printed(file: Path) -> None:
    text = GOOD.replace('"home.csv"', '"home.csv"\nkeys = "\\u0000"').replace("meter", "m\\u0007")

    with pytest.raises(UsageError) as refused:
        parse_campaign(file, text)

    assert [each.rpartition(": ")[2] for each in refused.value.problems[:2]] == [
        "expected a text that can be printed",
        "expected a text that can be printed",
    ]


def test_the_operators_program_lies_beside_the_file_or_on_the_path(file: Path) -> None:
    def read(program: str) -> tuple[str, ...]:
        return parse_campaign(file, f'operator = "command {program} now"\n{GOOD}').operator

    assert read("true") == ("true", "now")
    for program in ("./power-supply", "no-such-program"):
        with pytest.raises(UsageError, match=r"campaign.toml:1: operator: .* is no program"):
            read(program)
    (file.parent / "power-supply").write_text("#!/bin/sh\n")
    (file.parent / "power-supply").chmod(0o755)
    assert read("./power-supply") == (str(file.parent / "power-supply"), "now")


def test_two_devices_of_one_name_are_refused(file: Path) -> None:
    device = '[[devices]]\nkind = "ESME"\n'

    with pytest.raises(UsageError, match="two devices are called 'ESME'"):
        parse_campaign(file, f'shipment = "home.csv"\n{device}{device}')


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_campaign_or_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_campaign(Path("nowhere/campaign.toml"), text)
