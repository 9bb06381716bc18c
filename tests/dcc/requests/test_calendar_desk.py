from datetime import timedelta

import pytest

from emulator.dcc.primitives import DropRequests, DueRequest, Hold, ScheduleRequest
from emulator.dcc.requests.calendar_desk import CalendarDesk
from emulator.dcc.service_request import (
    Acknowledgement,
    DccAlert,
    RequestId,
    ServiceRequest,
    ServiceResponse,
)
from emulator.duis.response_bodies import alert_payload
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Instant, hours, later
from emulator.testing.scenes.dcc_scene import ESME, GSME, DccScene, dcc_scene

USER, OTHER = Eui64(1), Eui64(2)
DAILY: dict[str, object] = {
    "DeviceID": ESME,
    "DSPScheduledServiceReferenceVariant": "4.6.1",
    "ScheduleFrequency": "Daily",
    "ScheduleStartDate": "2026-01-06",
}


@pytest.fixture
def scene() -> DccScene:
    return dcc_scene()


@pytest.fixture
def desk(scene: DccScene) -> CalendarDesk:
    return CalendarDesk(scene.dcc.world)


def request(
    srv: str, parameters: dict[str, object] | None = None, user: Eui64 = USER
) -> ServiceRequest:
    return ServiceRequest(
        request_id=RequestId(user, ESME, 1), srv=srv, variant=8, parameters=parameters or {}
    )


def asked(desk: CalendarDesk, made: ServiceRequest, now: Instant = START) -> Acknowledgement:
    (answer,) = desk.handle(ScheduleRequest(made), now)
    assert isinstance(answer, Acknowledgement)
    return answer


def test_dated_request_falls_due_at_its_date(desk: CalendarDesk, scene: DccScene) -> None:
    made = request("4.1.1")
    desk.handle(Hold(made, scene.moment + timedelta(hours=2)), START)

    assert desk.deadline == later(START, hours(2))
    assert not desk.wake(later(START, hours(1)))
    assert desk.wake(later(START, hours(2))) == [DueRequest(made)]
    assert desk.deadline is None


def test_schedule_falls_due_again_and_again(desk: CalendarDesk) -> None:
    asked(desk, request("5.1", DAILY))

    moments = []
    for _ in range(3):
        due = desk.deadline
        assert due is not None
        (effect,) = desk.wake(due)
        assert isinstance(effect, DueRequest)
        assert (effect.schedule, effect.request.srv) == (1, "4.6.1")
        moments.append(due)

    assert moments == [later(START, hours(24 * day)) for day in (1, 2, 3)]


def test_schedule_is_read_by_its_number_or_by_its_device(desk: CalendarDesk) -> None:
    asked(desk, request("5.1", DAILY))
    asked(desk, request("5.1", DAILY, OTHER))

    by_number = asked(desk, request("5.2", {"DSPScheduleID": 1})).body
    by_device = asked(desk, request("5.2", {"DeviceID": ESME})).body

    assert by_number == by_device
    assert isinstance(by_device, tuple)
    assert [each.number for each in by_device] == [1]


@pytest.mark.parametrize(
    "made",
    [
        request("5.2", {"DSPScheduleID": 1}, OTHER),
        request("5.3", {"DSPScheduleID": 1}, OTHER),
        request("5.3", {"DSPScheduleID": 9}),
        request("5.1"),
        request("5.1", DAILY | {"ScheduleFrequency": "Hourly"}),
    ],
)
def test_what_is_not_the_users_or_no_schedule_is_refused(
    desk: CalendarDesk, made: ServiceRequest
) -> None:
    asked(desk, request("5.1", DAILY))

    assert not asked(desk, made).accepted


def test_deleted_schedule_never_falls_due(desk: CalendarDesk) -> None:
    asked(desk, request("5.1", DAILY))

    asked(desk, request("5.3", {"DSPScheduleID": 1}))

    assert desk.deadline is None


def test_schedule_that_ended_is_not_planned(desk: CalendarDesk) -> None:
    asked(desk, request("5.1", DAILY | {"ScheduleEndDate": "2026-01-06"}))

    due = desk.deadline
    assert due is not None
    desk.wake(due)

    assert desk.deadline is None


@pytest.mark.parametrize(("user", "kept"), [(None, 0), (USER, 0), (OTHER, 2)])
def test_end_of_a_device_drops_what_waits_and_tells(
    desk: CalendarDesk, scene: DccScene, user: Eui64 | None, kept: int
) -> None:
    asked(desk, request("5.1", DAILY))
    desk.handle(Hold(request("4.1.1"), scene.moment + timedelta(hours=2)), START)

    effects = desk.handle(DropRequests(ESME, user, "reason"), START)
    desk.handle(DropRequests(GSME, None, "another device"), START)

    alerts = [alert_payload(each) for each in effects if isinstance(each, DccAlert)]
    responses = [each.reason for each in effects if isinstance(each, ServiceResponse)]
    assert (len(alerts), len(responses)) == (2 - kept, 1 - kept // 2)
    assert None not in alerts
    assert (desk.deadline is None) is (kept == 0)
