"""Text files of a user: their text, or why there is none."""

from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.text_files import read_text


def test_a_mark_before_the_text_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\n")

    assert read_text(path) == "a = 1\n"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing.toml", "No such file"), ("folder", "Is a directory"), ("latin", "no UTF-8 text")],
)
def test_what_is_no_text_file_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "latin").write_bytes(b"a = '\xe9'\n")

    with pytest.raises(UsageError, match=f"{name}: {reason}"):
        read_text(tmp_path / name)


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(UsageError, match="null"):
        read_text(Path("a\0b"))
