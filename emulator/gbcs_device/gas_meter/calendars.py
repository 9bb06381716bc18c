"""Published calendars as calendars that a gas meter executes (SMETS2 4.6.4.20 and 4.6.4.30)."""

from typing import Final

from emulator.gbcs_device.gbz.state.calendars import Calendar
from emulator.kernel.errors import UsageError
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar
from emulator.zcl.published_calendar import executable_calendar

ALWAYS: Final = TariffCalendar(((Switch(0, 0),),), ((0,) * 7,), (Season(1, 1, 0),))
"""One register, whatever the time."""


def executed(calendar: Calendar) -> TariffCalendar:
    """What a meter does about a calendar in force: one register where that tells nothing."""
    try:
        return executable_calendar(calendar) or ALWAYS
    except UsageError:
        return ALWAYS
