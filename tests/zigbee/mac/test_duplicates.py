from emulator.kernel.units import Duration, Instant
from emulator.zigbee.mac.duplicates import DuplicateTable

LIFETIME = Duration(1_000)


def test_number_repeated_at_once_is_a_duplicate() -> None:
    table = DuplicateTable(LIFETIME)

    assert not table.repeated(1, 7, Instant(0))
    assert table.repeated(1, 7, Instant(1_000))


def test_number_of_another_source_is_none() -> None:
    table = DuplicateTable(LIFETIME)
    table.repeated(1, 7, Instant(0))

    assert not table.repeated(2, 7, Instant(1))


def test_next_number_is_none_and_takes_the_place_of_the_last() -> None:
    table = DuplicateTable(LIFETIME)
    table.repeated(1, 7, Instant(0))

    assert not table.repeated(1, 8, Instant(1))
    assert not table.repeated(1, 7, Instant(2))


def test_number_repeated_long_after_is_a_new_frame() -> None:
    table = DuplicateTable(LIFETIME)
    table.repeated(1, 7, Instant(0))

    assert not table.repeated(1, 7, Instant(1_001))


def test_cleared_table_knows_nobody() -> None:
    table = DuplicateTable(LIFETIME)
    table.repeated(1, 7, Instant(0))

    table.clear()

    assert not table.repeated(1, 7, Instant(1))
