"""When a half hour of a profile began: in UTC, with an offset, or by the clock on the wall."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from emulator.metering.british_time import readings_of

HALF_HOUR: Final = timedelta(minutes=30)


class TimeZone(StrEnum):
    """What times without an offset are in."""

    UTC = "UTC"
    LONDON = "Europe/London"


def start_of(text: str, zone: TimeZone | None, after: datetime | None) -> datetime | str:
    """The moment in UTC that a cell says; or the rule that it breaks.

    Args:
        text: ISO 8601.
        zone: of times without an offset; None where each must have one.
        after: the start of the row before. Of an hour that comes twice, its second reading is
            meant where the first is not after that.
    """
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return "expected a time as 2026-01-31T00:30Z"
    found = _without_offset(said, zone, after) if said.tzinfo is None else said.astimezone(UTC)
    if isinstance(found, datetime) and (found.minute % 30 or found.second or found.microsecond):
        return "expected a whole half hour"
    return found


def _without_offset(
    said: datetime, zone: TimeZone | None, after: datetime | None
) -> datetime | str:
    if zone is None:
        return "no offset: write Z or +01:00, or name it: --time-zone UTC or Europe/London"
    if zone is TimeZone.UTC:
        return said.replace(tzinfo=UTC)
    readings = readings_of(said)
    if not readings:
        return "no such local time: the clock goes forward over it"
    later = [each for each in readings if after is None or each > after]
    return later[0] if later else readings[-1]
