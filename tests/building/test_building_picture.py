from pathlib import Path

from emulator.building.building_file import read_building
from emulator.building.building_picture import building_picture
from emulator.building.reach import reach_of, usual_settings
from emulator.testing.scenes.small_block import SMALL_BLOCK


def test_storeys_are_on_each_other_and_dwellings_say_how_they_are_reached(tmp_path: Path) -> None:
    text = SMALL_BLOCK.replace("Two flats", "Two <flats>")
    (tmp_path / "b.toml").write_text(text + '[[crowded]]\ndwellings = ["high"]\n')
    building = read_building(tmp_path / "b.toml")

    drawn = building_picture(building.plan, reach_of(building, usual_settings()))

    assert "Two &lt;flats&gt;" in drawn
    assert drawn.index("storey 2") < drawn.index("storey 0")
    assert "point-to-point, " in drawn
    assert "pair, meter point crowded" in drawn


def test_a_riser_stands_beside_its_storeys_with_the_lines_that_leave_it(tmp_path: Path) -> None:
    riser = '[[riser]]\nname = "shaft"\ncorners = [[4, 2], [5, 2], [5, 3], [4, 3]]\n'
    text = SMALL_BLOCK.replace('line = "example-wire"', 'riser = "shaft"') + riser
    (tmp_path / "b.toml").write_text(text)
    building = read_building(tmp_path / "b.toml")

    drawn = building_picture(building.plan, reach_of(building, usual_settings()))

    assert ">shaft<" in drawn
    assert "pair to high, 11 m" in drawn
