import json
from datetime import UTC, datetime

from emulator.metering.drifting_clock import own_time
from emulator.metering.prepayment.cost_of_use import CostOfUse, Period


def own(month: int, day: int, year: int = 2026) -> int:
    return own_time(datetime(year, month, day, 12, tzinfo=UTC))


def test_cost_is_put_aside_as_days_weeks_and_months_end() -> None:
    use = CostOfUse(own(1, 30))  # a Friday
    use.add(100, own(1, 30))
    use.add(20, own(1, 31))
    use.add(3, own(2, 2))

    assert use.current == {Period.DAY: 3, Period.WEEK: 3, Period.MONTH: 3}
    assert list(use.past[Period.DAY]) == [100, 20, 0]
    assert list(use.past[Period.WEEK]) == [120]
    assert list(use.past[Period.MONTH]) == [120]


def test_years_turn_months_and_weeks() -> None:
    use = CostOfUse(own(12, 31, 2026))
    use.add(7, own(12, 31, 2026))
    use.add(1, own(1, 1, 2027))

    assert list(use.past[Period.MONTH]) == [7]
    assert list(use.past[Period.WEEK]) == []


def test_what_is_too_long_ago_is_forgotten() -> None:
    use = CostOfUse(own(1, 1))
    use.add(7, own(1, 1))
    use.add(0, own(12, 1))

    assert list(use.past[Period.DAY]) == [0] * 8
    assert list(use.past[Period.WEEK]) == [0] * 5
    assert list(use.past[Period.MONTH]) == [7, *[0] * 10]


def test_clock_that_was_set_back_turns_nothing_back() -> None:
    use = CostOfUse(own(2, 2))
    use.add(5, own(1, 31))

    assert use.current[Period.DAY] == 5


def test_snapshot_goes_on_where_it_was() -> None:
    use, other = CostOfUse(own(1, 30)), CostOfUse(own(5, 5))
    use.add(100, own(1, 30))
    use.add(20, own(2, 2))
    other.restore(json.loads(json.dumps(use.snapshot())))

    assert other.snapshot() == use.snapshot()
    assert other.past[Period.DAY].maxlen == 8
