from pathlib import Path

from typer.testing import CliRunner

from emulator.building.command import app
from emulator.testing.scenes.small_block import SMALL_BLOCK

RUNNER = CliRunner()


def test_the_plan_of_a_building_is_told(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(SMALL_BLOCK)

    result = RUNNER.invoke(app, ["plan", str(tmp_path / "b.toml")])

    assert result.exit_code == 0, result.output
    assert "1 point-to-point" in result.output


def test_help_has_examples() -> None:
    assert "hanlab building plan block.toml --json" in RUNNER.invoke(app, ["plan", "--help"]).output
