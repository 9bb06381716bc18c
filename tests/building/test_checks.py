from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.building.checks import check_geometry
from emulator.radio.located_toml import LocatedToml, read_toml
from emulator.radio.propagation.plan_file import parse_plan

STOREYS = '[[storey]]\nname = "low"\n[[storey]]\nname = "high"\n'


def room(name: str, storey: str, left: float, width: float) -> str:
    right = left + width
    corners = f"[[{left}, 0], [{right}, 0], [{right}, 4], [{left}, 4]]"
    return f'[[room]]\nname = "{name}"\nstorey = "{storey}"\ncorners = {corners}\n'


def mistakes(text: str, folder: Path) -> list[str]:
    path = folder / "b.toml"
    path.write_text(f'name = "b"\n{text}')
    document: LocatedToml = read_toml(path)
    plan = parse_plan(document)
    assert not document.mistakes
    check_geometry(document, plan, {})
    return [each.removeprefix(f"{folder}/") for each in document.mistakes]


def test_rooms_that_share_a_wall_are_right(tmp_path: Path) -> None:
    assert not mistakes(STOREYS + room("a", "low", 0, 4) + room("b", "low", 4, 3), tmp_path)


def test_a_room_above_nothing_floats(tmp_path: Path) -> None:
    (told,) = mistakes(STOREYS + room("a", "low", 0, 4) + room("b", "high", 5, 4), tmp_path)

    assert told == "b.toml:13: room 2: b (high) floats: 0.0 of 16.0 m2 stand on rooms below"


@given(offset=st.integers(-30, 30))
def test_a_room_floats_exactly_when_less_than_half_of_it_is_above_another(
    offset: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = STOREYS + room("a", "low", 0, 10) + room("b", "high", offset / 2, 10)

    told = mistakes(text, tmp_path_factory.mktemp("b"))

    assert bool(told) is (abs(offset) > 10)


def test_a_storey_like_another_tells_its_own_line(tmp_path: Path) -> None:
    text = '[[storey]]\nname = "low"\n[[storey]]\nname = "high"\nlevel = 2\nlike = "low"\n'

    (told,) = mistakes(text + room("a", "low", 0, 4), tmp_path)

    assert told.startswith("b.toml:7: storey 2: a (high) floats")


def test_a_device_outside_is_told_and_a_gas_meter_on_the_wall_is_not(tmp_path: Path) -> None:
    devices = "".join(
        f'[[device]]\nname = "{name}"\nstorey = "low"\nat = [{x}, 2]\n'
        for name, x in (("IHD", 4.5), ("GSME", -0.5), ("CHF", 4))
    )

    (told,) = mistakes(STOREYS + room("a", "low", 0, 4) + devices, tmp_path)

    assert "IHD at [4.5, 2] is outside the walls" in told


RISER = '[[riser]]\nname = "shaft"\ncorners = [[3, 1], [4, 1], [4, 2], [3, 2]]\n'


def test_a_riser_is_in_the_rooms_of_every_storey_that_it_goes_through(tmp_path: Path) -> None:
    text = STOREYS + room("a", "low", 0, 4) + room("b", "high", 0, 3) + RISER

    (told,) = mistakes(text, tmp_path)

    assert told == "b.toml:16: riser 1: riser shaft is outside the walls of storey high"
    assert not mistakes(text.replace("[3, 0]", "[4, 0]").replace("[3, 4]", "[4, 4]"), tmp_path)
