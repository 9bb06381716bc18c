from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.radio.located_toml import read_toml
from emulator.radio.propagation.floor_plan import FloorPlan
from emulator.radio.propagation.plan_file import parse_plan

HOUSE = """\
name = "a house"

[[storey]]
name = "ground"
height = 2.7
slab = "timber floor"

[[storey]]
name = "first"
like = "ground"

[[material]]
name = "foil"
loss = { 868 = 25, 2440 = 30 }
source = "measured"
verified = true

[[room]]
name = "hall"
storey = "ground"
corners = [[0, 0], [4, 0], [4, 3], [0, 3]]
walls = "brick"
dwelling = "flat"

[[wall]]
storey = "ground"
from = [2, 0]
to = [2, 3]
material = "foil"
openings = [
  { from = 0.5, to = 1.4, material = "door" },
  { from = 2, to = 2.5, bottom = 1, top = 2.2, material = "glass" },
]

[[device]]
name = "CHF"
storey = "first"
at = [1, 1]
height = 1.5
gain = -2
enclosure = "meter cupboard"
"""


def plan_of(folder: Path, text: str) -> FloorPlan:
    path = folder / "plan.toml"
    path.write_text(text)
    document = read_toml(path)
    plan = parse_plan(document)
    document.check()
    return plan


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(UsageError) as refusal:
        plan_of(folder, text)
    return [each.removeprefix(f"{folder}/") for each in refusal.value.problems]


def test_plan_has_what_the_file_says(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HOUSE)

    assert plan.name == "a house"
    assert [(each.name, each.base, each.level) for each in plan.storeys] == [
        ("ground", 0.0, 0),
        ("first", 2.7, 1),
    ]
    assert [wall.material.name for wall in plan.walls] == ["brick"] * 4 + ["foil"] + [
        "brick"
    ] * 4 + ["foil"]
    assert [each.material.name for each in plan.walls[4].openings] == ["door", "glass"]


def test_device_stands_on_its_storey(tmp_path: Path) -> None:
    hub = plan_of(tmp_path, HOUSE).device("CHF")

    assert hub is not None
    assert (hub.place.x, hub.place.y) == (1, 1)
    assert hub.place.z == pytest.approx(4.2)
    assert (hub.place.floor, hub.place.gain) == (1, -2)
    assert hub.enclosure is not None
    assert hub.enclosure.name == "meter cupboard"


def test_storey_that_is_like_another_has_its_rooms_as_homes_of_their_own(tmp_path: Path) -> None:
    rooms = plan_of(tmp_path, HOUSE).rooms

    assert [(room.storey.name, room.dwelling) for room in rooms] == [
        ("ground", "flat"),
        ("first", "flat, first"),
    ]


def test_cellar_lies_below_the_ground(tmp_path: Path) -> None:
    cellar = '[[storey]]\nname = "cellar"\nlevel = -1\nheight = 2.2\n'
    plan = plan_of(tmp_path, f'name = "h"\n[[storey]]\nname = "g"\n{cellar}')

    assert [(each.name, each.base) for each in plan.storeys] == [("cellar", -2.2), ("g", 0.0)]


def test_one_storey_need_not_be_named_again(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, 'name = "h"\n[[storey]]\nname = "g"\n[[device]]\nname="d"\nat=[1,2]\n')

    assert plan.devices[0].place.floor == 0


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = (
        HOUSE.replace('material = "foil"\nopenings', 'material = "fool"\nopenings')
        .replace("height = 2.7", "height = 99")
        .replace('like = "ground"', 'like = "grund"')
        .replace("2440 = 30", "2440 = -30")
        .replace("[4, 3], ", "[4], ")
        .replace("from = 0.5, to = 1.4", "from = 1.5, to = 1.4")
        .replace("at = [1, 1]", "at = [1, 1, 1]")
        .replace("gain = -2", "gian = -2")
        .replace('enclosure = "meter cupboard"', "enclosure = 3")
    )

    found = problems(tmp_path, text)

    assert [int(each.split(":")[1]) for each in found] == [5, 10, 14, 21, 29, 30, 30, 38, 40, 41]
    assert "expected a number from 1.5 to 30" in found[0]
    assert "unknown key 'gian'" in " ".join(found)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('name = "a house"\n', ""), "plan.toml:1: name is missing"),
        (("to = [2, 3]", "to = [2, 0]"), "wall 1: to = [2.0, 0.0]: the wall has no length"),
        (('storey = "first"', ""), "device 1: storey is missing"),
        (('name = "first"', 'name = "ground"'), "there is a storey of that name"),
        (('like = "ground"', 'like = "first"'), "that is this storey itself"),
        (('like = "ground"', "level = 0"), "there is a storey at that level"),
        (("corners = [[0, 0], [4, 0], [4, 3], [0, 3]]", ""), "room 1: corners is missing"),
        (("bottom = 1", "botom = 1"), "opening: unknown key 'botom'"),
        (("to = 2.5", "to = 3.5"), "expected it within the 3 m of the wall"),
        (("to = 2.5", 'to = "2,5"'), "expected numbers of metres"),
        (('walls = "brick"', "walls = 3"), "walls = 3: expected a text in quotes"),
        (('material = "glass"', 'material = "gals"'), "material = 'gals': expected open, "),
        (("{ from = 0.5, to = 1.4,", "{ from = 0.5,"), "expected from, to and material at least"),
        (("{ 868 = 25, 2440 = 30 }", "{ low = 25 }"), "expected megahertz and dB"),
    ],
)
def test_mistake_is_told(tmp_path: Path, change: tuple[str, str], problem: str) -> None:
    assert change[0] in HOUSE

    assert problem in "\n".join(problems(tmp_path, HOUSE.replace(*change)))


def test_two_devices_of_one_name_are_refused(tmp_path: Path) -> None:
    twice = HOUSE + HOUSE[HOUSE.index("[[device]]") :]

    assert problems(tmp_path, twice) == [
        "plan.toml:43: device 2: name = 'CHF': there is a device of that name"
    ]


def test_plan_without_a_storey_is_refused(tmp_path: Path) -> None:
    assert "no [[storey]]: expected one at least" in problems(tmp_path, 'name = "h"\n')[0]


RISER = '[[riser]]\nname = "shaft"\ncorners = [[1, 1], [2, 1], [2, 2], [1, 2]]\n'


def test_a_riser_goes_through_all_storeys_and_is_open_unless_told(tmp_path: Path) -> None:
    (riser,) = plan_of(tmp_path, HOUSE + RISER).risers

    assert (riser.name, riser.lowest, riser.highest) == ("shaft", 0, 1)
    assert riser.stop.name == "open"
    assert "brick" in plan_of(tmp_path, HOUSE + RISER + 'stop = "brick"\n').unverified_materials()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('to = "ground"\n', "to = 'ground': expected a storey above its first"),
        ('from = "attic"\n', "attic"),
        (RISER, "there is a riser of that name"),
        ("depth = 2\n", "depth"),
    ],
)
def test_a_riser_that_is_none_is_told(tmp_path: Path, more: str, told: str) -> None:
    path = tmp_path / "home.toml"
    path.write_text(HOUSE + RISER + more)
    document = read_toml(path)

    parse_plan(document)

    assert any(told in each for each in document.mistakes)
