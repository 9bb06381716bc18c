import numpy as np
import pytest

from emulator.kernel.streams import Streams
from emulator.rf_noise.homes.draws import normal, uniform


@pytest.mark.parametrize("draw", [uniform, normal])
def test_home_has_the_same_draws_in_any_population(draw: object) -> None:
    assert callable(draw)
    few, many = draw(Streams(1), "gas", 100), draw(Streams(1), "gas", 5000)

    assert np.array_equal(few, many[:100])


def test_seeds_and_purposes_draw_otherwise() -> None:
    one = normal(Streams(1), "gas", 50)

    assert not np.array_equal(one, normal(Streams(2), "gas", 50))
    assert not np.array_equal(one, normal(Streams(1), "walls", 50))


def test_draws_have_their_distributions() -> None:
    assert uniform(Streams(1), "x", 20_000).mean() == pytest.approx(0.5, abs=0.01)
    drawn = normal(Streams(1), "x", 20_000)
    assert (drawn.mean(), drawn.std()) == pytest.approx((0, 1), abs=0.02)
