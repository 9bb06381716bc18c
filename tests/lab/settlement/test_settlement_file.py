import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault
from emulator.lab.settlement.consent import Consent
from emulator.lab.settlement.retrieval import Row
from emulator.lab.settlement.settlement_file import COLUMNS, settlement_csv, write_settlement

START = datetime(2026, 1, 5, tzinfo=UTC)


def row(counts: int | None = 250) -> Row:
    due = START + timedelta(days=1, minutes=30)
    return Row(
        mpan="1200012345688",
        start=START,
        end=START + timedelta(minutes=30),
        counts=counts,
        consent=Consent.HALF_HOURLY,
        due=due,
        received=due + timedelta(milliseconds=1_500),
        code="I0",
        in_time=True,
    )


def test_csv_has_a_header_and_a_row_for_each_period() -> None:
    header, told, untold = csv.reader(StringIO(settlement_csv((row(), row(None)))))

    assert tuple(header) == COLUMNS
    assert told == [
        "1200012345688",
        "2026-01-05T00:00:00Z",
        "2026-01-05T00:30:00Z",
        "250",
        "half-hourly",
        "2026-01-06T00:30:00Z",
        "2026-01-06T00:30:01Z",
        "1.5",
        "true",
        "I0",
    ]
    assert untold[3] == ""


@pytest.mark.parametrize("rows", [(), (row(), row(None))])
def test_parquet_says_the_same(rows: tuple[Row, ...], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "half-hours.parquet"

    write_settlement(path, rows)

    table = parquet.read_table(path)
    assert table.column_names == list(COLUMNS)
    assert table["import_wh"].to_pylist() == [each.counts for each in rows]


def test_file_that_cannot_be_written_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="nowhere"):
        write_settlement(tmp_path / "nowhere" / "half-hours.csv", (row(),))
