from pathlib import Path

from emulator.building.building_file import read_building
from emulator.building.reach import Reached, Verdict, reach_of, usual_settings
from emulator.testing.scenes.small_block import SMALL_BLOCK


def rows(folder: Path, text: str = SMALL_BLOCK, margin: float = 10.0) -> tuple[Reached, ...]:
    (folder / "b.toml").write_text(text)
    return reach_of(read_building(folder / "b.toml"), usual_settings(margin))


def test_one_flat_is_direct_and_the_other_needs_its_pair(tmp_path: Path) -> None:
    low, high = rows(tmp_path)

    assert (low.verdict, low.bridge, low.without) == (Verdict.DIRECT, None, 2)
    assert (high.verdict, high.lost, high.without) == (Verdict.POINT_TO_POINT, (), 1)
    assert {way.device: way.through for way in high.ways}["high IHD"] == "high bridge remote end"
    assert high.margin >= 10 <= low.margin


def test_without_a_bridge_it_is_unreachable(tmp_path: Path) -> None:
    _, high = rows(tmp_path, SMALL_BLOCK.partition("[[bridge]]")[0])

    assert (high.verdict, high.lost) == (Verdict.UNREACHABLE, ("high IHD",))


def test_a_bridge_whose_remote_end_is_far_from_the_devices_is_no_help(tmp_path: Path) -> None:
    text = SMALL_BLOCK.replace("at = [5, 3]\n", 'at = [9, 3]\nstorey = "ground"\n')

    assert rows(tmp_path, text)[1].verdict is Verdict.UNREACHABLE


def test_the_verdict_names_the_kind_of_system(tmp_path: Path) -> None:
    for kind, verdict in (("shared", Verdict.SHARED), ("opted-out", Verdict.OPTED_OUT)):
        assert rows(tmp_path, SMALL_BLOCK.replace("point-to-point", kind))[1].verdict is verdict


def test_more_margin_reaches_no_more(tmp_path: Path) -> None:
    reached = [
        sum(len(row.lost) for row in rows(tmp_path, margin=margin)) for margin in (0, 20, 40, 60)
    ]

    assert reached == sorted(reached)
    assert reached[-1] > reached[0]
