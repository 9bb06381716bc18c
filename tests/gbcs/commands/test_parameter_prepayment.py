"""Calendars of prepayment; the published request templates judge them in `test_parameters.py`."""

from collections.abc import Mapping
from typing import Any

import pytest

from emulator.gbcs.commands.parameter_prepayment import electricity_calendar, gas_calendar
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError

ELECTRICITY, GAS = use_case(0x00DE), use_case(0x006F)
SWITCH = {
    "NonDisablementScript": "STOP",
    "SpecialDaysApplicability": {"SpecialDayApplicability": {"SpecialDayID": "2"}},
    "DaysOfWeekApplicability": {
        "DayOfWeekApplicability": [{"DayOfWeekID": "Saturday"}, {"DayOfWeekID": "Sunday"}]
    },
    "ScheduleDatesAndTime": {
        "SwitchTime": "09:30:00.00Z",
        "StartDate": "65535-04-29Z",
        "EndDate": "2015-07-25Z",
    },
}
CHRISTMAS = {
    "Date": {
        "Month": {"SpecifiedMonth": "12"},
        "DayOfMonth": {"SpecifiedDayOfMonth": "25"},
    },
    "ReferencedDayName": "1",
}


def _electricity(switch: Mapping[str, object]) -> dict[str, object]:
    return {
        "ElectricityNonDisablementCalendar": {
            "ElectricitySpecialDays": {"SpecialDay": [CHRISTMAS, CHRISTMAS]},
            "ElectricityNonDisablementSchedule": switch,
        }
    }


def _gas(action: Mapping[str, object]) -> dict[str, object]:
    return {
        "GasNonDisablementCalendar": {
            "DayProfiles": {
                "GasNonDisablementDayProfile": {"GasDayName": "1", "TimeStartAction": action}
            },
            "WeekProfiles": {"WeekProfile": {"WeekName": "1", "ReferencedDayName": ["1"] * 7}},
            "SeasonProfiles": {
                "Season": {"SeasonStartDate": CHRISTMAS["Date"], "ReferencedWeekName": "1"}
            },
            "SpecialDays": {"SpecialDay": CHRISTMAS},
        }
    }


def test_a_switch_has_its_days_and_its_script() -> None:
    made: Any = electricity_calendar(_electricity(SWITCH), ELECTRICITY)

    assert made["non_disablement_calendar"] == [
        {
            "index": 1,
            "script": "00000a006aff",
            "script_selector": 33,
            "switch_time": "09:30:00",
            "weekdays": "0000011",
            "special_days": "01",
            "begin_date": "*-04-29",
            "end_date": "2015-07-25",
        }
    ]
    assert made["non_disablement_special_days"][1] == {"index": 2, "date": "*-12-25", "day_id": 2}


def test_a_switch_may_have_no_special_days() -> None:
    written = _electricity(SWITCH | {"SpecialDaysApplicability": ""})

    made: Any = electricity_calendar(written, ELECTRICITY)

    assert made["non_disablement_calendar"][0]["special_days"] == "00"


def test_a_day_of_gas_starts_and_stops_by_the_minute() -> None:
    made: Any = gas_calendar(
        _gas({"StartTime": "08:30:00.00Z", "NonDisablementAction": "START"}), GAS
    )

    assert made["day_profiles"] == [{"day_id": 1, "schedule": [{"start_minute": 510, "entry": 1}]}]
    assert made["seasons"] == [{"start": "*-12-25", "week_id": 1}]
    assert made["special_days"] == [{"date": "*-12-25", "day_id": 1}]
    assert made["weeks"][0]["sunday"] == 1


def test_an_action_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="NonDisablementScript is 'PAUSE': expected START or STOP"):
        electricity_calendar(_electricity(SWITCH | {"NonDisablementScript": "PAUSE"}), ELECTRICITY)
    with pytest.raises(UsageError, match="StartTime is 'noon'"):
        gas_calendar(_gas({"StartTime": "noon", "NonDisablementAction": "START"}), GAS)
