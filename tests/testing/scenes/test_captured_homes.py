from pathlib import Path

from emulator.testing.scenes.captured_homes import (
    captured_frames,
    captured_home,
    small_home,
    write_captured_home,
)


def test_the_home_has_a_hub_and_a_meter() -> None:
    assert small_home().kinds() == ("CHF", "ESME")


def test_equal_seeds_give_equal_captures() -> None:
    assert captured_home(1) == captured_home(1)
    assert len(captured_frames()) > 100


def test_capture_keys_and_shipment_lie_side_by_side(tmp_path: Path) -> None:
    path = write_captured_home(tmp_path)

    assert sorted(each.name for each in tmp_path.iterdir()) == [
        path.name,
        "small.csv",
        "zigbee_pc_keys",
    ]
