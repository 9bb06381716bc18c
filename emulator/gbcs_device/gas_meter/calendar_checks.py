"""Whether a published part of a calendar can be executed (SMETS2 4.6.4.20 and 4.6.4.30).

Days begin at midnight and go forward; weeks name days, seasons weeks, and special days days that
were published before them, as use cases order them (annex, GCS01a and GCS05).
"""

from itertools import pairwise
from typing import Final

from emulator.gbcs_device.gbz.state.calendars import NON_DISABLEMENT, Calendar, Part
from emulator.zcl.payloads.calendar import (
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
)

MINUTES_OF_A_DAY: Final = 24 * 60
_PROTECTED: Final = 1
"""The highest action of a non-disablement calendar (annex, GCS05)."""


def executes(part: Part, calendar: Calendar) -> bool:
    """Whether a calendar with this part does something at every moment.

    Args:
        part: that is published.
        calendar: what was published of it before.
    """
    days = {each.day_id for each in calendar.days}
    match part:
        case PublishDayProfile():
            return _day(part)
        case PublishWeekProfile():
            week = (part.monday, part.tuesday, part.wednesday, part.thursday, part.friday)
            return {*week, part.saturday, part.sunday} <= days
        case PublishSeasons():
            weeks = {each.week_id for each in calendar.weeks}
            return {each.week_id for each in part.seasons} <= weeks
        case PublishSpecialDays():
            return {each.day_id for each in part.special_days} <= days


def _day(day: PublishDayProfile) -> bool:
    minutes = [each.start_minute for each in day.entries]
    begins = day.command_index > 0 or minutes[:1] == [0]
    forward = all(early < late for early, late in pairwise(minutes))
    actions = [each.entry for each in day.entries]
    known = day.calendar_type != NON_DISABLEMENT or max(actions, default=0) <= _PROTECTED
    return begins and forward and known and max(minutes, default=0) < MINUTES_OF_A_DAY
