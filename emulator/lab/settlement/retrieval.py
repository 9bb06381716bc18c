"""Scheduled reads of electricity meters under the role of Meter Data Retrieval (SEC DP162).

Consumers who share half hours are read each day (SRV 4.8.1); those who opted out give days, each
day or each month (SRV 4.17). The DCC keeps the schedules (SRV 5.1), and answers become rows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from emulator.dcc.dcc import RequestPlan
from emulator.dcc.service_request import ServiceResponse
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.kernel.errors import PeerError, UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import ZIGBEE_EPOCH, seconds
from emulator.lab.inputs.settlement_settings import SettlementSettings
from emulator.lab.settlement.consent import Consent
from emulator.lab.settlement.log_entries import log_entries
from emulator.lab.world.remote_side import RemoteSide
from emulator.metering.consumption import Span, bounds

USER: Final = "meter data retriever"
"""The user in the role of Meter Data Retrieval."""
_DAY: Final = timedelta(days=1)
_HALF_HOUR: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a consent is read: service, frequency, and from how many days before until the day."""

    srv: str
    frequency: str
    days: int
    step: timedelta


_WAYS: Final[Mapping[Consent, _Way]] = MappingProxyType(
    {
        Consent.HALF_HOURLY: _Way("4.8.1", "Daily", 1, _HALF_HOUR),
        Consent.DAILY: _Way("4.17", "Daily", 1, _DAY),
        Consent.MONTHLY: _Way("4.17", "Monthly", 31, _DAY),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metered:
    """A supply point to be settled."""

    mpan: str
    meter: Eui64
    consent: Consent = Consent.HALF_HOURLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What passed in one settlement period.

    Args:
        start: of the period, UTC.
        end: of the period.
        counts: watt hours; None where the answer does not tell.
        due: when the schedule fell due.
        received: when the user had the answer.
        code: response code of the DCC.
        in_time: whether the answer came within the target response time.
    """

    mpan: str
    start: datetime
    end: datetime
    counts: int | None
    consent: Consent
    due: datetime
    received: datetime
    code: str
    in_time: bool

    @property
    def response(self) -> float:
        """Seconds from when the schedule fell due until the answer was there."""
        return (self.received - self.due).total_seconds()


class Retrieval:
    """The schedules of one user, and what came of them.

    Args:
        side: the DCC.
        settings: when, and within which time.
    """

    def __init__(self, side: RemoteSide, settings: SettlementSettings) -> None:
        self._side = side
        self._settings = settings
        self._at = time.fromisoformat(settings.at)
        self._scheduled: dict[int, Metered] = {}
        self._agreement = StoredKeyAgreement(side.pki.keys)
        self.rows: list[Row] = []
        self.problems: list[str] = []
        """Answers that could not be read, and why."""
        side.dcc.listen(self._heard)

    def arrange(self, supplies: Iterable[Metered]) -> None:
        """Have a schedule for each supply point, from tomorrow on.

        Raises:
            UsageError: when the DCC refuses one, with what it said.
        """
        first = (self._side.moment + _DAY).date()
        for supply in supplies:
            way = _WAYS[supply.consent]
            asked = {
                "DeviceID": supply.meter,
                "DSPScheduledServiceReferenceVariant": way.srv,
                "ScheduleFrequency": way.frequency,
                "ScheduleStartDate": f"{first:%Y-%m-%d}",
                "ScheduleExecutionStartTime": self._settings.at,
                "StartDateOffset": -way.days,
                "EndDateOffset": 0,
            }
            answer = self._side.dcc.ask(USER, RequestPlan("5.1", supply.meter, asked))
            if not answer.accepted or not isinstance(answer.body, Mapping):
                raise UsageError(f"{supply.mpan}: {answer.code} {answer.reason}".strip())
            self._scheduled[int(answer.body["DSPScheduleID"])] = supply

    def _heard(self, sent: object) -> None:
        if isinstance(sent, ServiceResponse) and sent.schedule in self._scheduled:
            self.rows.extend(self._rows(self._scheduled[sent.schedule], sent))

    def _rows(self, supply: Metered, answer: ServiceResponse) -> Iterator[Row]:
        now = self._side.moment
        due = datetime.combine(now.date(), self._at, UTC)
        due -= _DAY if due > now else timedelta()
        counted = self._counted(supply, answer)
        for start, end in periods(supply.consent, due):
            yield Row(
                mpan=supply.mpan,
                start=start,
                end=end,
                counts=_sum(counted, start, end, _WAYS[supply.consent].step),
                consent=supply.consent,
                due=due,
                received=now,
                code=answer.code,
                in_time=now - due <= timedelta(seconds=self._settings.target / seconds(1)),
            )

    def _counted(self, supply: Metered, answer: ServiceResponse) -> Mapping[datetime, int]:
        """Counts by the start of their half hour or day."""
        if answer.message is None or not answer.successful:
            self.problems.append(f"{supply.mpan}: {answer.code} {answer.reason}".strip())
            return {}
        try:
            entries = log_entries(answer.message, self._agreement)
        except PeerError as fault:
            self.problems.append(f"{supply.mpan}: {fault}")
            return {}
        back = _WAYS[supply.consent].step if self._settings.stamped_at_end else timedelta()
        return {
            ZIGBEE_EPOCH + timedelta(seconds=each.stamp) - back: each.counts for each in entries
        }


def periods(consent: Consent, due: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The settlement periods that a read tells of which falls due at a moment."""
    if consent is Consent.MONTHLY:
        yield bounds(due, Span.MONTH, 1)
        return
    midnight, end = bounds(due, Span.DAY, 1)
    step = _WAYS[consent].step
    while midnight < end:
        yield midnight, midnight + step
        midnight += step


def _sum(
    counted: Mapping[datetime, int], start: datetime, end: datetime, step: timedelta
) -> int | None:
    """What passed in a period; None unless every part of it is told."""
    total = 0
    while start < end:
        part = counted.get(start)
        if part is None:
            return None
        total += part
        start += step
    return total
