import json
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emulator.gbcs.block_transfer import BlockTransferSettings, RoutedBlock, route_of, split
from emulator.gbcs.envelope import Message
from emulator.lab.cli import main
from emulator.testing.judges.reference_data import reference_folder
from emulator.testing.scenes.gbcs_scene import gbcs_scene

SCENE = gbcs_scene()
COMMAND = SCENE.command
HEX = COMMAND.encode().hex()
MAC_AT = str(COMMAND.offset_of("mac"))


def status(*words: object) -> object:
    with pytest.raises(SystemExit) as end:
        main(["gbcs", *map(str, words)])
    return end.value.code


@pytest.fixture
def keystore(tmp_path: Path) -> Path:
    return SCENE.write_keys(tmp_path / "keys")


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    folder = tmp_path / "messages"
    folder.mkdir()
    (folder / "good.hex").write_text(HEX)
    return folder


def read(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_person_reads_what_a_message_means(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("decode", HEX) == 0

    told = capsys.readouterr().out
    assert "ECS04b" in told
    assert "02-48-41-4E-4F-52-47-02" in told


def test_with_keys_parties_have_roles_and_protection_is_verified(
    keystore: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("decode", HEX, "--keystore", keystore, "--at", "2026-01-05") == 0

    told = capsys.readouterr().out
    assert "02-48-41-4E-4F-52-47-02 (supplier)" in told
    assert told.splitlines()[-2:] == ["signature: valid", "MAC: valid"]


def test_message_with_a_wrong_mac_is_told_and_fails(
    keystore: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("decode", HEX[:-2] + "00", "--keystore", keystore, "--json") == 1

    document = read(capsys)
    assert (document["signature"], document["mac"]) == ("valid", "invalid")
    assert [(each["field"], str(each["offset"])) for each in document["findings"]] == [
        ("Message.mac", MAC_AT)
    ]


def test_sensitive_data_is_shown_to_who_has_the_key(
    keystore: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = SCENE.sensitive_alert(bytes.fromhex("12 3039"))

    assert status("decode", message.encode().hex(), "--keystore", keystore) == 0

    assert "12345" in capsys.readouterr().out


def test_octets_that_are_no_message_are_bad_input_shown_octet_by_octet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert status("decode", HEX[:-2]) == 2

    told = capsys.readouterr().err
    assert told.startswith("no message: Message.mac_header at byte 7: length 169, found 168")
    assert "[81]" in told


def test_check_of_a_folder_gives_one_document(
    keystore: Path, messages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (messages / "base64.txt").write_bytes(b64encode(COMMAND.encode()))

    assert status("check", messages, "--keystore", keystore, "--json") == 0

    assert read(capsys) == {
        "messages": 2,
        "decoded": 2,
        "identical": 2,
        "signatures": {"valid": 2, "invalid": 0, "unchecked": 0},
        "macs": {"valid": 2, "invalid": 0, "unchecked": 0},
        "decrypted": {"ok": 0, "failed": 0},
        "failures": [],
    }


def test_check_goes_on_with_the_next_file_and_fails(
    keystore: Path, messages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (messages / "a.hex").write_text("no hexadecimal")
    (messages / "b.hex").write_text(HEX[:-2] + "00")
    (messages / "c.hex").write_text(HEX[:-4])

    assert status("check", messages, "--keystore", keystore, "--json") == 1

    document = read(capsys)
    assert document["messages"] == 4
    assert [(each["file"], each["field"]) for each in document["failures"]] == [
        ("a.hex", "file"),
        ("b.hex", "Message.mac"),
        ("c.hex", "Message.mac_header"),
    ]


def test_person_reads_a_table_of_counts(
    keystore: Path, messages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("check", messages / "good.hex", "--keystore", keystore) == 0

    assert "1 messages" in capsys.readouterr().out


def test_certificates_may_have_to_be_valid_at_a_moment(
    keystore: Path, messages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("check", messages, "--keystore", keystore, "--json", "--at", "2014-12-31T12:00:00Z")

    assert status(*words) == 1

    assert "certificate validity" in read(capsys)["failures"][0]["reason"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", "."), "no --keystore: give the folder"),
        (("check", "missing", "--keystore", "KEYS"), "missing: no such file or folder"),
        (("check", "EMPTY", "--keystore", "KEYS"), "no messages there"),
        (("check", "KEYS", "--keystore", "missing"), "missing: cannot be read"),
        (("check", "KEYS", "--keystore", "KEYS", "--at", "soon"), "moment 'soon'"),
        (("check", "KEYS", "--keystore", "KEYS", "--broker", "5"), "EUI-64 '5'"),
        (("encode", "missing.json"), "missing.json: cannot be read"),
        (("encode", "missing.json", "--sign"), "need --keystore"),
    ],
)
def test_usage_is_refused_with_what_to_do(
    words: tuple[str, ...],
    told: str,
    keystore: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty").mkdir()
    named = {"KEYS": str(keystore), "EMPTY": str(tmp_path / "empty")}

    assert status(*(named.get(word, word) for word in words)) == 2

    assert told in capsys.readouterr().err


@pytest.fixture
def document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert status("decode", HEX, "--json") == 0
    path = tmp_path / "message.json"
    path.write_text(capsys.readouterr().out)
    return path


def test_decoded_document_encodes_to_the_same_message(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("encode", document) == 0

    assert capsys.readouterr().out == HEX.upper() + "\n"


def test_edited_document_is_protected_anew(
    document: Path, keystore: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = json.loads(document.read_text())["document"] | {"counter": 99}
    document.write_text(json.dumps(edited))

    assert status("encode", document, "--keystore", keystore) == 0

    made = Message.decode(bytes.fromhex(capsys.readouterr().out))
    assert made == SCENE.protection.protect(replace(COMMAND, counter=99), signed=True, maced=True)


@pytest.mark.parametrize("form", ["base64", "gfi"])
def test_message_in_another_form_is_read_again(
    form: str, document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("encode", document, "--as", form) == 0
    path = tmp_path / "message.txt"
    path.write_text(capsys.readouterr().out)

    assert status("decode", path) == 0


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", '{"document": {}}', "\udcff"])
def test_document_that_is_no_message_is_bad_input(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "message.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))

    assert status("encode", path) == 2

    assert str(path) in capsys.readouterr().err


def test_reference_messages_pass(capsys: pytest.CaptureFixture[str]) -> None:
    folder = reference_folder()

    assert status("check", folder / "messages", "--keystore", folder / "keystore", "--json") == 0

    document = read(capsys)
    assert document == {
        "messages": 1275,
        "decoded": 1275,
        "identical": 1275,
        "signatures": {"valid": 472, "invalid": 0, "unchecked": 0},
        "macs": {"valid": 811, "invalid": 0, "unchecked": 4},
        "decrypted": {"ok": 63, "failed": 0},
        "failures": [],
    }


OWN = {"code": "00B3", "title": "Forget the balance", "category": "SME.C.C", "evidence": "name"}


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "own.jsonl").write_text(json.dumps(OWN))
    return folder


def test_own_records_of_use_cases_are_named_by_option_or_environment(
    records: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert status("decode", HEX, "--use-cases", records) == 0
    assert "Forget the balance" in capsys.readouterr().out

    monkeypatch.setenv("HANLAB_USE_CASES", str(records))
    assert status("decode", HEX) == 0
    assert "Forget the balance" in capsys.readouterr().out


def test_check_goes_by_own_records(
    messages: Path, keystore: Path, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = OWN | {"protection": {"command": ["MAC"]}}
    (records / "own.jsonl").write_text(json.dumps(wrong))

    assert status("check", messages, "--keystore", keystore, "--use-cases", records, "--json") == 1

    assert "expected MAC" in read(capsys)["failures"][0]["reason"]


def test_blocks_in_several_files_are_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = BlockTransferSettings(block_size=100)
    paths = []
    for block in split(COMMAND.encode(), settings):
        path = tmp_path / f"{block.number}.hex"
        routed = RoutedBlock(route_of(COMMAND), settings.security_header, block)
        path.write_text(routed.encode().hex())
        paths.append(path)

    assert status("decode", *paths) == 0

    assert f"put together from {len(paths)} blocks" in capsys.readouterr().out
