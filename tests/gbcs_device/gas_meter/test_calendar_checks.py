"""A switching table that cannot be executed is refused part by part (SMETS2 4.6.4.20, 4.6.4.30)."""

import pytest

from emulator.gbcs_device.gas_meter.calendar_checks import executes
from emulator.gbcs_device.gbz.state.calendars import Calendar, Part
from emulator.testing.scenes.gbz_scene import filled
from emulator.zcl.data_types import Date
from emulator.zcl.payloads.calendar import (
    PublishCalendar,
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
    ScheduleEntry,
    Season,
    SpecialDay,
)
from emulator.zcl.primitives import ZclStatus
from tests.gbcs_device.gas_meter.scene import GasMeter
from tests.gbcs_device.gas_meter.test_calendars import ANY, DAYS, SEASONS, WEEK, special

SOME_DATE = Date(ANY, 1, 1, ANY)
KNOWN = Calendar(None, DAYS, (WEEK,), (SEASONS,))


def day(*entries: tuple[int, int], **more: int) -> PublishDayProfile:
    return filled(
        PublishDayProfile, day_id=1, entries=tuple(ScheduleEntry(*each) for each in entries), **more
    )


@pytest.mark.parametrize(
    ("part", "good"),
    [
        (day((0, 1), (420, 2)), True),
        (day((1, 1)), False),
        (day(), False),
        (day((0, 1), (420, 2), (420, 3)), False),
        (day((0, 1), (1440, 2)), False),
        (day((0, 1), (480, 0), calendar_type=3), True),
        (day((0, 2), calendar_type=3), False),
        (day((700, 1), command_index=1), True),
        (WEEK, True),
        (filled(PublishWeekProfile, week_id=1, monday=8), False),
        (SEASONS, True),
        (filled(PublishSeasons, seasons=(Season(SOME_DATE, 5),)), False),
        (special(SOME_DATE), True),
        (filled(PublishSpecialDays, special_days=(SpecialDay(SOME_DATE, 2),)), False),
    ],
)
def test_part_is_executable_beside_what_is_known(part: Part, *, good: bool) -> None:
    assert executes(part, KNOWN) is good


def test_meter_refuses_the_part_and_attempts_nothing_after_it() -> None:
    meter = GasMeter()
    head = filled(PublishCalendar, issuer_calendar_id=7)
    good = filled(PublishDayProfile, issuer_calendar_id=7, day_id=1, entries=(ScheduleEntry(0, 1),))
    week = filled(PublishWeekProfile, issuer_calendar_id=7, week_id=1, monday=3)

    answered = meter.send(0x0707, head, good, week, week)

    refused = [0, 0, ZclStatus.INVALID_FIELD, ZclStatus.FAILURE]
    assert answered == refused


def test_thresholds_that_do_not_ascend_are_refused() -> None:
    meter = GasMeter()

    assert meter.blocks((20_000, 20_000), (1, 2, 3))[1] == ZclStatus.INVALID_FIELD
