"""Half-hourly profiles in CSV and Parquet files."""

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.text_files import read_text
from emulator.metering.demand.profile import Fill, Profile, Reading, profile_from
from emulator.metering.demand.profile_times import TimeZone


def read_profile(path: Path, zone: TimeZone | None = None, fill: Fill = Fill.NONE) -> Profile:
    """The profile in a file, CSV unless its name ends in `.parquet`.

    Raises:
        UsageError: when it cannot be read, or naming everything that is wrong with it.
        EnvironmentFault: when the extra for Parquet is not installed.
    """
    how = Reading(name=str(path), zone=zone, fill=fill)
    try:
        table = _parquet(path) if path.suffix.lower() == ".parquet" else _csv(path)
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror or fault}") from fault
    if not table:
        raise UsageError(f"{path}: empty; expected a header and a row for each half hour")
    return profile_from(table[0], table[1:], how)


def _csv(path: Path) -> list[Sequence[str]]:
    text = read_text(path)
    try:
        return list(csv.reader(text.splitlines(), strict=True))
    except csv.Error as fault:
        raise UsageError(f"{path}: {fault}; expected CSV") from fault


def _parquet(path: Path) -> list[Sequence[str]]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415 - an extra
    except ImportError as fault:
        raise EnvironmentFault(
            f"{path}: Parquet needs the extra `parquet`: pip install 'hanlab[parquet]'"
        ) from fault
    try:
        table = parquet.read_table(path)
    except pa.ArrowException as fault:
        raise UsageError(f"{path}: {fault}; expected Parquet") from fault
    columns = [[_text(value) for value in column.to_pylist()] for column in table.columns]
    return [table.column_names, *zip(*columns, strict=True)]


def _text(value: object) -> str:
    """A value as CSV would have it; a missing one is no number."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)
