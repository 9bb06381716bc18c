from pathlib import Path

from emulator.building.block import Block
from emulator.building.building_file import read_building
from emulator.building.han_picture import han_picture
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import bench_shipment
from emulator.testing.scenes.small_block import SMALL_BLOCK


def test_each_home_is_a_row_with_its_channel_its_bridge_and_its_devices(tmp_path: Path) -> None:
    path = tmp_path / "b.toml"
    path.write_text(SMALL_BLOCK)
    block = Block(Lab(bench_shipment(), LabOptions()), read_building(path), path)
    low, high = block.homes
    block.fit(high)
    block.commission([high])

    drawn = han_picture((low, high))

    assert ">low<" not in drawn
    assert ">high<" in drawn
    assert ">pair<" in drawn
    assert "ESME at CHF, IHD at " in drawn
