import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dlms.access import AccessRequest
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.json_form.message import from_json, to_json
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.kernel.errors import LabError, UsageError
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_keys, reference_messages

MESSAGE = Message(
    Cra.COMMAND,
    1000,
    Eui64(0x90B3D51F30010000),
    Eui64(0x00DB1234567890A0),
    b"",
    OtherInformation(0x004E, Eui64(1), 2, 3),
    AccessRequest(7, (), ()).encode(),
    b"",
    bytes(12),
)


def test_a_message_is_a_document_of_its_fields() -> None:
    document = to_json(MESSAGE, decode_payload(MESSAGE))

    assert document["originator"] == "90-B3-D5-1F-30-01-00-00"
    assert document["other_information"]["message_code"] == "004E"
    assert document["payload"] == {"dlms": {"invoke_id": 7, "date_time": "", "request": []}}


@pytest.mark.parametrize("decoded", [False, True])
def test_a_message_comes_back_through_text(decoded: bool) -> None:
    document = to_json(MESSAGE, decode_payload(MESSAGE) if decoded else None)

    assert from_json(json.loads(json.dumps(document))) == MESSAGE


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"cra": "order"}, "message.cra"),
        ({"counter": None}, "message.counter"),
        ({"originator": "90B3"}, "message.originator"),
        ({"other_information": {"message_code": "4E"}}, "message.other_information.message_code"),
        ({"payload": {}}, "message.payload.octets"),
        ({"payload": {"dlms": 5}}, "message.payload.dlms"),
        ({"mac": "0"}, "message.mac"),
    ],
)
def test_a_document_that_is_no_message_is_refused_with_its_place(
    change: dict[str, Any], place: str
) -> None:
    with pytest.raises(UsageError, match=f"^{place}: found "):
        from_json({**to_json(MESSAGE), **change})


def test_every_reference_message_comes_back_octet_for_octet() -> None:
    for reference in reference_messages():
        message = Message.decode(reference.octets)

        document = json.loads(json.dumps(to_json(message, decode_payload(message))))

        assert "octets" not in document["payload"], reference.name
        assert from_json(document).encode() == reference.octets, reference.name


def test_sensitive_data_of_every_reference_message_is_laid_open_and_encrypted_again() -> None:
    agreement = StoredKeyAgreement(reference_keys())
    blocks = 0
    for reference in reference_messages():
        message = Message.decode(reference.octets)
        payload = decode_payload(message)
        if message.cra is Cra.COMMAND or not encrypted_blocks(payload):
            continue
        data = SensitiveData(message, agreement)
        opened = {block: data.decrypt(block) for block in encrypted_blocks(payload)}

        text = json.dumps(to_json(message, payload, opened))

        assert text.count('"plain"') == len(encrypted_blocks(payload)), reference.name
        assert from_json(json.loads(text), agreement).encode() == reference.octets, reference.name
        blocks += len(encrypted_blocks(payload))
    assert blocks == 63


def test_plain_data_without_keys_is_refused() -> None:
    document = to_json(MESSAGE, decode_payload(MESSAGE))
    document["payload"]["dlms"]["request"] = [{"type": "octet-string", "plain": "00"}]

    with pytest.raises(UsageError, match="needs keys"):
        from_json(document)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just("0702"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "components",
                    "cluster",
                    "header",
                    "fields",
                    "plain",
                    "alert",
                    "code",
                    "time",
                    "type",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(["dlms", "gbz", "asn1", "octets"]), JSON)
def test_any_payload_document_gives_a_message_or_a_typed_error(kind: str, document: Any) -> None:
    whole = to_json(MESSAGE) | {"payload": {kind: document}}

    with suppress(LabError):
        assert isinstance(from_json(whole), Message)
