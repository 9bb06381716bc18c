from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dcc.requests.schedules import Schedule, ScheduleFrequency, made_schedule
from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.dcc_scene import ESME, HUB

ID = RequestId(HUB, ESME, 1)
GOOD: dict[str, object] = {
    "DeviceID": ESME,
    "DSPScheduledServiceReference": "4.6",
    "DSPScheduledServiceReferenceVariant": "4.6.1",
    "ScheduleFrequency": "Monthly",
    "ScheduleStartDate": "2026-01-31",
    "ScheduleEndDate": "2027-01-31",
    "ScheduleExecutionStartTime": "06:30:00",
    "DSPRetrieveImportDailyReadLog": {
        "StartDateOffset": "-1",
        "StartTime": "00:00:00Z",
        "EndDateOffset": "0",
        "EndTime": "01:00:00Z",
    },
}


def schedule(frequency: ScheduleFrequency, start: date, end: date | None = None) -> Schedule:
    return Schedule(
        number=1, request_id=ID, device=ESME, srv="4.6.1", frequency=frequency, start=start, end=end
    )


def dues(made: Schedule, after: datetime, count: int) -> list[str]:
    found: list[str] = []
    moment: datetime | None = after
    for _ in range(count):
        assert moment is not None
        moment = made.next_due(moment)
        if moment is None:
            break
        found.append(moment.date().isoformat())
    return found


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        ("DAILY", ["2026-01-31", "2026-02-01", "2026-02-02"]),
        ("WEEKLY", ["2026-01-31", "2026-02-07", "2026-02-14"]),
        ("MONTHLY", ["2026-01-31", "2026-02-28", "2026-03-31"]),
        ("QUARTERLY", ["2026-01-31", "2026-04-30", "2026-07-31"]),
        ("HALF_YEARLY", ["2026-01-31", "2026-07-31", "2027-01-31"]),
        ("YEARLY", ["2026-01-31", "2027-01-31", "2028-01-31"]),
    ],
)
def test_schedule_falls_due_as_often_as_it_says(frequency: str, expected: list[str]) -> None:
    made = schedule(ScheduleFrequency[frequency], date(2026, 1, 31))

    assert dues(made, datetime(2026, 1, 1, tzinfo=UTC), 3) == expected


def test_schedule_ends_with_its_last_day() -> None:
    made = schedule(ScheduleFrequency.DAILY, date(2026, 1, 1), date(2026, 1, 2))

    assert dues(made, datetime(2025, 12, 1, tzinfo=UTC), 5) == ["2026-01-01", "2026-01-02"]


@given(
    st.sampled_from(ScheduleFrequency),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds have no zone
)
def test_next_due_lies_after_and_on_or_after_the_start(
    frequency: ScheduleFrequency, start: date, after: datetime
) -> None:
    due = schedule(frequency, start).next_due(after)

    assert due is None or (due > after and due.date() >= start)
    if start <= date(2029, 1, 1):
        assert due is not None


def made(**changes: object) -> Schedule:
    request = ServiceRequest(request_id=ID, srv="5.1", variant=8, parameters=GOOD | changes)
    return made_schedule(request, 7)


def test_schedule_is_made_of_the_parameters_of_duis() -> None:
    found = made()

    assert (found.number, found.srv, found.at) == (7, "4.6.1", time(6, 30))
    assert (found.start, found.end) == (date(2026, 1, 31), date(2027, 1, 31))
    assert found.frequency is ScheduleFrequency.MONTHLY


def test_offsets_count_from_the_day_it_falls_due() -> None:
    request = made().request(datetime(2026, 1, 31, 6, 30, tzinfo=UTC))

    assert request.srv == "4.6.1"
    assert request.target == ESME
    assert request.parameters == {
        "StartDateTime": datetime(2026, 1, 30, tzinfo=UTC),
        "EndDateTime": datetime(2026, 1, 31, 1, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DSPScheduledServiceReferenceVariant", "7.1"),
        ("DSPScheduledServiceReferenceVariant", None),
        ("DSPScheduledServiceReferenceVariant", "99"),
        ("DeviceID", None),
        ("ScheduleFrequency", "Hourly"),
        ("ScheduleStartDate", None),
        ("ScheduleStartDate", "soon"),
        ("ScheduleEndDate", "2025-01-01"),
        ("ScheduleExecutionStartTime", "late"),
        ("ScheduleExecutionStartTime", 7),
    ],
)
def test_what_makes_no_schedule_is_refused(name: str, value: object) -> None:
    with pytest.raises(UsageError):
        made(**{name: value})
