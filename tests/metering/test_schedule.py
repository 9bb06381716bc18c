from datetime import UTC, date, datetime

import pytest

from emulator.metering.drifting_clock import own_time
from emulator.metering.quantities import DAY, HOUR
from emulator.metering.schedule import Schedule, ScheduledDay, ScheduleEntry, YearPart

WEEKDAYS, WEEKEND = frozenset(range(1, 6)), frozenset((6, 7))
MONDAY = own_time(datetime(2026, 1, 5, tzinfo=UTC))


def entry(hour: int, selector: int, weekdays: frozenset[int] = WEEKDAYS) -> ScheduleEntry:
    return ScheduleEntry(60 * hour, selector, weekdays, frozenset())


def test_what_was_switched_last_holds_also_over_days_without_a_switch() -> None:
    schedule = Schedule([entry(8, 1), entry(20, 2)])

    held = [
        schedule.register(MONDAY + 4 * DAY + hour * HOUR) for hour in (7, 8, 20, 24, 48, 71, 80)
    ]
    assert held == [2, 1, 2, 2, 2, 2, 1]


def test_next_switch_is_found_or_midnight() -> None:
    schedule = Schedule([entry(8, 1)])

    assert schedule.next_switch(MONDAY) == MONDAY + 8 * HOUR
    assert schedule.next_switch(MONDAY + 8 * HOUR) == MONDAY + DAY


def test_special_day_has_only_its_own_switches() -> None:
    special = ScheduleEntry(600, 9, frozenset(), frozenset((1,)))
    schedule = Schedule([entry(8, 1), special], [ScheduledDay(1, 1, 6)])

    assert schedule.register(MONDAY + DAY + 9 * HOUR) == 1
    assert schedule.register(MONDAY + DAY + 10 * HOUR) == 9
    assert schedule.switches_of(date(2026, 1, 6)) == ((MONDAY + DAY + 10 * HOUR, 9),)


def test_before_anything_was_switched_the_other_holds() -> None:
    assert Schedule([], otherwise=7).register(MONDAY) == 7
    assert not Schedule([]).register(MONDAY)


@pytest.mark.parametrize(
    ("part", "days"),
    [
        (YearPart(), (True, True, True)),
        (YearPart((None, 4, 1), (None, 9, 30)), (False, True, False)),
        (YearPart((None, 10, 1), (None, 3, 31)), (True, False, True)),
        (YearPart((2026, 6, 1), None), (False, True, True)),
        (YearPart(None, (2026, 6, 1)), (True, True, False)),
        (YearPart((2025, 10, 1), (2026, 3, 31)), (True, False, False)),
    ],
)
def test_part_of_a_year_holds_both_its_ends(part: YearPart, days: tuple[bool, ...]) -> None:
    looked_at = (date(2026, 1, 1), date(2026, 6, 1), date(2026, 12, 31))

    assert tuple(part.holds(day) for day in looked_at) == days
