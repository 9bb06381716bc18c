from pathlib import Path

from emulator.building.building_file import read_building
from emulator.testing.scenes.small_block import SMALL_BLOCK


def test_each_dwelling_of_a_system_has_a_pair_of_ends_of_its_own(tmp_path: Path) -> None:
    shared = SMALL_BLOCK.replace('system = "point-to-point"', 'system = "shared"')
    (tmp_path / "b.toml").write_text(shared.replace('serves = ["high"]', 'serves = "*"'))
    building = read_building(tmp_path / "b.toml")
    (system,) = building.bridges

    ends = [building.ends_of(dwelling, system) for dwelling in building.dwellings]

    assert len({end.name for pair in ends for end in pair}) == 4
    assert [pair[1].floor for pair in ends] == [0, 2]
    assert building.bridge_of("low") is building.bridge_of("high") is system
