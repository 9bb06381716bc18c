import json
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.settlement.settle_command import SettleChoice, settle_command
from emulator.metering.demand.profile import Fill

SHIPMENTS = Path(__file__).parents[2] / "data" / "shipments"


def choice(tmp_path: Path, **changed: object) -> SettleChoice:
    told: dict[str, object] = {
        "devices": SHIPMENTS / "dual-fuel.csv",
        "loads": ("household",),
        "zone": None,
        "fill": Fill.NONE,
        "days": 1,
        "opt_outs": (),
        "out": tmp_path / "half-hours.csv",
        "assignments": ("nwk.link_status_period=6h",),
        "seed": 1,
        "force": False,
    }
    return SettleChoice(**(told | changed))  # type: ignore[arg-type] # of a record's own fields


def test_every_mistake_is_found_before_anything_happens(tmp_path: Path) -> None:
    there = tmp_path / "half-hours.csv"
    there.write_text("mine")
    wrong = choice(
        tmp_path, loads=("household:x=1",), opt_outs=("1=daily",), assignments=("a.b=1",)
    )

    with pytest.raises(UsageError) as refusal:
        settle_command(wrong, as_json=False)

    words = ("no 'x'", "--opt-out 1=daily", "--set a.b=1", "is there already")
    assert len(refusal.value.problems) == len(words)
    for problem, word in zip(refusal.value.problems, words, strict=True):
        assert word in problem
    assert there.read_text() == "mine"


def test_consumer_who_opted_out_gives_one_row_a_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settle_command(choice(tmp_path, opt_outs=("1200012345688=daily",)), as_json=True)

    told = json.loads(capsys.readouterr().out)
    header, row = (tmp_path / "half-hours.csv").read_text().splitlines()
    assert told["periods"] == 1
    assert told["late"] == 0
    assert ",daily," in row
    assert header.startswith("mpan,start,end,import_wh")
