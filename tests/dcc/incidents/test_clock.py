from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from emulator.dcc.incidents.clock import Deadlines
from emulator.dcc.working_days import WorkingDays

MONDAY = datetime(2026, 1, 5, 10, tzinfo=UTC)
CALENDAR = WorkingDays()


@given(notified=st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants bounds without zone
def test_what_is_remembered_is_what_the_calendar_says(notified: datetime) -> None:
    deadlines = Deadlines(CALENDAR, 5, lambda _number: None)

    first, again = deadlines.end(notified), deadlines.end(notified)

    assert first == again == CALENDAR.deadline(notified, 5)


def test_requests_become_due_in_the_order_of_their_ends_and_once() -> None:
    open_requests: dict[int, datetime] = {}
    deadlines = Deadlines(CALENDAR, 5, open_requests.get)
    for number, days in ((1, 3), (2, 0), (3, 1)):
        open_requests[number] = deadlines.start(number, MONDAY + timedelta(days=days))

    assert deadlines.next == open_requests[2]
    assert deadlines.passed(MONDAY + timedelta(days=30)) == (2, 3, 1)
    assert deadlines.passed(MONDAY + timedelta(days=60)) == ()


def test_what_is_answered_or_has_a_new_end_is_not_due_at_the_old_one() -> None:
    open_requests: dict[int, datetime] = {}
    deadlines = Deadlines(CALENDAR, 5, open_requests.get)
    open_requests[1] = deadlines.start(1, MONDAY)
    open_requests[2] = deadlines.start(2, MONDAY)
    old = open_requests.pop(1)
    open_requests[2] = deadlines.start(2, MONDAY + timedelta(days=1))

    assert deadlines.passed(old) == ()
    assert deadlines.next == open_requests[2]
