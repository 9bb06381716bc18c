from datetime import timedelta
from pathlib import Path

import pytest

from emulator.alt_han.inventory import Solution
from emulator.building.block import Block
from emulator.building.building_file import read_building
from emulator.building.equipment_book import EquipmentBook
from emulator.building.han_picture import han_picture
from emulator.building.room_case import MONDAY
from emulator.kernel.errors import LocalError
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import bench_shipment
from emulator.testing.scenes.small_block import SMALL_BLOCK


def block_of(folder: Path) -> Block:
    path = folder / "b.toml"
    path.write_text(SMALL_BLOCK)
    return Block(Lab(bench_shipment(), LabOptions()), read_building(path), path)


def test_equipment_is_in_stock_until_it_is_installed_and_then_counts_its_meter_points(
    tmp_path: Path,
) -> None:
    block, book = block_of(tmp_path), EquipmentBook(("A", "B"))
    book.open(block.homes, MONDAY)
    book.deliver_planned(block.homes, MONDAY)
    before = book.counts(MONDAY)
    (bridge,) = block.building.bridges
    later = MONDAY + timedelta(days=1)

    book.install(bridge, later)
    book.install(bridge, later)

    assert before == {"A": (0, 0, 0), "B": (0, 0, 1)}
    assert book.counts(later) == {"A": (0, 0, 0), "B": (0, 1, 0)}


def test_what_the_inventory_refuses_is_not_passed_over() -> None:
    book = EquipmentBook(("A",))
    book.deliver("pair", Solution.POINT_TO_POINT, "A", MONDAY)

    with pytest.raises(LocalError, match="delivered already"):
        book.deliver("pair", Solution.POINT_TO_POINT, "A", MONDAY)


def test_homes_without_power_are_in_no_picture_of_hans(tmp_path: Path) -> None:
    drawn = han_picture(block_of(tmp_path).homes)

    assert "high" not in drawn
