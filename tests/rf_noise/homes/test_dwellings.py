import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.rf_noise.homes.dwellings import DWELLINGS, homes_of_each


def test_shares_make_a_whole() -> None:
    assert sum(dwelling.share for dwelling in DWELLINGS) == pytest.approx(1)


@given(st.integers(10, 100_000))
def test_no_home_is_lost_and_each_kind_has_its_share(homes: int) -> None:
    counts = homes_of_each(homes)

    assert sum(counts) == homes
    for count, dwelling in zip(counts, DWELLINGS, strict=True):
        assert abs(count - homes * dwelling.share) < 1
