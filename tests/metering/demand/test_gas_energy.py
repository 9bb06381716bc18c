import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.metering.demand.gas_energy import litres, watt_hours


def test_cubic_metre_is_eleven_kilowatt_hours() -> None:
    # 1 m3 x 1.02264 x 39.5 / 3.6
    assert watt_hours(1_000) == 11_221


def test_factor_and_value_may_be_others() -> None:
    # 10 m3 x 1 x 36 / 3.6
    assert watt_hours(10_000, 100_000, 3_600_000) == 100_000


@given(st.integers(0, 10**9))
def test_volume_comes_back_from_its_energy(volume: int) -> None:
    assert litres(watt_hours(volume)) == volume


@pytest.mark.parametrize("terms", [(0, 1), (1, 0), (-1, 1)])
def test_factor_that_is_none_is_refused(terms: tuple[int, int]) -> None:
    for conversion in (watt_hours, litres):
        with pytest.raises(UsageError, match="above 0"):
            conversion(1, *terms)
