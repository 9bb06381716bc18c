import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from emulator.lab.interactive.send_command import HomeChoice
from emulator.lab.interactive.up_command import up_command

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "one-meter.csv"


def told(choice: HomeChoice, *lines: str) -> tuple[int, str]:
    printed = StringIO()
    source = StringIO("".join(f"{line}\n" for line in lines))
    status = up_command(choice, source, Console(file=printed, width=100))
    return status, printed.getvalue()


def test_home_comes_up_reports_and_comes_back(tmp_path: Path) -> None:
    choice = HomeChoice(devices=SHIPMENT, state=tmp_path / "state")
    out = tmp_path / "out"

    first, before = told(choice, "send ECS17b to ESME", f"report {out}", "wait 1 min")
    second, after = told(choice, "send ECS17b to ESME")

    assert (first, second) == (0, 0)
    assert "1 of 1 devices are up" in before
    assert "PASS  ECS17b" in after
    document = json.loads((out / "report.json").read_text())
    assert (document["scenario"], document["verdict"]) == ("up", "pass")
    assert [each["path"] for each in document["inputs"]] == [str(SHIPMENT)]


def test_folder_of_something_else_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    status, said = told(HomeChoice(devices=SHIPMENT), f"report {tmp_path}")

    assert status == 2
    assert str(tmp_path) in said
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_ctrl_c_at_other_times_ends_it_and_keeps_what_there_is(tmp_path: Path) -> None:
    class Interrupted(StringIO):
        def isatty(self) -> bool:
            raise KeyboardInterrupt

    choice = HomeChoice(devices=SHIPMENT, state=tmp_path / "state")

    assert up_command(choice, Interrupted(), Console(file=StringIO())) == 130
    assert list((tmp_path / "state").glob("*.json"))


@pytest.mark.parametrize("lines", [(), ("quit",)])
def test_session_without_commands_passes(lines: tuple[str, ...]) -> None:
    assert told(HomeChoice(devices=SHIPMENT), *lines)[0] == 0
