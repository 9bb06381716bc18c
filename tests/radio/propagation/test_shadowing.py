from statistics import correlation, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.radio.propagation.shadowing import Shadowing

NAMES = [f"device {number}" for number in range(3_000)]


@given(st.text(), st.text(), st.integers(0, 99))
def test_link_is_shadowed_equally_both_ways(one: str, other: str, seed: int) -> None:
    shadowing = Shadowing(seed, 8.0, 0.5)

    assert shadowing.loss(one, other, "868 MHz") == shadowing.loss(other, one, "868 MHz")


@pytest.mark.parametrize("wanted", [0.0, 0.5, 1.0])
def test_spread_and_correlation_of_bands_are_as_set(wanted: float) -> None:
    shadowing = Shadowing(1, 6.0, wanted)

    high = [shadowing.loss("hub", name, "2.4 GHz") for name in NAMES]
    low = [shadowing.loss("hub", name, "868 MHz") for name in NAMES]

    assert pstdev(high) == pytest.approx(6, abs=0.3)
    assert correlation(high, low) == pytest.approx(wanted, abs=0.05)


def test_no_spread_is_no_shadowing_and_another_seed_another_draw() -> None:
    assert Shadowing(1, 0.0).loss("a", "b", "2.4 GHz") == 0
    assert Shadowing(1, 4.0).loss("a", "b", "x") != Shadowing(2, 4.0).loss("a", "b", "x")
