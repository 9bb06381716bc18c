from emulator.radio.propagation.floor_plan import FloorPlan, PlacedDevice, Room, Storey, Wall
from emulator.radio.propagation.materials import shipped_materials
from emulator.radio.propagation.path_loss import Place
from emulator.rf_noise.pictures.floor_plan import LinkMargin, floor_plan_picture

MATERIALS = shipped_materials()
GROUND, ABOVE, EMPTY = (
    Storey(name, level, 2.6 * level, 2.6, MATERIALS["timber floor"])
    for level, name in enumerate(("ground", "first", "loft"))
)
PLAN = FloorPlan(
    name="a house",
    storeys=(GROUND, ABOVE, EMPTY),
    walls=(Wall(GROUND, (0, 0), (5, 0), next(iter(MATERIALS.values()))),),
    rooms=(Room("hall", GROUND, ((0, 0), (5, 0), (5, 4), (0, 4))),),
    devices=(
        PlacedDevice("hub", Place("hub", 1, 1, 1)),
        PlacedDevice("GSME", Place("GSME", 4, 3, 0.5)),
        PlacedDevice("IHD", Place("IHD", 3, 2, 3.6, floor=1)),
    ),
)


def test_picture_tells_the_margin_of_every_link() -> None:
    links = [
        LinkMargin("hub", "GSME", "2.4 GHz", 30, -4),
        LinkMargin("hub", "IHD", "2.4 GHz", 20, 12),
    ]

    picture = floor_plan_picture(PLAN, "hub", links)

    assert picture.title == "Floor plan of a house with link margins at 2.4 GHz"
    assert "GSME 30 dB, -4 dB; IHD 20 dB, 12 dB" in picture.caption
    assert "30 \u2192 -4 dB" in picture.svg
    assert "hub to IHD: margin 20 dB, with the noise 12 dB" in picture.svg


def test_device_that_the_plan_has_not_is_left_out() -> None:
    picture = floor_plan_picture(PLAN, "hub", [LinkMargin("hub", "CAD", "2.4 GHz", 30, 20)])

    assert "CAD" not in picture.svg
