"""Controllers of auxiliary loads in service requests 6.14.1 and 7.5 to 7.16 (DUIS 5.4).

An element that says which controller it is about by an attribute is given as its parts, with the
attribute by its name and, where it has text, that as `value`. The numbers of commanded states are
those that reference commands of ECS47, ECS47a and ECS47e show.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from emulator.gbcs.commands.parameter_elements import repeated
from emulator.gbcs.commands.parameter_schedules import controller_number, level_of
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError

Parameters = Mapping[str, object]
Values = dict[str, object]

_SWITCHED: Final = MappingProxyType(
    {
        "ActivateALCSHCALCS": (0x11, "activate"),
        "DeactivateALCSHCALCS": (0x12, "deactivate"),
        "ResetALCSHCALCS": (0x20, ""),
    }
)
"""Low octet of the commanded state, and whose duration is set (ECS47)."""
_LIMIT: Final = 0x011F
"""ECS47e, which limits a level where ECS47a sets it."""
_OUTPUT: Final = 1
_INPUT: Final = 2
"""Direction of power, in the four highest bits of the commanded state."""


def descriptions(flat: Parameters, _: UseCase) -> Values:
    """The labels of controllers (ECS46a).

    Raises:
        UsageError: when an element does not say which it is about.
    """
    return {
        f"controller_{number}_description": str(each.get("SwitchDescription", ""))
        for number, each in _indexed(flat, "ALCSHCALCSDescription", "index")
    }


def boost_button(flat: Parameters, _: UseCase) -> Values:
    """Which controllers the boost button switches (ECS62).

    Raises:
        UsageError: when an element does not say which it is about.
    """
    made: Values = {}
    for name, state in (("AddToBoostButton", True), ("RemoveFromBoostButton", False)):
        for number, each in _indexed(flat, name, "index"):
            if str(each.get("value", "true")).lower() == "true":
                made[f"boost_function_control_{number}"] = state
    return made


def switched(flat: Parameters, _: UseCase) -> Values:
    """A switch that is activated or deactivated for a time, or reset (ECS47).

    Raises:
        UsageError: when no or more than one switch is told.
    """
    told = [
        (state | number << 8, number, word, each)
        for name, (state, word) in _SWITCHED.items()
        for number, each in _indexed(flat, name, "index")
    ]
    if len(told) != 1:
        raise UsageError(f"{len(told)} switches are told, expected one")
    ((state, number, word, each),) = told
    made: Values = {"controller_and_commanded_state": state}
    if word and "Duration" in each:
        made[f"controller_{number}_{word}_duration"] = each["Duration"]
    return made


def commanded_state(flat: Parameters, use_case: UseCase) -> Values:
    """The level that a controller has, or may not exceed, for a time (ECS47a, ECS47e).

    Raises:
        UsageError: when the controller or its level is none.
    """
    number = controller_number(flat.get("auxiliaryControllerN"), "auxiliaryControllerN")
    direction = _INPUT if "InputFromControlledLoad" in flat else _OUTPUT
    level = level_of(flat)
    kind = "limit_" if use_case.code == _LIMIT else ""
    made: Values = {"controller_and_commanded_state": direction << 12 | number << 8 | level}
    for parameter, end in (("StartDateTime", "start"), ("EndDateTime", "end")):
        if parameter in flat:
            made[f"controller_{number}_{kind}{end}"] = flat[parameter]
    return made


def _indexed(flat: Parameters, name: str, attribute: str) -> Iterator[tuple[int, Parameters]]:
    for each in repeated(flat, name):
        yield controller_number(each.get(attribute), f"{name}.{attribute}"), each
