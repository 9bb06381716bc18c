from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.rf_noise.octets import read_octets


def test_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"ab")

    assert read_octets(tmp_path / "a") == b"ab"


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_octets(tmp_path / "none")


def test_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="directory"):
        read_octets(tmp_path)


def test_file_of_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(3 * 1024**3)

    with pytest.raises(UsageError, match="or less"):
        read_octets(tmp_path / "huge")
