from pathlib import Path

from emulator.lab.inputs.scenario_files import read_scenario
from emulator.testing.scenes.scenarios import write_scenario


def test_written_scenario_is_one_that_runs_read(tmp_path: Path) -> None:
    path = write_scenario(tmp_path, "pass", name="mine.py")

    scenario = read_scenario(path, "mine")

    assert (scenario.name, scenario.title) == ("mine", "A scenario for a test")


def test_body_begins_at_the_third_line(tmp_path: Path) -> None:
    path = write_scenario(tmp_path, "lab.first()", "lab.second()")

    assert path.read_text().splitlines()[2:] == ["    lab.first()", "    lab.second()"]
