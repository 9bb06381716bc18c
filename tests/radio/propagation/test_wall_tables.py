from emulator.radio.propagation.wall_tables import edges


def test_sides_of_a_room_close_it() -> None:
    assert list(edges([(0, 0), (1, 0), (1, 1)])) == [
        ((0, 0), (1, 0)),
        ((1, 0), (1, 1)),
        ((1, 1), (0, 0)),
    ]
    assert list(edges([])) == []
