import pytest

from emulator.metering.demand.profile_columns import COLUMNS, rate_of
from emulator.metering.quantities import COUNT, HALF_HOUR, Channel


@pytest.mark.parametrize(
    ("column", "cell", "counts"),
    [
        ("import_kwh", "0.123", 123),
        ("import_wh", "123", 123),
        ("import_kw", "0.246", 123),
        ("export_w", "246", 123),
        ("secondary_import_kwh", "0.123", 123),
        ("reactive_import_kvarh", "0.5", 500),
        ("gas_m3", "0.25", 250),
        ("gas_litres", "250", 250),
    ],
)
def test_cell_is_what_passes_in_its_half_hour(column: str, cell: str, counts: int) -> None:
    rate = rate_of(cell, COLUMNS[column])

    assert isinstance(rate, int)
    assert rate * HALF_HOUR == counts * COUNT


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("", "number"),
        ("1,5", "number"),
        ("NaN", "finite"),
        ("-0.1", "0 or more"),
        ("100.1", "at most 100"),
        ("0.0000001", "no finer"),
    ],
)
def test_cell_that_breaks_a_rule_says_which(cell: str, rule: str) -> None:
    assert rule in str(rate_of(cell, COLUMNS["import_kwh"]))


def test_every_channel_has_a_column() -> None:
    assert {each.channel for each in COLUMNS.values()} == set(Channel)
