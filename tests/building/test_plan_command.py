import json
from pathlib import Path

import pytest

from emulator.building.plan_command import BuildingPlanRequest, building_plan_command
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.testing.scenes.small_block import SMALL_BLOCK


@pytest.fixture
def block(tmp_path: Path) -> Path:
    path = tmp_path / "block.toml"
    path.write_text(SMALL_BLOCK)
    return path


def test_a_table_tells_each_dwelling_and_files_are_written(
    block: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    html, svg = block.with_suffix(".html"), block.with_suffix(".svg")

    status = building_plan_command(
        BuildingPlanRequest(building=block, html=html, svg=svg), as_json=False
    )

    said = capsys.readouterr().out
    assert status == 0
    assert "2 dwellings: 1 direct, 1 point-to-point" in said
    assert "high bridge remote end" in html.read_text()
    assert svg.read_text().startswith("<svg")


def test_one_json_document_and_status_1_when_a_dwelling_is_unreachable(
    block: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    block.write_text(SMALL_BLOCK.partition("[[bridge]]")[0])

    status = building_plan_command(BuildingPlanRequest(building=block), as_json=True)

    told = json.loads(capsys.readouterr().out)
    assert status == 1
    assert told["counts"]["unreachable"] == 1
    (lost,) = (each for each in told["dwellings"] if each["verdict"] == "unreachable")
    assert [each["device"] for each in lost["devices"] if each["through"] is None] == ["high IHD"]


def test_mistakes_of_options_and_file_are_told_together(block: Path) -> None:
    block.write_text(SMALL_BLOCK.replace("at = [3, 3]", "at = [33, 3]"))

    with pytest.raises(UsageError) as refused:
        building_plan_command(
            BuildingPlanRequest(building=block, assignments=("propagation.colour=red",)),
            as_json=False,
        )

    assert len(refused.value.problems) == 3


def test_a_file_that_cannot_be_written_is_a_fault_of_the_surroundings(block: Path) -> None:
    request = BuildingPlanRequest(building=block, svg=block.parent / "no" / "b.svg")

    with pytest.raises(EnvironmentFault, match=r"b\.svg"):
        building_plan_command(request, as_json=False)
