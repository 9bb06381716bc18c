"""When supply is not disabled for want of credit, from service request 2.1 (DUIS 5.4).

Electricity meters keep a schedule of switches (ECS08, ECS08a), gas meters a calendar of days, weeks
and seasons (GCS05). The scripts are those that reference commands show.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.gbcs.commands.parameter_elements import (
    date_of,
    inner_elements,
    number_of,
    repeated,
    whole_number,
)
from emulator.gbcs.commands.parameter_tariffs import season, week
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError

Parameters = Mapping[str, object]
Values = dict[str, object]

_SCRIPT: Final = "00000a006aff"
_SELECTORS: Final = MappingProxyType({"START": 32, "STOP": 33})
_ENTRIES: Final = MappingProxyType({"START": 1, "STOP": 0})
_DAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
_ANY_YEAR: Final = "65535"


def electricity_calendar(flat: Parameters, _: UseCase) -> Values:
    """Special days and the schedule of switches (ECS08, ECS08a).

    Raises:
        UsageError: when a part is missing, or is not what it has to be.
    """
    calendar = inner_elements(flat, "ElectricityNonDisablementCalendar")
    special = calendar.get("ElectricitySpecialDays")
    days = repeated(special, "SpecialDay") if isinstance(special, Mapping) else ()
    switches = repeated(calendar, "ElectricityNonDisablementSchedule")
    return {
        "non_disablement_special_days": [
            {"index": index, "date": date_of(inner_elements(each, "Date")), "day_id": index}
            for index, each in enumerate(days, 1)
        ],
        "non_disablement_calendar": [
            {"index": index, **_switch(each, len(days))} for index, each in enumerate(switches, 1)
        ],
    }


def gas_calendar(flat: Parameters, _: UseCase) -> Values:
    """Days, weeks, seasons and special days (GCS05).

    Raises:
        UsageError: when a part is missing, or is not what it has to be.
    """
    calendar = inner_elements(flat, "GasNonDisablementCalendar")
    days = repeated(inner_elements(calendar, "DayProfiles"), "GasNonDisablementDayProfile")
    weeks = repeated(inner_elements(calendar, "WeekProfiles"), "WeekProfile")
    seasons = repeated(inner_elements(calendar, "SeasonProfiles"), "Season")
    written = calendar.get("SpecialDays")
    special = repeated(written, "SpecialDay") if isinstance(written, Mapping) else ()
    return {
        "day_profiles": [_gas_day(each) for each in days],
        "weeks": [week(each, gas=True) for each in weeks],
        "seasons": [season(each, gas=True) for each in seasons],
        "special_days": [
            {
                "date": date_of(inner_elements(each, "Date")),
                "day_id": number_of(each, "ReferencedDayName"),
            }
            for each in special
        ],
    }


def _switch(written: Parameters, special_days: int) -> Values:
    dates = inner_elements(written, "ScheduleDatesAndTime")
    weekdays = _applies(written, "DaysOfWeekApplicability", "DayOfWeekApplicability", "DayOfWeekID")
    days = _applies(written, "SpecialDaysApplicability", "SpecialDayApplicability", "SpecialDayID")
    return {
        "script": _SCRIPT,
        "script_selector": _action(written, "NonDisablementScript", _SELECTORS),
        "switch_time": str(dates.get("SwitchTime", ""))[:8],
        "weekdays": "".join("1" if day in weekdays else "0" for day in _DAYS),
        "special_days": "".join(
            "1" if str(day) in days else "0" for day in range(1, special_days + 1)
        ),
        "begin_date": _schedule_date(dates.get("StartDate")),
        "end_date": _schedule_date(dates.get("EndDate")),
    }


def _applies(written: Parameters, outer: str, inner: str, name: str) -> frozenset[str]:
    listed = written.get(outer)
    if not isinstance(listed, Mapping):
        return frozenset()
    return frozenset(str(each.get(name)) for each in repeated(listed, inner))


def _schedule_date(written: object) -> str:
    """A date as XML writes it, with 65535 for any year."""
    year, _, rest = str(written).removesuffix("Z").partition("-")
    return f"{'*' if year == _ANY_YEAR else year}-{rest}"


def _gas_day(written: Parameters) -> Values:
    schedule = [
        {
            "start_minute": _minute(str(each.get("StartTime"))),
            "entry": _action(each, "NonDisablementAction", _ENTRIES),
        }
        for each in repeated(written, "TimeStartAction")
    ]
    return {"day_id": number_of(written, "GasDayName"), "schedule": schedule}


def _minute(written: str) -> int:
    hours, _, minutes = written[:5].partition(":")
    return 60 * whole_number(hours, "StartTime") + whole_number(minutes, "StartTime")


def _action(written: Parameters, name: str, numbers: Mapping[str, int]) -> int:
    action = numbers.get(str(written.get(name)))
    if action is None:
        raise UsageError(f"parameter {name} is {written.get(name)!r}: expected START or STOP")
    return action
