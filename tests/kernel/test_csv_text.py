"""Lines of CSV: what a spreadsheet writes is read, what cannot be is one kind of error."""

import csv
from contextlib import suppress
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.csv_text import csv_cells

CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20)


@given(st.lists(CELL, min_size=2, max_size=5))
def test_cells_are_those_that_a_writer_of_csv_wrote(cells: list[str]) -> None:
    written = StringIO()
    csv.writer(written).writerow(cells)

    assert csv_cells(written.getvalue().rstrip("\r\n")) == cells


def test_an_empty_line_has_no_cells() -> None:
    assert csv_cells("") == []


def test_a_cell_that_no_reader_takes_is_refused() -> None:
    with pytest.raises(ValueError, match="larger than field limit"):
        csv_cells("x" * 200_000)


@given(st.text())
def test_any_line_is_cells_or_that_error(line: str) -> None:
    with suppress(ValueError):
        csv_cells(line)
