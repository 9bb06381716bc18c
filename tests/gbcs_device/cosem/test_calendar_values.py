import pytest

from emulator.dlms.data import array, long_unsigned, octet_string, structure, unsigned
from emulator.gbcs_device.cosem.calendar_values import (
    Tables,
    date_of,
    minute_of,
    special_dates,
    tariff_calendar,
)
from emulator.gbcs_device.cosem.unexecutable import UnexecutableError
from emulator.metering.drifting_clock import own_time
from emulator.metering.tariff_matrix import register_of
from tests.gbcs_device.cosem.living_meter import BEGIN

NIGHT = structure(
    unsigned(1),
    array(
        structure(octet_string(bytes(4)), octet_string(bytes(6)), long_unsigned(2)),
        structure(octet_string(bytes((7, 0, 0, 0))), octet_string(bytes(6)), long_unsigned(1)),
    ),
)
WEEK = structure(octet_string(b"w"), *(unsigned(1) for _ in range(7)))
SEASON = structure(
    octet_string(b"all"),
    octet_string(bytes.fromhex("FFFF0101FFFFFFFFFF8000FF")),
    octet_string(b"w"),
)


def test_tables_make_a_calendar() -> None:
    calendar = tariff_calendar(
        Tables(array(SEASON), array(WEEK), array(NIGHT), array()), register_of
    )

    assert calendar is not None
    own = own_time(BEGIN)
    assert (calendar.register(own), calendar.register(own + 7 * 3_600_000_000)) == (2, 1)


def test_no_days_make_no_calendar() -> None:
    assert tariff_calendar(Tables(array(), array(), array(), array()), register_of) is None


def test_special_day_of_a_day_that_is_not_there_is_left_out() -> None:
    special = array(
        structure(long_unsigned(1), octet_string(bytes.fromhex("FFFF0C19FF")), unsigned(9))
    )

    calendar = tariff_calendar(
        Tables(array(SEASON), array(WEEK), array(NIGHT), special), register_of
    )

    assert calendar is not None
    assert calendar.special_days == ()
    assert special_dates(special) == [(None, 12, 25, 9)]


@pytest.mark.parametrize("date", ["FFFF0D01FF", "FFFFFF01FF", "07EA01FFFF", "07EA0120FF"])
def test_date_that_is_no_day_of_a_year_is_refused(date: str) -> None:
    with pytest.raises(UnexecutableError, match="names no day"):
        date_of(bytes.fromhex(date))


@pytest.mark.parametrize("time", ["18000000", "003C0000", "00000100", "00000005", "FF000000"])
def test_time_that_is_no_whole_minute_is_refused(time: str) -> None:
    with pytest.raises(UnexecutableError, match="no whole minute"):
        minute_of(bytes.fromhex(time))
