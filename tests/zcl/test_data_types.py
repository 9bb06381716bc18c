from emulator.zcl.data_types import ANALOGUE, DataType, Date, TimeOfDay


def test_type_codes_are_those_of_the_table() -> None:
    codes = [each.value for each in (DataType.UINT48, DataType.UTC, DataType.KEY128)]

    assert codes == [0x25, 0xE2, 0xF1]


def test_an_unlisted_type_prints_its_code() -> None:
    assert DataType(0x99).name == "unknown(0x99)"


def test_numbers_and_times_are_analogue_and_bitmaps_are_not() -> None:
    assert {DataType.INT24, DataType.SEMI, DataType.UTC, DataType.DATE} <= ANALOGUE
    assert not {DataType.MAP8, DataType.ENUM8, DataType.BOOL, DataType.OCTSTR} & ANALOGUE


def test_time_of_day_and_date_are_four_octets_in_order() -> None:
    assert TimeOfDay(23, 59, 30, 50).encode().hex(" ") == "17 3b 1e 32"
    assert Date(126, 1, 5, 1).encode().hex(" ") == "7e 01 05 01"
