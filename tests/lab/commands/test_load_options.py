import subprocess
import sys
from pathlib import Path

import pytest

HANLAB = Path(sys.executable).with_name("hanlab")


@pytest.mark.parametrize("words", [("run", "lossy_air"), ("display",), ("settle", "rows.csv")])
def test_every_command_that_takes_a_load_refuses_a_filling_that_there_is_not(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    command = [str(HANLAB), *words, "--fill", "guess"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert done.returncode == 2
    assert "--fill" in done.stderr
    assert not list(tmp_path.iterdir())
