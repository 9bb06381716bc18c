"""Schedules that the DCC keeps: reads that repeat (DUIS 5.4, SRV 5.1 to 5.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any, Final

from emulator.dcc.orders.request_devices import named_device
from emulator.dcc.service_request import CommandVariant, RequestId, ServiceRequest
from emulator.gbcs.commands.parameter_groups import flat_parameters
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64

_LONGEST_GAP: Final = 366
"""Days after which a schedule has fallen due again at the latest."""


class ScheduleFrequency(Enum):
    """How often (DUIS 5.4 ScheduleFrequency)."""

    DAILY = "Daily"
    WEEKLY = "Weekly"
    MONTHLY = "Monthly"
    QUARTERLY = "Quarterly"
    HALF_YEARLY = "Half-Yearly"
    YEARLY = "Yearly"


_MONTHS: Final = {
    ScheduleFrequency.MONTHLY: 1,
    ScheduleFrequency.QUARTERLY: 3,
    ScheduleFrequency.HALF_YEARLY: 6,
    ScheduleFrequency.YEARLY: 12,
}
_OFFSETS: Final = (
    ("StartDateTime", "StartDateOffset", "StartTime"),
    ("EndDateTime", "EndDateOffset", "EndTime"),
)
"""Parameters of a read, and those of its schedule that make them (DUIS 5.4 ReadLogPeriodOffset)."""
_OWN: Final = frozenset(
    (
        "ScheduleFrequency",
        "ScheduleStartDate",
        "ScheduleEndDate",
        "ScheduleExecutionStartTime",
        "DSPScheduledServiceReference",
        "DSPScheduledServiceReferenceVariant",
        "KAPublicSecurityCredential",
        "DeviceID",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A read that repeats.

    Args:
        number: DSPScheduleID.
        request_id: of the request that made it.
        device: what is read.
        srv: with which service reference variant.
        start: first day on which it may fall due.
        end: last day; None for no end.
        at: time of day, UTC.
        parameters: of the read; offsets count from the day it falls due.
        asked: name and content of the element that asked for the read; None without one.
    """

    number: int
    request_id: RequestId
    device: Eui64
    srv: str
    frequency: ScheduleFrequency
    start: date
    end: date | None = None
    at: time = time(0)
    parameters: Mapping[str, object] = field(default_factory=dict)
    asked: tuple[str, object] | None = None

    @property
    def user(self) -> Eui64:
        """Whose it is."""
        return self.request_id.originator

    def next_due(self, after: datetime) -> datetime | None:
        """When it falls due next after a moment; None when it has ended."""
        day = max(self.start, after.date())
        for _ in range(_LONGEST_GAP + 1):
            if self.end is not None and day > self.end:
                return None
            due = datetime.combine(day, self.at, UTC)
            if due > after and self._falls_on(day):
                return due
            day += timedelta(days=1)
        return None

    def _falls_on(self, day: date) -> bool:
        if self.frequency is ScheduleFrequency.DAILY:
            return True
        if self.frequency is ScheduleFrequency.WEEKLY:
            return (day - self.start).days % 7 == 0
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        if months % _MONTHS[self.frequency]:
            return False
        return day.day == min(self.start.day, _last_day(day))

    def request(self, due: datetime) -> ServiceRequest:
        """The read that it asks for when it falls due."""
        parameters = dict(self.parameters)
        for name, offset, at in _OFFSETS:
            days = parameters.pop(offset, None)
            of_day = _time(parameters.pop(at, time(0)))
            if days is not None:
                day = due.date() + timedelta(days=int(str(days)))
                parameters[name] = datetime.combine(day, of_day, UTC)
        return ServiceRequest(
            request_id=RequestId(self.user, self.device, self.request_id.counter),
            srv=self.srv,
            variant=CommandVariant.SEND,
            parameters=parameters,
        )


def _last_day(day: date) -> int:
    return ((day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)).day


def made_schedule(request: ServiceRequest, number: int) -> Schedule:
    """The schedule that a request asks for (SRV 5.1).

    Raises:
        UsageError: when a parameter is missing or no schedule may hold what it asks for.
    """
    parameters = request.parameters
    srv = parameters.get("DSPScheduledServiceReferenceVariant")
    if not isinstance(srv, str) or not service_request(srv).dcc_scheduled:
        raise UsageError(f"no schedule may hold {srv!r}")
    device = named_device(parameters, "DeviceID")
    if device is None:
        raise UsageError("a schedule names its device in DeviceID")
    try:
        frequency = ScheduleFrequency(parameters.get("ScheduleFrequency"))
    except ValueError:
        expected = ", ".join(each.value for each in ScheduleFrequency)
        raise UsageError(f"ScheduleFrequency: expected one of {expected}") from None
    end = _date(parameters, "ScheduleEndDate")
    at = _time(parameters.get("ScheduleExecutionStartTime", time(0)))
    start = _date(parameters, "ScheduleStartDate")
    if start is None or (end is not None and end < start):
        raise UsageError("ScheduleStartDate is needed, and no end before it")
    own = {
        name: value
        for name, value in flat_parameters(parameters).items()
        if name not in _OWN and not isinstance(value, Mapping)
    }
    return Schedule(
        number=number,
        request_id=request.request_id,
        device=device,
        srv=srv,
        frequency=frequency,
        start=start,
        end=end,
        at=at,
        parameters=own,
        asked=next((each for each in parameters.items() if each[0] not in _OWN), None),
    )


def _time(value: object) -> time:
    """A time of day, also where it is written as text.

    Raises:
        UsageError: when it is none.
    """
    try:
        written = time.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        written = None
    if not isinstance(written, time):
        raise UsageError(f"time of day {value!r}: expected one like 06:30:00")
    return written.replace(tzinfo=None)


def _date(parameters: Mapping[str, Any], name: str) -> date | None:
    value = parameters.get(name)
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise UsageError(f"{name} {value!r}: expected a date like 2026-01-31") from None
    return value if isinstance(value, date) else None
