import json

import pytest

from emulator.gbcs.commands.listing import value_rows
from emulator.gbcs.commands.template_reader import templates
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError


def test_values_are_listed_with_what_is_expected() -> None:
    rows = value_rows(use_case(0x0001))

    assert rows[3] == {
        "name": "join_timeout",
        "expected": "a whole number of seconds, like 90",
        "required": False,
        "default": 3600,
        "clause": "(DLMS)",
    }


def test_the_values_of_list_elements_follow_the_list() -> None:
    names = [row["name"] for row in value_rows(use_case(0x008C))]

    assert names == ["devices", "devices.device", "devices.device_type"]


def test_every_value_of_every_command_can_be_listed() -> None:
    rows = [row for code in templates() for row in value_rows(use_case(code))]

    assert len(rows) > 400
    assert json.dumps(rows)


def test_an_alert_has_no_values() -> None:
    with pytest.raises(UsageError, match="no command"):
        value_rows(use_case(0x00CC))
