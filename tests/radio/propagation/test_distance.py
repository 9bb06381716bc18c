import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.radio.propagation.distance import FreeSpace, LogDistance, free_space_loss
from emulator.radio.propagation.path_loss import Place, power_at

# ns-3's unit tests of propagation: wavelength 0.125 m, 50.35702 mW, antennas without gain.
FREQUENCY = 2_398.339664e6
WATTS = 0.05035702
FRIIS = [(100, 4.98265e-10), (500, 1.99306e-11), (1000, 4.98265e-12), (2000, 1.24566e-12)]
LOG = [(10, 4.98265e-9), (20, 6.22831e-10), (40, 7.78539e-11), (80, 9.73173e-12)]


def apart(metres: float) -> tuple[Place, Place]:
    return Place("a"), Place("b", metres)


@pytest.mark.parametrize(("metres", "watts"), FRIIS)
def test_free_space_gives_the_powers_that_ns_3_publishes(metres: float, watts: float) -> None:
    lost = FreeSpace().loss(*apart(metres), FREQUENCY)

    assert power_at(WATTS, lost) == pytest.approx(watts, rel=1e-5)


@pytest.mark.parametrize(("metres", "watts"), LOG)
def test_log_distance_gives_the_powers_that_ns_3_publishes(metres: float, watts: float) -> None:
    lost = LogDistance(3.0, 40.045997).loss(*apart(metres), FREQUENCY)

    assert power_at(WATTS, lost) == pytest.approx(watts, rel=1e-5)


def test_log_distance_begins_at_free_space_unless_told() -> None:
    assert LogDistance().loss(*apart(1), FREQUENCY) == free_space_loss(1, FREQUENCY)
    assert LogDistance(2.0).loss(*apart(50), FREQUENCY) == pytest.approx(
        FreeSpace().loss(*apart(50), FREQUENCY)
    )


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_loss_never_falls_with_distance_and_is_equal_both_ways(near: float, far: float) -> None:
    near, far = sorted((near, far))
    for model in (FreeSpace(), LogDistance()):
        one, other = apart(far)
        assert model.loss(*apart(near), 868e6) <= model.loss(one, other, 868e6)
        assert model.loss(one, other, 868e6) == model.loss(other, one, 868e6)
