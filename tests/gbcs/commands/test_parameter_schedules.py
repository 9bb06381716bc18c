"""Calendars of auxiliary controllers, entry by entry; whole requests are in `test_parameters`."""

import pytest

from emulator.gbcs.commands.parameter_schedules import level_calendar, switch_calendar
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError

SWITCHES = use_case(0x0054)
LEVELS = use_case(0x011A)
WHENEVER: dict[str, object] = {
    "Year": {"NonSpecifiedYear": ""},
    "Month": {"SpecifiedMonth": "06"},
    "DayOfMonth": {"SpecifiedDayOfMonth": "21"},
}


def _entry(
    action: dict[str, object], period: str, days: tuple[str, ...] = ("Monday",)
) -> dict[str, object]:
    return {
        **action,
        "DaysOfWeekApplicability": {
            "DayOfWeekApplicability": [{"DayOfWeekID": day} for day in days]
        },
        period: {"SwitchTime": "06:30:00.00Z", "StartDate": WHENEVER, "EndDate": WHENEVER},
    }


def _switch(index: str = "2", **more: object) -> dict[str, object]:
    action = {"ActivateDeactivateSwitch": {"index": index, "DeactivateSwitch": ""}, **more}
    return _entry(action, "ALCSScheduleDatesAndTime", ("Tuesday", "Sunday"))


def _entry_of(made: dict[str, object]) -> dict[str, object]:
    """The one entry of a calendar."""
    listed = made["controller_calendar"]
    assert isinstance(listed, list)
    (only,) = listed
    assert isinstance(only, dict)
    return only


def _level(level: str, **more: object) -> dict[str, object]:
    action = {"auxiliaryControllerN": "3", "CommandedStateLevel": level, **more}
    return _entry({"AuxiliaryControllerAction": action}, "AuxiliaryControllerSchedulePeriodAndTime")


def test_an_entry_switches_one_controller_on_its_days() -> None:
    made = switch_calendar({"ALCSHCALCSConnectionSchedule": _switch()}, SWITCHES)

    entry = _entry_of(made)
    assert entry["script_selector"] == 0x0202
    assert entry["weekdays"] == "0100001"
    assert entry["switch_time"] == "06:30:00"
    assert entry["begin_date"] == entry["end_date"] == "*-06-21"
    assert entry["special_days"] == ""
    assert made["controller_special_days"] == []


def test_special_days_are_told_by_their_numbers_in_the_order_of_their_definition() -> None:
    days = [{"index": "4", **WHENEVER}, {"index": "7", **WHENEVER}]
    written = _switch(SpecialDaysApplicability={"index": "7"})
    made = switch_calendar(
        {
            "ALCSHCALCSConnectionSchedule": [written],
            "ALCSHCALCSSpecialDays": {"ALCSHCALCSSpecialDay": days},
        },
        SWITCHES,
    )

    assert _entry_of(made)["special_days"] == "01"
    assert made["controller_special_days"] == [
        {"index": 4, "date": "*-06-21", "day_id": 4},
        {"index": 7, "date": "*-06-21", "day_id": 7},
    ]


def test_a_switch_is_the_meter_s_own_or_a_device() -> None:
    made = switch_calendar(
        {
            "SwitchTypeAndId": [
                {"index": "1", "ALCS": ""},
                {"index": "5", "HCALCS": "00-DB-12-34-56-78-90-97"},
            ]
        },
        SWITCHES,
    )

    assert made["controller_1_type_and_identifier"] == "00" * 8
    assert made["controller_5_type_and_identifier"] == "00DB123456789097"


@pytest.mark.parametrize(
    ("more", "selector"), [({}, 0x13B2), ({"InputFromControlledLoad": ""}, 0x23B2)]
)
def test_a_level_has_a_direction(more: dict[str, object], selector: int) -> None:
    made = level_calendar({"AuxiliaryControllerSchedule": _level("50", **more)}, LEVELS)

    assert _entry_of(made)["script_selector"] == selector


def test_what_no_controller_can_do_is_refused() -> None:
    def refused(entry: dict[str, object], saying: str) -> None:
        with pytest.raises(UsageError, match=saying):
            switch_calendar({"ALCSHCALCSConnectionSchedule": entry}, SWITCHES)

    refused(_switch("6"), "ActivateDeactivateSwitch is 6: expected a controller, 1 to 5")
    refused(_switch("two"), "expected a whole number")
    refused(_switch(SpecialDaysApplicability={"index": "9"}), "9: no such special day")
    refused({"ActivateDeactivateSwitch": {"index": "1"}}, "ALCSScheduleDatesAndTime is missing")
    unknown = _switch() | {
        "DaysOfWeekApplicability": {"DayOfWeekApplicability": {"DayOfWeekID": "Funday"}}
    }
    refused(unknown, "'Funday': expected a day of the week")
    with pytest.raises(UsageError, match="CommandedStateLevel is 101: expected 0 to 100"):
        level_calendar({"AuxiliaryControllerSchedule": _level("101")}, LEVELS)
