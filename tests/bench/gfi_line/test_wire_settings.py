from pathlib import Path

import pytest

from emulator.bench.gfi_line.wire_settings import USUAL, WireSettings, read_wire_settings
from emulator.kernel.errors import UsageError


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "itch.toml"
    path.write_text(text)
    return path


def test_without_a_file_they_are_the_usual_ones() -> None:
    assert read_wire_settings(None) is USUAL


def test_file_changes_what_it_names(tmp_path: Path) -> None:
    path = written(tmp_path, 'baud = 9600\nparity = "even"\ndata_bits = 7\nline_end = "lf"\n')

    settings = read_wire_settings(path)

    assert settings.place("/dev/ttyS0") == (
        "/dev/ttyS0?baud=9600&parity=even&data=7&stop=1&flow=none"
    )
    assert settings.framed(b"GBCS:DATA#0:0:\r\n") == b"GBCS:DATA#0:0:\n"


@pytest.mark.parametrize("port", ["tcp://127.0.0.1:1", "/dev/ttyS0?baud=1200"])
def test_address_with_settings_of_its_own_stays(port: str) -> None:
    assert WireSettings().place(port) == port


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, 'bauds = 1\nbaud = 0\nparity = "mark"\nstop_bits = true\n')

    with pytest.raises(UsageError) as refused:
        read_wire_settings(path)

    assert len(refused.value.problems) == 4


def test_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="itch"):
        read_wire_settings(written(tmp_path, "baud ="))
    with pytest.raises(UsageError, match="No such file"):
        read_wire_settings(tmp_path / "none.toml")
