import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from emulator.gbcs.block_transfer import BlockTransferSettings, RoutedBlock, route_of, split
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs.protection.message_protection import Protection
from emulator.kernel.errors import UsageError
from emulator.lab.messages.message_decoding import (
    FAIL,
    PASS,
    decode_message,
    message_document,
    print_message,
)
from emulator.testing.scenes.gbcs_scene import gbcs_scene

SCENE = gbcs_scene()
COMMAND = SCENE.command.encode().hex()
ALERT = SCENE.sensitive_alert(bytes.fromhex("12 3039")).encode().hex()

SETTINGS = BlockTransferSettings(block_size=60)
BLOCKS = tuple(
    RoutedBlock(route_of(SCENE.command), SETTINGS.security_header, block).encode().hex()
    for block in split(SCENE.command.encode(), SETTINGS)
)


def test_document_holds_meaning_protection_and_what_encode_takes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert decode_message((COMMAND,), SCENE.protection, as_json=True) == PASS

    document = json.loads(capsys.readouterr().out)
    assert document["meaning"]["label"] == "message"
    assert (document["signature"], document["mac"]) == ("valid", "valid")
    assert document["document"]["counter"] == 1
    assert document["findings"] == []


@pytest.mark.parametrize(("keys", "shown"), [(SCENE.protection, True), (None, False)])
def test_sensitive_data_is_shown_with_keys_only(
    keys: Protection | None, shown: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert decode_message((ALERT,), keys, as_json=False) == PASS

    assert ("12345" in capsys.readouterr().out) is shown


@pytest.mark.parametrize(("keys", "shown"), [(SCENE.protection, True), (None, False)])
def test_document_lays_sensitive_data_open_with_keys_only(
    keys: Protection | None, shown: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert decode_message((ALERT,), keys, as_json=True) == PASS

    payload = json.loads(capsys.readouterr().out)["document"]["payload"]
    assert ('"plain"' in json.dumps(payload)) is shown


def test_sensitive_data_stays_closed_to_who_has_no_key(capsys: pytest.CaptureFixture[str]) -> None:
    public = KeyStore(replace(each, private_key=None) for each in SCENE.pki.keys)
    keys = Protection(keys=public, agreement=StoredKeyAgreement(public))

    assert decode_message((ALERT,), keys, as_json=False) == FAIL

    told = capsys.readouterr().out
    assert "no private key of" in told
    assert "12345" not in told


def test_payload_that_cannot_be_read_is_told_with_its_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    message = replace(SCENE.command, payload=b"\xd9")

    assert decode_message((message.encode().hex(),), None, as_json=False) == FAIL
    assert decode_message((message.encode().hex(),), None, as_json=True) == FAIL

    told = capsys.readouterr().out
    assert told.startswith("Message.payload.")
    assert '"meaning": null' in told


def test_octets_that_are_no_message_are_bad_input() -> None:
    with pytest.raises(UsageError, match=r"no message: Message\.mac_header at byte 7") as refused:
        decode_message((COMMAND[:-2],), None, as_json=False)

    assert "[81]" in refused.value.problems[1]


def test_blocks_of_a_message_are_put_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert decode_message(BLOCKS[::-1], SCENE.protection, as_json=False) == PASS
    assert decode_message(("".join(BLOCKS),), None, as_json=True) == PASS

    told = capsys.readouterr().out
    assert told.startswith(f"put together from {len(BLOCKS)} blocks\nmessage: command of ECS04b")
    assert "MAC: valid" in told
    assert '"identical": true' in told


def test_block_alone_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert decode_message(BLOCKS[1:2], None, as_json=False) == PASS

    told = capsys.readouterr().out
    assert told.startswith("blocks: command of ECS04b")
    assert "block 2: 60 octets, window 6, acknowledges up to 0" in told
    assert "missing: block 1, the last block" in told


def test_blocks_that_are_missing_are_in_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert decode_message((BLOCKS[0], BLOCKS[-1]), None, as_json=True) == PASS

    document = json.loads(capsys.readouterr().out)
    assert document["message_code"] == "00B3"
    assert [each["number"] for each in document["blocks"]] == [1, len(BLOCKS)]
    assert document["missing"] == [*range(2, len(BLOCKS))]
    assert document["last"] == len(BLOCKS)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((COMMAND, COMMAND), "2 messages: give one"),
        ((BLOCKS[0], COMMAND), "no block: "),
        ((BLOCKS[0] + "00",), "no block: "),
    ],
)
def test_words_that_belong_to_no_one_message_are_refused(
    words: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        decode_message(words, None, as_json=False)


def test_octets_are_told_to_programs_and_people_alike() -> None:
    printed = StringIO()

    document = message_document(SCENE.command.encode(), SCENE.protection)
    print_message(SCENE.command.encode(), SCENE.protection, Console(file=printed))

    assert document["mac"] == "valid"
    assert printed.getvalue().splitlines()[-1] == "MAC: valid"


def test_octets_that_are_no_message_are_refused_with_their_place() -> None:
    with pytest.raises(UsageError, match="no message"):
        message_document(b"\xdf", None)
