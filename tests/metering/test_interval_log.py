import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import LocalError
from emulator.metering.interval_log import Entry, IntervalLog

gaps = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 1000)), max_size=60)


@given(gaps, st.integers(1, 20))
def test_log_keeps_the_last_intervals_and_zero_where_nothing_was_written(
    written: list[tuple[int, int]], limit: int
) -> None:
    log, at = IntervalLog(10, limit), 100
    everything: dict[int, int] = {}
    for gap, counts in written:
        if everything:
            everything.update(dict.fromkeys(range(at + 1, at + gap), 0))
        at += gap
        everything[at] = counts
        log.add(at, counts)

    expected = [Entry(*each) for each in sorted(everything.items())][-limit:]
    assert list(log.entries()) == expected
    assert len(log) == len(expected)


def test_long_log_drops_the_oldest() -> None:
    log = IntervalLog(10, 100)
    for interval in range(5_000):
        log.add(interval, interval)

    assert [each.interval for each in log.entries()] == list(range(4_900, 5_000))


def test_entries_lie_whole_within_what_is_asked_for() -> None:
    log = IntervalLog(10, 100)
    for interval in range(5):
        log.add(interval, interval)

    assert [each.interval for each in log.entries(since=11, until=40)] == [2, 3]


def test_earlier_interval_is_refused() -> None:
    log = IntervalLog(10, 100)
    log.add(7, 1)

    with pytest.raises(LocalError, match="not after 7"):
        log.add(7, 1)


@pytest.mark.parametrize("counts", [-1, 2**32])
def test_counts_that_no_meter_passes_are_refused(counts: int) -> None:
    with pytest.raises(LocalError, match="32 bits"):
        IntervalLog(10, 100).add(0, counts)


def test_snapshot_goes_on_where_it_was() -> None:
    log, other = IntervalLog(10, 3), IntervalLog(10, 3)
    for interval in range(9):
        log.add(interval, interval)
    other.restore(json.loads(json.dumps(log.snapshot())))
    log.add(9, 1)
    other.add(9, 1)

    assert list(other.entries()) == list(log.entries())


def test_cleared_log_is_empty() -> None:
    log = IntervalLog(10, 3)
    log.add(1, 1)
    log.clear()

    assert (len(log), list(log.entries())) == (0, [])


@given(st.lists(st.lists(st.integers(0, 9), max_size=30), max_size=8), st.integers(1, 20))
def test_many_at_once_are_kept_like_one_by_one(runs: list[list[int]], limit: int) -> None:
    once, singly, at = IntervalLog(10, limit), IntervalLog(10, limit), 100
    for run in runs:
        once.extend(at, run)
        for place, counts in enumerate(run):
            singly.add(at + place, counts)
        at += len(run) + 2

    assert list(once.entries()) == list(singly.entries())


def test_what_no_meter_can_pass_is_refused_among_many() -> None:
    with pytest.raises(LocalError, match="32 bits"):
        IntervalLog(10, 5).extend(0, [1, 2**32])
