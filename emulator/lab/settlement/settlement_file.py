"""Rows of settlement as CSV or Parquet."""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Final

from emulator.kernel.errors import EnvironmentFault
from emulator.lab.settlement.retrieval import Row

COLUMNS: Final = (
    "mpan",
    "start",
    "end",
    "import_wh",
    "share",
    "due",
    "received",
    "response_seconds",
    "in_time",
    "code",
)
PARQUET: Final = ".parquet"


def write_settlement(path: Path, rows: Sequence[Row]) -> None:
    """Write rows to a file: Parquet if its name ends in `.parquet`, CSV otherwise.

    Raises:
        EnvironmentFault: when it cannot be written, or the extra for Parquet is not installed.
    """
    try:
        if path.suffix.lower() == PARQUET:
            _write_parquet(path, rows)
        else:
            path.write_text(settlement_csv(rows), encoding="utf-8")
    except OSError as fault:
        raise EnvironmentFault(f"{path}: {fault.strerror or fault}") from fault


def settlement_csv(rows: Sequence[Row]) -> str:
    """Rows as CSV with a header; what is not told is empty."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(
            ["" if each is None else _text(each) for each in _values(row)],
        )
    return written.getvalue()


def _values(row: Row) -> tuple[object, ...]:
    return (
        row.mpan,
        row.start,
        row.end,
        row.counts,
        row.consent.value,
        row.due,
        row.received,
        round(row.response, 3),
        row.in_time,
        row.code,
    )


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _write_parquet(path: Path, rows: Sequence[Row]) -> None:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415 - an extra
    except ImportError as fault:
        raise EnvironmentFault(
            f"{path}: Parquet needs the extra `parquet`: pip install 'hanlab[parquet]'"
        ) from fault
    columns = zip(*(_values(row) for row in rows), strict=True) if rows else ((),) * len(COLUMNS)
    table = dict(zip(COLUMNS, (list(each) for each in columns), strict=True))
    parquet.write_table(pa.table(table), path)
