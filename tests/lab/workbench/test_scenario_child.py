import io
import json
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.run_orders import ScenarioOrder
from emulator.lab.workbench.scenario_child import RunTeller, arguments, run
from tests.lab.workbench.homes import begin, watched_home

ORDER = ScenarioOrder("commissioning/join_one_device", "", 1, ())


def events(out: io.StringIO) -> list[tuple[str, dict[str, object]]]:
    pairs = (line.partition(" ") for line in out.getvalue().splitlines())
    return [(kind, json.loads(data)) for kind, _, data in pairs]


def test_steps_frames_and_devices_are_told_once() -> None:
    work, out = watched_home().work, io.StringIO()
    teller = RunTeller(work.lab, Pages(), out)
    work.pre_notify_hub()
    begin(work)

    teller.progress("something <new>", work.lab.scheduler.now)
    told = events(out)
    teller.tell()

    assert [kind for kind, _ in told] == ["progress", "premises", "step", "rows"]
    assert "something &lt;new&gt;" in str(told[0][1]["html"])
    assert len(told[3][1]["at"]) == work.lab.frames()  # type: ignore[arg-type]  # a list
    assert events(out) == told


def test_progress_is_not_told_more_often_than_people_read() -> None:
    work, out = watched_home().work, io.StringIO()
    teller = RunTeller(work.lab, Pages(), out)

    for _ in range(50):
        teller.progress("something", work.lab.scheduler.now)

    assert len([kind for kind, _ in events(out) if kind == "progress"]) <= 2


def test_a_setting_that_is_none_is_refused_before_anything_runs(tmp_path: Path) -> None:
    order = ScenarioOrder("commissioning/dual_fuel", "", 1, ("nonsense=1",))

    with pytest.raises(UsageError):
        run(order, tmp_path / "run", io.StringIO())

    assert not (tmp_path / "run").exists()


def test_an_order_is_handed_over_as_one_word(tmp_path: Path) -> None:
    *_, word = arguments(ORDER, tmp_path)

    assert json.loads(word)["name"] == ORDER.name
