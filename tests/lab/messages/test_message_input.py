from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.lab.messages.message_input import (
    MAXIMUM_SIZE,
    message_files,
    parse_message,
    read_file,
    read_message,
)
from emulator.testing.scenes.gbcs_vectors import RESET_METER_BALANCE

HEX = RESET_METER_BALANCE.hex().upper()
NOTHING = BytesIO()


@pytest.mark.parametrize(
    "content",
    [
        RESET_METER_BALANCE,
        RESET_METER_BALANCE[14:],
        HEX.encode(),
        HEX.lower().encode() + b"\r\n",
        RESET_METER_BALANCE.hex(" ").encode(),
        RESET_METER_BALANCE.hex(":").encode(),
        b"0x" + RESET_METER_BALANCE.hex("\n", 16).encode(),
        b64encode(RESET_METER_BALANCE),
        f"GBCS:DATA#0:{len(RESET_METER_BALANCE)}:{HEX}\r\n".encode(),
    ],
)
def test_each_form_gives_the_message(content: bytes) -> None:
    assert parse_message(content, "x") in (RESET_METER_BALANCE, RESET_METER_BALANCE[14:])


def test_blocks_in_several_frames_are_one_content() -> None:
    content = b"GBCS:DATA#0:3:DD0901\r\nGBCS:DATA#1:3:DD0902\r\n"

    assert parse_message(content, "x") == bytes.fromhex("DD0901 DD0902")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "expected a message"),
        (b"nothing at all", "expected a message"),
        (b"\x80\x00", "neither text nor a message"),
        (b"GBCS:DATA#0:3:DD00", "GFI frame"),
        (b"GBCS:DATA#0:2:DD0", "GFI frame"),
        (b"GBCS:DATA#0:1:DD\r\nGBCS:DATA#0:1:DD", "2 GFI frames, expected one"),
        (b"A" * (MAXIMUM_SIZE + 1), "longer than any message"),
    ],
)
def test_content_that_is_no_message_is_refused_by_name(content: bytes, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as refused:
        parse_message(content, "here")

    assert str(refused.value).startswith("here: ")


@given(st.binary(max_size=60))
def test_any_content_gives_octets_or_is_refused(content: bytes) -> None:
    try:
        octets = parse_message(content, "x")
    except UsageError:
        return

    assert isinstance(octets, bytes)


def test_word_is_standard_input_a_file_or_the_message_itself(tmp_path: Path) -> None:
    path = tmp_path / "message.hex"
    path.write_text(HEX)

    assert read_message("-", BytesIO(HEX.encode())) == RESET_METER_BALANCE
    assert read_message(str(path), NOTHING) == RESET_METER_BALANCE
    assert read_message(HEX, NOTHING) == RESET_METER_BALANCE


@pytest.mark.parametrize("word", ["missing.hex", "", "DD", "\0", "x" * 300 + "!"])
def test_word_that_is_neither_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="no such file, and no message"):
        read_message(word, NOTHING)


def test_folder_gives_its_message_files_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/one.HEX", "two.bin", "readme.md"):
        (tmp_path / name).write_bytes(RESET_METER_BALANCE)

    assert [each.name for each in message_files(tmp_path)] == ["b/one.HEX", "two.bin"]


def test_named_file_is_taken_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "readme.md"
    path.write_bytes(RESET_METER_BALANCE)

    assert [each.path for each in message_files(path)] == [path]


@pytest.mark.parametrize(("name", "reason"), [("", "no messages there"), ("x", "no such file")])
def test_path_without_messages_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        message_files(tmp_path / name)


def test_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_file(tmp_path)
