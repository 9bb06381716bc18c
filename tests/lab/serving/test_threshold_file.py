from pathlib import Path

import pytest

from emulator.dcc.requests.anomaly import Threshold
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import hours, minutes
from emulator.lab.serving.threshold_file import read_thresholds

GOOD = """
[[threshold]]
user = "90-B3-D5-1F-30-01-00-00"
srv = "7.4"
period = "15 min"
quarantine = 5

[[threshold]]
period = "1 h"
quarantine = 0
"""


def read(folder: Path, text: str) -> tuple[Threshold, ...]:
    path = folder / "thresholds.toml"
    path.write_text(text, "utf-8")
    return read_thresholds(path)


def test_thresholds_are_of_a_user_and_a_request_or_of_all(tmp_path: Path) -> None:
    user = Eui64(0x90B3D51F30010000)

    assert read(tmp_path, GOOD) == (
        Threshold(user=user, srv="7.4", period=minutes(15), quarantine=5),
        Threshold(period=hours(1), quarantine=0),
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('user = "supplier"', ":3: threshold 1: user: EUI-64 'supplier': expected 16"),
        ('srv = "9.9"', ":3: threshold 1: srv: "),
        ('period = "soon"', ":3: threshold 1: period: duration 'soon'"),
        ('period = "0 s"', ":3: threshold 1: period = '0 s': expected more"),
        ("quarantine = -1", ":3: threshold 1: quarantine = -1: expected a whole number"),
        ("warning = 2", ":3: threshold 1: unknown key 'warning'"),
    ],
)
def test_mistake_is_told_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    key = line.split(" ", maxsplit=1)[0]
    usual = {"period": 'period = "1 h"', "quarantine": "quarantine = 5"}
    rest = (each for name, each in usual.items() if name != key)

    with pytest.raises(UsageError) as mistakes:
        read(tmp_path, "\n".join(("", "[[threshold]]", line, *rest)))

    (problem,) = mistakes.value.problems
    assert told in problem


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("threshold = 5", 2),
        ("[limit]\nx = 1", 2),
        ("[[threshold]]", 2),
        ("[[threshold", 1),
    ],
)
def test_file_without_thresholds_is_refused(tmp_path: Path, text: str, count: int) -> None:
    with pytest.raises(UsageError) as mistakes:
        read(tmp_path, text)

    assert len(mistakes.value.problems) == count


def test_a_table_that_is_none_of_these_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as mistakes:
        read(tmp_path, GOOD + "[limit]\nx = 1\n")

    (problem,) = mistakes.value.problems
    assert problem.endswith("thresholds.toml:11: unknown table 'limit': there is threshold")


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml: No such file"):
        read_thresholds(tmp_path / "none.toml")
