"""What devices keep between runs, and files that are not what they should be."""

import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.kept.state_files import load_state, save_state

EUI64 = Eui64(0x00DB1234567890A0)
NAME = "00db1234567890a0.json"
MEMORY = {"joiner": {"suite": 2}, "boots": 1}


def written(folder: Path, content: bytes) -> Path:
    (folder / NAME).write_bytes(content)
    return folder


def test_device_of_which_nothing_is_kept_has_no_memory(tmp_path: Path) -> None:
    assert load_state(tmp_path, EUI64) is None
    assert load_state(tmp_path / "absent", EUI64) is None


def test_memory_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"

    save_state(folder, EUI64, MEMORY)

    assert load_state(folder, EUI64) == MEMORY
    assert [path.name for path in folder.iterdir()] == [NAME]


def test_file_says_that_its_keys_are_test_keys(tmp_path: Path) -> None:
    save_state(tmp_path, EUI64, MEMORY)

    assert "test keys" in json.loads((tmp_path / NAME).read_text())["label"]


def test_later_memory_takes_the_place_of_an_earlier(tmp_path: Path) -> None:
    save_state(tmp_path, EUI64, {"boots": 1})

    save_state(tmp_path, EUI64, {"boots": 2})

    assert load_state(tmp_path, EUI64) == {"boots": 2}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"format": 5}',
        b'{"format": 5, "memory": []}',
        b'{"format": 2, "memory": {}}',
        b'{"format": "3", "memory": {}}',
        b"[" * 100_000,
    ],
)
def test_file_that_is_no_state_file_is_refused_by_name(content: bytes, tmp_path: Path) -> None:
    folder = written(tmp_path, content)

    with pytest.raises(UsageError, match=NAME):
        load_state(folder, EUI64)


@given(st.binary(max_size=60))
def test_any_content_is_a_memory_or_refused(content: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(UsageError):
        memory = load_state(written(Path(folder), content), EUI64)
        assert isinstance(memory, dict)


def test_folder_in_the_place_of_a_file_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()

    with pytest.raises(EnvironmentFault, match="cannot be read"):
        load_state(tmp_path, EUI64)


def test_file_in_the_place_of_the_folder_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")

    with pytest.raises(EnvironmentFault, match="cannot be written"):
        save_state(tmp_path / "state", EUI64, MEMORY)
