import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from emulator.gbcs.json_form.message import to_json
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs.protection.message_protection import Protection
from emulator.kernel.errors import UsageError
from emulator.lab.messages.message_encoding import encode_document
from emulator.testing.scenes.gbcs_scene import gbcs_scene

SCENE = gbcs_scene()
COMMAND = SCENE.command
NO_KEYS = Protection(keys=KeyStore(()), agreement=StoredKeyAgreement(KeyStore(())))


def document(folder: Path, **changes: Any) -> Path:
    path = folder / "message.json"
    path.write_text(json.dumps(to_json(COMMAND) | changes))
    return path


def test_document_alone_stands_as_it_is(tmp_path: Path) -> None:
    path = document(tmp_path)

    assert encode_document(path, None, "hex", signed=False, maced=False) == (
        COMMAND.encode().hex().upper()
    )


def test_protection_that_the_document_has_is_made_anew(tmp_path: Path) -> None:
    path = document(tmp_path, signature="00" * 64, mac="00" * 12)

    assert encode_document(path, SCENE.protection, "hex", signed=False, maced=False) == (
        COMMAND.encode().hex().upper()
    )


def test_protection_is_added_when_asked_for(tmp_path: Path) -> None:
    bare = to_json(COMMAND)
    del bare["mac"]
    path = tmp_path / "message.json"
    path.write_text(json.dumps(bare | {"signature": ""}))

    text = encode_document(path, SCENE.protection, "base64", signed=True, maced=True)

    assert text == b64encode(COMMAND.encode()).decode()


def test_gfi_form_is_one_frame(tmp_path: Path) -> None:
    text = encode_document(document(tmp_path), None, "gfi", signed=False, maced=False)

    octets = COMMAND.encode()
    assert text == f"GBCS:DATA#0:{len(octets)}:{octets.hex().upper()}"


def test_key_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is in no certificate"):
        encode_document(document(tmp_path), NO_KEYS, "hex", signed=True, maced=True)


def test_protection_without_keys_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="need --keystore"):
        encode_document(document(tmp_path), None, "hex", signed=True, maced=False)


@pytest.mark.parametrize(
    "changes", [{"signature": "00"}, {"mac": "00"}, {"cra": "question"}, {"counter": 2**64}]
)
def test_document_that_is_no_message_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        encode_document(document(tmp_path, **changes), None, "hex", signed=False, maced=False)


def test_edited_sensitive_data_is_encrypted_with_the_keys(tmp_path: Path) -> None:
    alert = SCENE.sensitive_alert(bytes.fromhex("12 3039"))
    edited = SCENE.sensitive_alert(bytes.fromhex("12 303A"))
    payload = decode_payload(alert)
    (block,) = encrypted_blocks(payload)
    opened = SensitiveData(alert, SCENE.protection.agreement).decrypt(block)
    text = json.dumps(to_json(alert, payload, {block: opened}))
    path = tmp_path / "message.json"
    path.write_text(text.replace("12345", "12346"))

    made = encode_document(path, SCENE.protection, "hex", signed=False, maced=False)

    assert made == edited.encode().hex().upper()
    with pytest.raises(UsageError, match="needs keys"):
        encode_document(path, None, "hex", signed=False, maced=False)
