import pytest

from emulator.duis.mmc import calendars
from emulator.duis.mmc.content import Content
from emulator.duis.tree import Node
from emulator.zcl.data_types import Date

MIDNIGHT = bytes((12, 0, 0, 0))
ENTRY = (1, 255, b"", 0, bytes((9, 30, 0, 0)), 0xFFFF, "1000001", "01", b"", b"")


def names(content: Content | None) -> list[str]:
    assert content is not None
    return [part.name for each in content.parts for part in each.parts]


def test_a_date_tells_what_is_not_specified() -> None:
    known = calendars.date(bytes.fromhex("07df0c19ff"))
    last = calendars.date(bytes.fromhex("fffffffe05"))

    assert names(known) == [
        "SpecifiedYear",
        "SpecifiedMonth",
        "SpecifiedDayOfMonth",
        "NonSpecifiedDayOfWeek",
    ]
    assert names(last) == [
        "NonSpecifiedYear",
        "NonSpecifiedMonth",
        "LastDayOfMonth",
        "SpecifiedDayOfWeek",
    ]
    assert calendars.date(b"\0") is None


def test_a_date_of_gas_has_names_of_its_own() -> None:
    told = calendars.gas_date(Date(year=115, month=0xFF, day=0xFF, day_of_week=0xFF))

    assert told is not None
    assert told.parts[0] == Node("GasYearWithWildcards", parts=(Node("SpecifiedYear", "2015"),))
    assert names(told)[2] == "GasNonSpecifiedDayOfMonth"
    assert calendars.gas_date(b"") is None


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        (["ffffffffff"], "Daily"),
        (["ffffffff03"], "Weekly"),
        (["ffffff0fff"], "Monthly"),
        (["ffff0101ff", "ffff0401ff", "ffff0701ff", "ffff0a01ff"], "Quarterly"),
        (["ffff0201ff", "ffff0801ff"], "SixMonthly"),
        (["ffff0301ff"], "Yearly"),
    ],
)
def test_dates_of_bills_are_a_period(dates: list[str], period: str) -> None:
    told = calendars.billing_calendar(tuple((MIDNIGHT, bytes.fromhex(each)) for each in dates))

    assert names(told) == ["BillingTime", period]


def test_dates_that_are_no_period_are_none() -> None:
    odd = tuple((MIDNIGHT, bytes.fromhex(each)) for each in ("ffff0101ff",) * 3)

    assert calendars.billing_calendar(odd) is None
    assert calendars.billing_calendar(((b"", b"\xff" * 5),)) is None
    assert calendars.billing_calendar(()) is None
    assert calendars.gas_billing_calendar((473_385_600, 5, 0x22)) is None
    assert calendars.gas_billing_calendar(5) is None


def test_bills_of_gas_have_a_start_and_a_period() -> None:
    told = calendars.gas_billing_calendar((473_385_600, 6, 0x23))

    assert told is not None
    assert [each.text for each in told.parts[0].parts] == ["2015-01-01T00:00:00Z", "SixMonthly"]


def test_entries_say_when_and_what() -> None:
    switch = calendars.switch_entry((*ENTRY[:3], 0x0201, *ENTRY[4:]))
    level = calendars.level_entry((*ENTRY[:3], 0x23B2, *ENTRY[4:]))
    free = calendars.non_disablement_entry(
        (*ENTRY[:3], 32, *ENTRY[4:8], bytes.fromhex("07df0101ff"), bytes.fromhex("ffff0101ff"))
    )

    assert switch is not None
    assert switch.parts[0].parts == (Node("ActivateSwitch"),)
    assert switch.parts[0].attributes == (("index", "2"),)
    assert switch.parts[1].attributes == (("index", "2"),)
    assert switch.parts[2].parts[1].parts[0].text == "Sunday"
    assert level is not None
    assert [each.name for each in level.parts[0].parts] == [
        "CommandedStateLevel",
        "InputFromControlledLoad",
    ]
    assert level.parts[0].parts[0].text == "50"
    assert free is not None
    assert free.parts[0].text == "START"
    assert free.parts[-1].parts == (
        Node("SwitchTime", "09:30:00Z"),
        Node("StartDate", "2015-01-01"),
    )


@pytest.mark.parametrize("convert", ["switch_entry", "level_entry", "non_disablement_entry"])
def test_a_row_that_is_no_entry_is_none(convert: str) -> None:
    assert getattr(calendars, convert)((1, 2)) is None


def test_special_days_have_their_numbers() -> None:
    told = calendars.special_days(((4, bytes.fromhex("ffff0c19ff"), 1), (5, b"", 1)), "Day", "id")

    assert told is not None
    assert [(each.name, each.attributes) for each in told.parts] == [("Day", (("id", "4"),))]
