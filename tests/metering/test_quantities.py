import pytest

from emulator.metering.quantities import COUNT, DAY, HALF_HOUR, HOUR, rate_for, whole_counts


def test_a_kilowatt_for_an_hour_is_a_thousand_watt_hours() -> None:
    milliwatts = 1_000_000

    assert whole_counts(milliwatts * HOUR) == 1_000


@pytest.mark.parametrize(("counts", "rate"), [(0, 0), (1, 2_000), (123, 246_000)])
def test_rate_of_a_half_hour_gives_its_counts_back(counts: int, rate: int) -> None:
    assert rate_for(counts, HALF_HOUR) == rate
    assert whole_counts(rate * HALF_HOUR) == counts


def test_rate_is_rounded_half_up() -> None:
    # 1 Wh a day is 41.67 mW; 3 Wh in two days 62.5 mW
    assert (rate_for(1, DAY), rate_for(3, 2 * DAY)) == (42, 63)


def test_begun_count_is_not_shown() -> None:
    assert whole_counts(COUNT - 1) == 0
