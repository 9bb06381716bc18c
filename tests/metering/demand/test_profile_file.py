from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.metering.demand.profile import Fill
from emulator.metering.demand.profile_file import read_profile
from emulator.metering.demand.profile_times import TimeZone
from emulator.metering.quantities import COUNT, DAY, Channel

START = datetime(2026, 1, 5, tzinfo=UTC)
STARTS = [START + n * timedelta(minutes=30) for n in range(4)]


def test_csv_and_parquet_give_the_same_demand(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    text = "start,import_kwh\n" + "".join(f"{at.isoformat()},0.25\n" for at in STARTS)
    (tmp_path / "year.csv").write_text(text)
    table = pyarrow.table({"start": STARTS, "import_kwh": [0.25] * 4})
    parquet.write_table(table, tmp_path / "year.parquet")

    read = [read_profile(tmp_path / name) for name in ("year.csv", "year.parquet")]

    assert read[0] == read[1]
    demand = read[0].demand(Channel.ACTIVE_IMPORT, START)
    assert demand.integral(0, DAY) == 1_000 * COUNT


def test_zone_and_fill_are_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "year.csv"
    path.write_text("start,import_kwh\n2026-06-01 10:00,1\n2026-06-01 11:00,1\n")

    read = read_profile(path, TimeZone.LONDON, Fill.PREVIOUS)

    assert [at.hour for at in read.rates[Channel.ACTIVE_IMPORT]] == [9, 9, 10]


@pytest.mark.parametrize(
    ("name", "octets", "said"),
    [
        ("year.csv", b"", "empty"),
        ("year.csv", b"start,import_kwh\n\xff\xfe", "UTF-8"),
        ("year.csv", b'start,"import', "CSV"),
        ("year.parquet", b"PAR1", "Parquet"),
    ],
)
def test_file_that_is_no_table_is_refused(
    tmp_path: Path, name: str, octets: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(octets)

    with pytest.raises(UsageError, match=said):
        read_profile(path)


def test_missing_value_of_a_parquet_file_is_named(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.table({"start": STARTS, "import_kwh": [0.25, None, 0.25, 0.25]})
    parquet.write_table(table, tmp_path / "year.parquet")

    with pytest.raises(UsageError, match="line 3: active import ''"):
        read_profile(tmp_path / "year.parquet")


def test_file_that_is_not_there_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_profile(tmp_path / "none.csv")
