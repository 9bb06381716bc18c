from emulator.building.example_room import example_site
from emulator.building.room_picture import room_picture


def test_every_item_is_drawn_with_its_size_and_owner_and_the_redundant_ones_broken() -> None:
    room = example_site("room").room

    drawn = room_picture(room)

    assert drawn.count("<title>") == len(room.items)
    assert "<title>meter 1: 200 by 300 mm, supplier</title>" in drawn
    assert "<title>distribution equipment 2: redundant, 260 by 100 mm, distributor</title>" in drawn
    assert drawn.count("stroke-dasharray") == sum(item.redundant for item in room.items)
