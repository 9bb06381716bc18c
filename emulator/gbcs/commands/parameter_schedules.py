"""Calendars of auxiliary controllers in service requests 6.14.2 and 6.14.3 (DUIS 5.4).

An entry runs a script: that of 6.14.2 by controller and whether it is switched on or off (ECS46c),
that of 6.14.3 by direction, controller and level in percent (ECS46d). Their numbers are those that
the reference commands of ECS46c and ECS46d show.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from emulator.gbcs.commands.parameter_elements import (
    date_of,
    inner_elements,
    number_of,
    repeated,
    whole_number,
)
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError

Parameters = Mapping[str, object]
Values = dict[str, object]

CONTROLLERS: Final = range(1, 6)
_SCRIPTS: Final = "00000a0067ff"
_AT_ANY_TIME: Final = 0xFFFF
"""Validity window of entries that are made up for after a loss of power (class 10, GBCS)."""
_ON: Final = 1
_OFF: Final = 2
_OUTPUT: Final = 1
_INPUT: Final = 2
_LEVEL: Final = 0x80
"""Stands before a level in percent, in the low octet of a script of ECS46d."""
_ALCS: Final = "00" * 8
"""What stands for a switch inside the meter, which has no EUI-64."""
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def switch_calendar(flat: Parameters, _: UseCase) -> Values:
    """When switches are switched, special days, and what each switch is (ECS46c).

    Raises:
        UsageError: when a part of it is missing, or is not what it has to be.
    """
    days = _special_days(flat, "ALCSHCALCSSpecialDays", "ALCSHCALCSSpecialDay", "index")
    entries = [
        (_switching(each), inner_elements(each, "ALCSScheduleDatesAndTime"), each)
        for each in repeated(flat, "ALCSHCALCSConnectionSchedule")
    ]
    return {
        **_calendar(entries, days, "index"),
        **dict(map(_switch, repeated(flat, "SwitchTypeAndId"))),
    }


def level_calendar(flat: Parameters, _: UseCase) -> Values:
    """When controllers get which level, and special days (ECS46d).

    Raises:
        UsageError: when a part of it is missing, or is not what it has to be.
    """
    group, name = (
        "AuxiliaryControllerSpecialDayDefinitions",
        "AuxiliaryControllerSpecialDayDefinition",
    )
    days = _special_days(flat, group, name, "identifier")
    entries = [
        (_level(each), inner_elements(each, "AuxiliaryControllerSchedulePeriodAndTime"), each)
        for each in repeated(flat, "AuxiliaryControllerSchedule")
    ]
    return _calendar(entries, days, "identifier")


def _calendar(
    entries: Sequence[tuple[int, Parameters, Parameters]], days: Sequence[Values], attribute: str
) -> Values:
    return {
        "controller_special_days": list(days),
        "controller_calendar": [
            {
                "index": place,
                "enable": True,
                "script": _SCRIPTS,
                "script_selector": selector,
                "switch_time": str(period.get("SwitchTime", ""))[:8],
                "validity_window": _AT_ANY_TIME,
                "weekdays": _weekdays(each),
                "special_days": _days_named(each, days, attribute),
                "begin_date": date_of(inner_elements(period, "StartDate")),
                "end_date": date_of(inner_elements(period, "EndDate")),
            }
            for place, (selector, period, each) in enumerate(entries, 1)
        ],
    }


def _special_days(flat: Parameters, group: str, name: str, attribute: str) -> list[Values]:
    written = flat.get(group)
    if not isinstance(written, Mapping):
        return []
    numbered = ((whole_number(each.get(attribute), name), each) for each in repeated(written, name))
    return [{"index": number, "date": date_of(each), "day_id": number} for number, each in numbered]


def _weekdays(entry: Parameters) -> str:
    named = repeated(inner_elements(entry, "DaysOfWeekApplicability"), "DayOfWeekApplicability")
    words = [str(each.get("DayOfWeekID")) for each in named]
    foreign = sorted(set(words).difference(_DAYS))
    if foreign:
        raise UsageError(f"parameter DayOfWeekID is {foreign[0]!r}: expected a day of the week")
    return "".join("1" if day in words else "0" for day in _DAYS)


def _days_named(entry: Parameters, days: Sequence[Values], attribute: str) -> str:
    """One bit for each special day that is defined, in their order."""
    name = "SpecialDaysApplicability"
    wanted = {whole_number(each.get(attribute), name) for each in repeated(entry, name)}
    defined = [day["index"] for day in days]
    foreign = sorted(wanted.difference(each for each in defined if isinstance(each, int)))
    if foreign:
        raise UsageError(f"parameter {name} is {foreign[0]}: no such special day is defined")
    return "".join("1" if index in wanted else "0" for index in defined)


def _switching(entry: Parameters) -> int:
    name = "ActivateDeactivateSwitch"
    told = inner_elements(entry, name)
    state = _ON if "ActivateSwitch" in told else _OFF
    return controller_number(told.get("index"), name) << 8 | state


def _level(entry: Parameters) -> int:
    name = "AuxiliaryControllerAction"
    told = inner_elements(entry, name)
    number = controller_number(told.get("auxiliaryControllerN"), name)
    level = level_of(told)
    direction = _INPUT if "InputFromControlledLoad" in told else _OUTPUT
    return direction << 12 | number << 8 | _LEVEL | level


def _switch(written: Parameters) -> tuple[str, object]:
    number = controller_number(written.get("index"), "SwitchTypeAndId")
    told = written.get("HCALCS")
    device = _ALCS if told is None else str(told).replace("-", "")
    return f"controller_{number}_type_and_identifier", device


def controller_number(written: object, name: str) -> int:
    """A controller by its number.

    Raises:
        UsageError: when there is none of that number.
    """
    number = whole_number(written, name)
    if number not in CONTROLLERS:
        raise UsageError(f"parameter {name} is {number}: expected a controller, 1 to 5")
    return number


def level_of(written: Parameters) -> int:
    """A commanded level in percent.

    Raises:
        UsageError: when it is none.
    """
    level = number_of(written, "CommandedStateLevel")
    if not 0 <= level <= 100:
        raise UsageError(f"parameter CommandedStateLevel is {level}: expected 0 to 100")
    return level
