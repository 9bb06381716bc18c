from emulator.radio.propagation.floor_plan import (
    FloorPlan,
    Opening,
    PlacedDevice,
    Storey,
    Wall,
)
from emulator.radio.propagation.materials import shipped_materials
from emulator.radio.propagation.path_loss import Place

M = shipped_materials()
GROUND = Storey("ground", 0, 0.0, 2.6, M["timber floor"])
DOOR = Opening(1.0, 1.9, 0.0, 2.0, M["open"])
WALL = Wall(GROUND, (0, 0), (3, 4), M["brick"], (DOOR,))


def test_wall_is_met_beside_and_above_its_door_only() -> None:
    assert WALL.length == 5
    assert WALL.material_at(0.5, 1.0) is M["brick"]
    assert WALL.material_at(1.5, 1.0) is M["open"]
    assert WALL.material_at(1.5, 2.2) is M["brick"]


def test_plan_finds_devices_and_names_unproved_materials_once() -> None:
    hub = PlacedDevice("CHF", Place("CHF"), M["meter cupboard"])
    plan = FloorPlan("home", (GROUND,), (WALL, WALL), (), (hub,))

    assert plan.device("CHF") is hub
    assert plan.device("GSME") is None
    assert plan.unverified_materials() == ("brick", "meter cupboard")
