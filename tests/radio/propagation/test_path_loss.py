import pytest

from emulator.radio.propagation.path_loss import SHORTEST, Place, power_at


def test_distance_is_straight_in_space_and_never_nothing() -> None:
    one = Place("a", 0, 0, 0)

    assert one.distance(Place("b", 2, 3, 6)) == 7
    assert one.distance(one) == SHORTEST


def test_power_falls_by_ten_for_ten_decibels() -> None:
    assert power_at(2.0, 30.0) == pytest.approx(0.002)
