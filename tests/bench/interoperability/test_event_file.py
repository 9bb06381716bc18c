"""Event files: what they say, and what is wrong with them."""

from pathlib import Path

import pytest

from emulator.bench.interoperability.event import Activity
from emulator.bench.interoperability.event_file import read_event
from emulator.kernel.errors import UsageError
from emulator.testing.scenes.bench_scene import SHIPMENT

GOOD = """\
name = "Plugfest"
activities = ["connectivity"]
hub_variants = ["Single Band / Central"]
use_cases = ["ECS17b"]
seed = 4

[[sets]]
name = "red"
shipment = "uept-smets2"

[[sets]]
name = "blue"
shipment = "uept-smets2"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "event.toml"
    path.write_text(text)
    return path


def test_an_event_is_what_its_file_says(tmp_path: Path) -> None:
    event = read_event(written(tmp_path, GOOD))

    assert (event.name, event.seed, event.use_cases) == ("Plugfest", 4, ("ECS17b",))
    assert event.activities == (Activity.CONNECTIVITY,)
    assert [each.name for each in event.variants] == ["Single Band / Central"]
    assert [each.name for each in event.sets] == ["red", "blue"]


def test_what_is_left_out_is_everything(tmp_path: Path) -> None:
    event = read_event(written(tmp_path, '[[sets]]\nshipment = "uept-smets2"\n'))

    assert event.activities == tuple(Activity)
    assert len(event.variants) == 12
    assert (event.name, event.sets[0].name) == ("event", "uept-smets2")


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(SHIPMENT)
    (tmp_path / "b.csv").write_text(SHIPMENT)
    text = """\
colour = "red"
activities = ["dancing"]
hub_variants = ["Three Band / Moon"]
use_cases = ["ECS999"]
seed = -1
settings = ["joiner.retry=soon"]
[[sets]]
shipment = "a.csv"
[[sets]]
shipment = "b.csv"
[[sets]]
name = "a"
shipment = "none.csv"
[[sets]]
name = "c"
"""

    with pytest.raises(UsageError) as refused:
        read_event(written(tmp_path, text))

    told = [problem.partition("event.toml:")[2] for problem in refused.value.problems]
    lines = [int(problem.partition(":")[0]) for problem in told]
    assert lines == sorted(lines)
    for number, word in (
        (1, "colour"),
        (2, "dancing"),
        (3, "Moon"),
        (4, "ECS999"),
        (5, "seed"),
        (6, "joiner.retry"),
        (10, "is in a, too"),
        (12, "two sets are called 'a'"),
        (13, "none.csv"),
        (14, "needs a shipment"),
    ):
        assert any(line.startswith(f"{number}:") and word in line for line in told), word


@pytest.mark.parametrize(
    "text",
    ["", "activities = []", "not toml", 'sets = "red"', "activities = [[1]]", "use_cases = [[1]]"],
)
def test_a_file_that_is_no_event_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError):
        read_event(written(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_event(tmp_path / "none.toml")
