"""Controllers in requests; the published request templates judge them in `test_parameters.py`."""

import pytest

from emulator.gbcs.commands.parameter_controllers import (
    boost_button,
    commanded_state,
    descriptions,
    switched,
)
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError

SWITCH, STATE, LIMIT = (use_case(code) for code in (0x0055, 0x011E, 0x011F))


def test_each_label_goes_to_its_controller() -> None:
    labels = [{"index": "2", "SwitchDescription": "Heating"}]

    assert descriptions({"ALCSHCALCSDescription": labels}, use_case(0x0053)) == {
        "controller_2_description": "Heating"
    }


def test_the_boost_button_takes_and_loses_controllers() -> None:
    add = {"AddToBoostButton": [{"index": "1", "value": "true"}, {"index": "2", "value": "false"}]}
    remove = {"RemoveFromBoostButton": {"index": "5", "value": "true"}}

    assert boost_button(add, use_case(0x005F)) == {"boost_function_control_1": True}
    assert boost_button(remove, use_case(0x005F)) == {"boost_function_control_5": False}


def test_a_switch_is_activated_for_a_time_or_reset() -> None:
    activate = switched({"ActivateALCSHCALCS": {"index": "1", "Duration": "30"}}, SWITCH)
    reset = switched({"ResetALCSHCALCS": {"index": "5", "value": ""}}, SWITCH)

    assert activate == {
        "controller_and_commanded_state": 0x0111,
        "controller_1_activate_duration": "30",
    }
    assert reset == {"controller_and_commanded_state": 0x0520}


def test_a_level_is_set_or_limited_for_a_time() -> None:
    asked = {
        "auxiliaryControllerN": "3",
        "CommandedStateLevel": "50",
        "InputFromControlledLoad": "",
        "StartDateTime": "2015-01-03T00:00:00Z",
    }

    assert commanded_state(asked, STATE) == {
        "controller_and_commanded_state": 0x2332,
        "controller_3_start": "2015-01-03T00:00:00Z",
    }
    assert "controller_3_limit_start" in commanded_state(asked, LIMIT)


@pytest.mark.parametrize(
    ("flat", "reason"),
    [
        ({"auxiliaryControllerN": "6", "CommandedStateLevel": "0"}, "is 6: expected a controller"),
        ({"CommandedStateLevel": "0"}, "auxiliaryControllerN is None"),
        ({"auxiliaryControllerN": "1", "CommandedStateLevel": "101"}, "expected 0 to 100"),
    ],
)
def test_a_level_that_is_none_is_refused(flat: dict[str, object], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        commanded_state(flat, STATE)


@pytest.mark.parametrize(
    "flat",
    [
        {},
        {"ResetALCSHCALCS": "all"},
        {"ResetALCSHCALCS": [{"index": "1"}, {"index": "2"}]},
        {"ResetALCSHCALCS": {"index": "0"}},
    ],
    ids=["none", "without number", "two", "zero"],
)
def test_one_switch_has_to_be_told(flat: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        switched(flat, SWITCH)
