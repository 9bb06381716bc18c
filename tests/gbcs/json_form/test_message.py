import json
from typing import Any

import pytest

from emulator.dlms.access import AccessRequest
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.json_form.message import from_json, to_json
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.payload import decode_payload
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.testing.reference_data import reference_messages

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

        assert from_json(document).encode() == reference.octets, reference.name
