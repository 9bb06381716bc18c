from pathlib import Path

import pytest

from emulator.lab.cli import main


def test_mistakes_are_found_before_a_home_is_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["settle", str(tmp_path / "out.csv"), "--opt-out", "1=daily", "--load", "none.csv"])

    told = capsys.readouterr().err
    assert end.value.code in (2, 3)
    assert "none.csv" in told
    assert not (tmp_path / "out.csv").exists()
