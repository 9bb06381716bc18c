import pytest

from emulator.cosem.server.made_values import parts_of
from emulator.dlms.data import (
    BitString,
    Data,
    array,
    boolean,
    long_unsigned,
    octet_string,
    structure,
)
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.schedule_values import date_patterns, schedule_entries
from emulator.gbcs_device.cosem.unexecutable import UnexecutableError
from emulator.metering.date_patterns import LAST, DatePattern
from emulator.metering.schedule import ScheduleEntry, YearPart

HOUR = 3_600_000_000


def entry(*, enable: bool = True, begin: str = "FFFF041DFF", end: str = "FFFF0719FF") -> Data:
    return structure(
        long_unsigned(1),
        boolean(yes=enable),
        octet_string(bytes(6)),
        long_unsigned(32),
        octet_string(bytes((20, 30, 0, 0))),
        long_unsigned(0xFFFF),
        Data(DataType.BIT_STRING, BitString(7, bytes((0b11000000,)))),
        Data(DataType.BIT_STRING, BitString(3, bytes((0b00100000,)))),
        octet_string(bytes.fromhex(begin)),
        octet_string(bytes.fromhex(end)),
    )


def test_entries_that_are_enabled_are_read() -> None:
    within = YearPart((None, 4, 29), (None, 7, 25))

    assert schedule_entries(array(entry(), entry(enable=False))) == [
        ScheduleEntry(1_230, 32, frozenset((1, 2)), frozenset((3,)), within)
    ]


def test_dates_left_open_are_no_bounds() -> None:
    (found,) = schedule_entries(array(entry(begin="000001FFFF", end="FFFFFFFFFF")))

    assert found.within == YearPart()


def test_moments_that_come_again_are_read() -> None:
    moment = structure(
        octet_string(bytes((12, 0, 0, 0))), octet_string(bytes.fromhex("FFFFFFFEFF"))
    )

    assert date_patterns(array(moment)) == [DatePattern(12 * HOUR, day=LAST)]


@pytest.mark.parametrize("date", ["FFFF0D01FF", "FFFFFF20FF", "FFFFFFFF08", "FFFFFF00FF"])
def test_moment_that_never_comes_is_refused(date: str) -> None:
    moment = structure(octet_string(bytes(4)), octet_string(bytes.fromhex(date)))

    with pytest.raises(UnexecutableError, match="comes never"):
        date_patterns(array(moment))


def test_entry_without_bits_is_refused() -> None:
    parts = list(parts_of(entry()))
    parts[6] = long_unsigned(1)

    with pytest.raises(UnexecutableError, match="no bit string"):
        schedule_entries(array(structure(*parts)))
