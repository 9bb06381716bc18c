import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.rf_noise.homes.intervals import Share


def test_interval_is_that_of_wilson() -> None:
    # Newcombe, Statistics in Medicine 17 (1998) 857, Table I (from memory): 81 of 263 and others
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }

    for counts, bounds in published.items():
        assert Share(*counts).interval == pytest.approx(bounds, abs=5e-5)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_interval_holds_the_share(count: int, more: int) -> None:
    share = Share(count, count + more)
    low, high = share.interval

    assert 0 <= low <= share.value <= high + 1e-12 <= 1 + 1e-12


def test_share_is_told_in_per_cent() -> None:
    assert Share(50, 1000).words == "5.0% (3.8 to 6.5)"
