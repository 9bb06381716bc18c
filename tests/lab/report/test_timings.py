import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import Instant
from emulator.lab.kept.result import Step, Verdict
from emulator.lab.report.timings import timings


def step(start: int, end: int) -> Step:
    return Step("waits", "", Verdict.PASS, Instant(start), Instant(end))


def test_bars_share_an_axis_that_ends_with_the_last_step() -> None:
    drawn = timings((step(0, 5_000_000), step(5_000_000, 20_000_000)))

    assert [(bar.left, bar.width) for bar in drawn.bars] == [(0, 25), (25, 75)]


@pytest.mark.parametrize(
    ("end", "marks"),
    [
        (20_000_000, [0, 5_000_000, 10_000_000, 15_000_000, 20_000_000]),
        (7, [0, 1, 2, 3, 4, 5, 6, 7]),
        (8, [0, 2, 4, 6, 8]),
        (90_000_000, [0, 20_000_000, 40_000_000, 60_000_000, 80_000_000]),
    ],
)
def test_axis_carries_round_marks(end: int, marks: list[int]) -> None:
    drawn = timings((step(0, end),))

    assert [tick.at for tick in drawn.ticks] == marks
    assert [tick.left for tick in drawn.ticks] == [100 * at / end for at in marks]


def test_no_steps_give_no_bars() -> None:
    assert timings(()).bars == ()


def test_steps_that_take_no_time_at_the_start_have_no_width() -> None:
    assert [(bar.left, bar.width) for bar in timings((step(0, 0),)).bars] == [(0, 0)]


@given(st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 10**12)), max_size=8))
def test_everything_stays_on_the_axis(spans: list[tuple[int, int]]) -> None:
    drawn = timings([step(start, start + length) for start, length in spans])

    assert all(0 <= bar.left <= bar.left + bar.width <= 100.000001 for bar in drawn.bars)
    assert 1 <= len(drawn.ticks) <= 8
    assert all(0 <= tick.left <= 100 for tick in drawn.ticks)
