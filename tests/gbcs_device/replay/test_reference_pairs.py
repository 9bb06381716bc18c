from pathlib import Path

import pytest

from emulator.gbcs.envelope import Cra
from emulator.gbcs_device.replay.reference_pairs import (
    MAXIMUM_SIZE,
    ReferencePair,
    pair_files,
    read_pair,
)
from emulator.kernel.errors import UsageError
from emulator.testing.judges.reference_data import reference_folder
from emulator.testing.scenes.reference_set import (
    COMMAND,
    RESPONSE,
    reference_command,
    reference_response,
    write_reference_set,
)


def test_pair_is_a_command_and_its_answer(tmp_path: Path) -> None:
    folder = write_reference_set(tmp_path)

    (files,) = pair_files(folder)
    pair = read_pair(*files)

    assert pair.name == COMMAND
    assert (pair.command.cra, pair.response.cra) == (Cra.COMMAND, Cra.RESPONSE)


def test_command_without_answer_is_no_pair(tmp_path: Path) -> None:
    folder = write_reference_set(tmp_path)
    (folder / "messages" / RESPONSE).unlink()

    with pytest.raises(UsageError, match="no commands with their answers"):
        pair_files(folder)


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        pair_files(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("xy", "no message in hexadecimal"),
        ("00", "no message in hexadecimal"),
        ("é", "no message in hexadecimal"),
        ("0" * (MAXIMUM_SIZE + 1), "more than"),
        (reference_command().encode().hex(), "a command, not a response"),
    ],
    ids=["no hexadecimal", "no message", "no text", "too long", "another kind"],
)
def test_file_that_is_no_answer_is_named(tmp_path: Path, text: str, told: str) -> None:
    folder = write_reference_set(tmp_path)
    (folder / "messages" / RESPONSE).write_text(text, "utf-8")
    (files,) = pair_files(folder)

    with pytest.raises(UsageError, match=told) as refusal:
        read_pair(*files)
    assert "RESPONSE" in str(refusal.value)


def test_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_pair(tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize(("name", "shows"), [("ECS04b_1.5_ERROR_COMMAND", True), (COMMAND, False)])
def test_name_tells_whether_a_pair_shows_an_error(name: str, shows: bool) -> None:
    pair = ReferencePair(name, reference_command(), reference_response())

    assert pair.shows_error is shows


def test_reference_set_has_501_pairs() -> None:
    assert len(pair_files(reference_folder())) == 501
