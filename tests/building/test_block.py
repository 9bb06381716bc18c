from pathlib import Path

from emulator.building.block import Block
from emulator.building.building_file import read_building
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import bench_shipment
from emulator.testing.scenes.small_block import SMALL_BLOCK


def commissioned(path: Path, seed: int = 1) -> tuple[Lab, Block]:
    lab = Lab(bench_shipment(), LabOptions(seed=seed))
    block = Block(lab, read_building(path), path)
    for home in block.homes:
        block.fit(home)
    block.commission(block.homes)
    return lab, block


def test_both_flats_come_up_the_one_out_of_reach_across_its_bridge(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(SMALL_BLOCK)

    lab, block = commissioned(tmp_path / "b.toml")

    low, high = block.homes
    assert low.complete
    assert high.complete
    assert low.bridge is None
    assert high.bridge is not None
    assert high.bridge.settled
    assert str(lab.inputs[0].path).endswith("b.toml")


def test_homes_of_one_system_share_its_lines(tmp_path: Path) -> None:
    text = SMALL_BLOCK.replace("point-to-point", "shared").replace('["high"]', '"*"')
    (tmp_path / "b.toml").write_text(text)
    lab = Lab(bench_shipment(), LabOptions())
    block = Block(lab, read_building(tmp_path / "b.toml"), tmp_path / "b.toml")

    one, other = (block.fit(home) for home in block.homes)

    assert one is not None
    assert other is not None
    assert one.lines is other.lines
    assert block.fit(block.homes[0]) is one
