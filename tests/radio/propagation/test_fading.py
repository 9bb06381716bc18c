from itertools import pairwise
from statistics import pstdev

import pytest

from emulator.kernel.units import Instant, seconds
from emulator.radio.propagation.fading import Fading

HOLD = seconds(100)


def at(fading: Fading, moment: float, one: str = "a", other: str = "b") -> float:
    return fading.loss(one, other, "2.4 GHz", Instant(seconds(moment)))


def test_value_stays_for_the_hold_time_and_then_changes() -> None:
    fading = Fading(1, 3.0, HOLD)

    values = [at(fading, moment) for moment in range(0, 1_000, 10)]
    changes = sum(early != late for early, late in pairwise(values))

    assert changes in (9, 10)


def test_what_was_asked_before_does_not_matter() -> None:
    asked, fresh = Fading(1, 3.0, HOLD), Fading(1, 3.0, HOLD)

    for moment in (5_000, 20, 777):
        at(asked, moment)

    assert at(asked, 3_210) == at(fresh, 3_210)


def test_fading_is_equal_both_ways_and_spread_as_set() -> None:
    fading = Fading(1, 3.0, HOLD)

    values = [at(fading, 100 * number) for number in range(2_000)]

    assert pstdev(values) == pytest.approx(3, abs=0.2)
    assert at(fading, 50, "a", "b") == at(fading, 50, "b", "a")


def test_links_change_at_instants_of_their_own() -> None:
    fading = Fading(1, 3.0, HOLD)

    def change(name: str) -> int:
        return next(m for m in range(200) if at(fading, m, name) != at(fading, m + 1, name))

    assert len({change(name) for name in "cdefgh"}) > 3


def test_value_is_told_with_the_time_for_which_it_stays() -> None:
    fading = Fading(1, 3.0, HOLD)

    value, begin, end = fading.held("a", "b", "2.4 GHz", Instant(seconds(321)))

    assert end - begin == HOLD
    assert begin <= seconds(321) < end
    assert value == at(fading, (end - 1) / 1e6) == at(fading, begin / 1e6)
    assert value != at(fading, end / 1e6)


def test_no_spread_is_no_fading() -> None:
    assert at(Fading(1, 0.0, HOLD), 5) == 0
