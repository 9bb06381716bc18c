from hypothesis import given
from hypothesis import strategies as st

from emulator.alt_han.coordination.parties import MeterPoint
from emulator.alt_han.meter_room.placement import fit
from emulator.building.example_room import (
    FIRST,
    bridge_at,
    example_site,
    hub_at,
    smets2_meter_at,
)


@given(st.integers(1, 6))
def test_a_room_of_any_size_has_nothing_on_anything_else_and_no_space(count: int) -> None:
    points = [
        MeterPoint(mpan=f"{number:013d}", customer=f"flat {number}", supplier="supplier")
        for number in range(count)
    ]

    room = example_site("room", points).room

    assert not list(room.problems())
    assert not fit(room, [bridge_at(points[0].mpan)]).fits


def test_without_trunking_meter_hub_and_bridge_fit_together() -> None:
    room = example_site("room").room.without("trunking 1")

    found = fit(room, [smets2_meter_at(FIRST), hub_at(FIRST), bridge_at(FIRST)])

    assert found.fits
    assert not list(found.room.problems())
