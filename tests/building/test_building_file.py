from pathlib import Path

import pytest

from emulator.alt_han.bridge.settings import Transparency
from emulator.building.building import Building, System
from emulator.building.building_file import names_in, read_building
from emulator.kernel.errors import UsageError
from emulator.lab.inputs.scenario_files import INSTALLED
from emulator.radio.located_toml import LocatedToml, Table
from emulator.testing.scenes.small_block import SMALL_BLOCK

THERE = ("flat A", "flat A, first", "flat AB")


def read(folder: Path, text: str = SMALL_BLOCK) -> Building:
    path = folder / "block.toml"
    path.write_text(text)
    return read_building(path)


def refused(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(UsageError) as refusal:
        read(folder, text)
    return tuple(each.removeprefix(f"{folder}/") for each in refusal.value.problems)


def named(wanted: object) -> tuple[tuple[str, ...], list[str]]:
    document = LocatedToml(Path("b.toml"), {})
    return names_in(Table(document, "t", 0, {"d": wanted}), "d", THERE), document.mistakes


def test_a_device_without_a_name_is_told_beside_every_other_mistake(tmp_path: Path) -> None:
    nameless = '[[device]]\nat = [90, 90]\nstorey = "none"\n'

    told = refused(tmp_path, SMALL_BLOCK + nameless)

    assert any("device 1: name is missing" in each for each in told)
    assert any("storey" in each for each in told)


def test_one_table_fits_a_device_into_many_dwellings(tmp_path: Path) -> None:
    low, high = read(tmp_path).dwellings

    assert (low.name, low.joining) == ("low", ("ESME", "IHD"))
    assert high.device("CHF") == "high CHF"
    hubs = [each.devices["CHF"].place for each in (low, high)]
    assert [(at.x, at.floor) for at in hubs] == [(8.5, 0), (8.9, 0)]
    assert [each.devices["IHD"].place.floor for each in (low, high)] == [0, 2]


def test_a_bridge_has_a_wired_end_at_a_meter_and_a_remote_one_on_the_dwellings_storey(
    tmp_path: Path,
) -> None:
    building = read(tmp_path)
    (bridge,) = building.bridges
    _, high = building.dwellings

    wired, remote = building.ends_of(high, bridge)

    assert (bridge.system, bridge.transparency) == (System.POINT_TO_POINT, Transparency.PROXY)
    meter = high.devices["ESME"].place
    assert (wired.x, wired.y, wired.z) == (meter.x, meter.y, meter.z)
    assert (remote.name, remote.floor) == ("high bridge remote end", 2)
    assert building.bridge_of("low") is None


def test_a_name_may_stand_for_a_flat_and_those_above_for_itself_or_for_all() -> None:
    assert named(["flat A"]) == (("flat A", "flat A, first"), [])
    assert named(["=flat A"]) == (("flat A",), [])
    assert named("*") == (THERE, [])
    assert named(["flat C"])[0] == named([])[0] == named(3)[0] == ()
    assert "no dwelling 'flat C'" in named(["flat C"])[1][0]


def test_a_bridge_without_a_wired_end_is_told_with_line_and_clause(tmp_path: Path) -> None:
    (told,) = refused(tmp_path, SMALL_BLOCK.replace('wired = "high ESME"\n', ""))

    line = SMALL_BLOCK.splitlines().index("[[bridge]]") + 1
    assert told.startswith(f"block.toml:{line}: bridge 1: no wired end")
    assert "DCP 400 3.2" in told


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = SMALL_BLOCK.replace("at = [3, 3]", "at = [30, 3]")
    text = text.replace('wired = "high ESME"', 'wired = "low ESME"')
    text = text.replace("[[8, 0], [10, 0], [10, 6], [8, 6]]", "[[7, 0], [10, 0], [10, 6], [7, 6]]")
    text += '\n[[lift]]\nname = "lift"\n\n[[crowded]]\ndwellings = ["attic"]\n'

    told = "\n".join(refused(tmp_path, text))

    assert "low IHD at [30, 3] is outside the walls" in told
    assert "high IHD at [30, 3] is outside the walls" in told
    assert "wired = 'low ESME': expected high ESME (DCP 400 3.2)" in told
    assert "flat of low (ground) and meter room (ground) overlap: 6.0 m2" in told
    assert "unknown table 'lift'" in told
    assert "no dwelling 'attic'" in told


def test_a_device_twice_a_dwelling_without_hub_and_a_pair_for_two_are_refused(
    tmp_path: Path,
) -> None:
    fitted = '\n[[fitted]]\ntype = "IHD"\ndwellings = ["low"]\nat = [1, 1]\n'
    text = SMALL_BLOCK.replace(
        'type = "CHF"\nstorey = "ground"\ndwellings = "*"',
        'type = "CHF"\nstorey = "ground"\ndwellings = ["low"]',
    )
    text = text.replace('serves = ["high"]', 'serves = ["high", "low"]') + fitted

    told = "\n".join(refused(tmp_path, text))

    assert "low IHD is fitted already" in told
    assert "high has no CHF" in told
    assert "a point-to-point bridge serves one dwelling (SEC K7.5(u))" in told


def test_the_installed_block_has_24_flats() -> None:
    building = read_building(INSTALLED / "plans" / "block-of-24.toml")

    assert len(building.dwellings) == 24
    assert len(building.plan.devices) == 120
    assert sum(each.crowded for each in building.dwellings) == 4


RISER = """
[[riser]]
name = "shaft"
corners = [[4, 2], [5, 2], [5, 3], [4, 3]]
"""


def test_a_line_through_a_riser_has_a_length_to_each_remote_end(tmp_path: Path) -> None:
    text = SMALL_BLOCK.replace('line = "example-wire"', 'riser = "shaft"') + RISER

    (bridge,) = read(tmp_path, text).bridges

    # from the meter at [8.9, 1.2] to the shaft at [4.5, 2.5], up two storeys, to [5, 3]
    across, up, away = (4.4**2 + 1.3**2) ** 0.5, 2 * 2.8, 0.5 * 2**0.5
    assert bridge.riser == "shaft"
    assert bridge.length == {"high": pytest.approx(across + up + away)}


def test_a_riser_that_does_not_come_to_both_ends_is_told(tmp_path: Path) -> None:
    text = SMALL_BLOCK.replace('line = "example-wire"', 'riser = "shaft"') + RISER

    told = refused(tmp_path, text + 'to = "first"\n')
    unknown = refused(tmp_path, text.replace('riser = "shaft"', 'riser = "lift"'))

    where = "block.toml:65: bridge 1: at: "
    assert told == (f"{where}riser shaft goes from level 0 to 1, and the end is at level 2",)
    assert "shaft" in unknown[0]
