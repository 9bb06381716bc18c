"""What the DCC keeps until its date: dated requests and schedules (DUIS 5.4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, ClassVar

from emulator.dcc.alerts.announcements import COMMAND_FAILED, SCHEDULE_REMOVED, told
from emulator.dcc.answers import failed
from emulator.dcc.primitives import (
    DropRequests,
    DueRequest,
    Hold,
    ScheduleRequest,
)
from emulator.dcc.requests.schedules import Schedule, made_schedule
from emulator.dcc.service_request import Acknowledgement, ServiceRequest
from emulator.dcc.world import DccWorld
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import Instant


@dataclass(frozen=True, slots=True)
class _Held:
    """A dated request."""

    request: ServiceRequest
    due: datetime


class CalendarDesk:
    """Keeps dated requests and schedules.

    Args:
        world: what the DCC knows.
    """

    accepts: ClassVar[tuple[type, ...]] = (DropRequests, Hold, ScheduleRequest)

    def __init__(self, world: DccWorld) -> None:
        self._world = world
        self._held: list[_Held] = []
        self._schedules: dict[int, Schedule] = {}
        self._next_due: dict[int, datetime] = {}
        self._numbers = 0
        self._handlers: Mapping[type, Callable[[Any, Instant], Sequence[object]]] = (
            MappingProxyType(
                {DropRequests: self._drop, Hold: self._hold, ScheduleRequest: self._schedule}
            )
        )

    def handle(self, event: object, now: Instant) -> Sequence[object]:
        """Effects of something to keep, or to forget."""
        return self._handlers[type(event)](event, now)

    def wake(self, now: Instant) -> Sequence[object]:
        """What falls due."""
        moment = self._world.moment(now)
        due = [each for each in self._held if each.due <= moment]
        self._held = [each for each in self._held if each.due > moment]
        effects: list[object] = [DueRequest(each.request) for each in due]
        for number, when in sorted(self._next_due.items()):
            if when <= moment:
                schedule = self._schedules[number]
                effects.append(DueRequest(schedule.request(when), number))
                self._plan(schedule, when)
        return effects

    @property
    def deadline(self) -> Instant | None:
        """When something falls due next."""
        moments = [each.due for each in self._held] + list(self._next_due.values())
        if not moments:
            return None
        return Instant((min(moments) - self._world.calendar.start) // timedelta(microseconds=1))

    def _hold(self, event: Hold, now: Instant) -> Sequence[object]:
        del now
        self._held.append(_Held(event.request, event.due))
        return ()

    def _schedule(self, event: ScheduleRequest, now: Instant) -> Sequence[object]:
        request = event.request
        actions = {"5.1": self._create, "5.2": self._read, "5.3": self._delete}
        try:
            body = actions[request.srv](request, self._world.moment(now))
        except UsageError as error:
            code = self._world.settings.codes.malformed
            return (
                Acknowledgement(
                    request_id=request.request_id, code=code, reason=str(error), clause="DUIS 5.4"
                ),
            )
        return (Acknowledgement(request_id=request.request_id, code="I0", body=body),)

    def _create(self, request: ServiceRequest, moment: datetime) -> object:
        schedule = made_schedule(request, self._numbers + 1)
        self._numbers += 1
        self._schedules[schedule.number] = schedule
        self._plan(schedule, moment)
        return {"DSPScheduleID": schedule.number}

    def _read(self, request: ServiceRequest, moment: datetime) -> object:
        """One schedule by its number, or the user's schedules of a device."""
        del moment
        device = request.parameters.get("DeviceID")
        if device is None:
            return (self._own(request),)
        mine = [
            each
            for each in self._schedules.values()
            if each.device == device and each.user == request.request_id.originator
        ]
        return tuple(mine[: self._world.settings.schedules_per_reply])

    def _delete(self, request: ServiceRequest, moment: datetime) -> object:
        del moment
        schedule = self._own(request)
        self._forget(schedule)
        return {"DSPScheduleID": schedule.number}

    def _own(self, request: ServiceRequest) -> Schedule:
        """The schedule that a request names.

        Raises:
            UsageError: when there is none, or it is another user's.
        """
        number = request.parameters.get("DSPScheduleID")
        found = self._schedules.get(number) if isinstance(number, int) else None
        if found is None or found.user != request.request_id.originator:
            raise UsageError(f"the user has no schedule {number!r}")
        return found

    def _plan(self, schedule: Schedule, after: datetime) -> None:
        due = schedule.next_due(after)
        if due is None:
            self._next_due.pop(schedule.number, None)
        else:
            self._next_due[schedule.number] = due

    def _forget(self, schedule: Schedule) -> None:
        del self._schedules[schedule.number]
        self._next_due.pop(schedule.number, None)

    def _drop(self, event: DropRequests, now: Instant) -> Sequence[object]:
        """A device ended, or has another supplier: its users are told what is dropped."""
        del now
        effects: list[object] = []
        for schedule in tuple(self._schedules.values()):
            if _concerned(event, schedule.device, schedule.user):
                self._forget(schedule)
                device = format_eui64(schedule.device)
                payload = {"DeviceID": device, "DSPScheduleID": schedule.number}
                effects += told(schedule.user, SCHEDULE_REMOVED, payload)
        for held in tuple(self._held):
            request = held.request
            if _concerned(event, request.target, request.request_id.originator):
                self._held.remove(held)
                effects += _failed(request, event.reason)
        return effects


def _concerned(event: DropRequests, device: Eui64, user: Eui64) -> bool:
    return event.device == device and event.user in (None, user)


def _failed(request: ServiceRequest, reason: str) -> tuple[object, ...]:
    payload = {"RequestID": str(request.request_id), "DeviceID": format_eui64(request.target)}
    alert = told(request.request_id.originator, COMMAND_FAILED, payload)
    return (*failed(request, "E5", reason), *alert)
