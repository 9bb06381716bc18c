from dataclasses import replace

import pytest

from emulator.dlms.access import AccessRequest
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.payload import PayloadKind, decode_payload, payload_kind, payload_offset
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_messages

READ_CLOCK = bytes.fromhex(
    "D9 200003E8 00"  # access-request
    "01 01 0008 0000010000FF 02"  # get class 8, 0-0:1.0.0.255, attribute 2
    "01 00"  # no data
)
MESSAGE = Message(
    Cra.COMMAND,
    1000,
    Eui64(0x90B3D51F30010000),
    Eui64(0x00DB1234567890A0),
    b"",
    OtherInformation(0x0062),
    READ_CLOCK,
    b"",
    bytes(12),
)


def test_the_first_octets_tell_the_kind() -> None:
    assert payload_kind(READ_CLOCK) is PayloadKind.DLMS
    assert payload_kind(bytes.fromhex("0109 00")) is PayloadKind.GBZ
    assert payload_kind(bytes.fromhex("30 00")) is PayloadKind.ASN1


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (MESSAGE, AccessRequest),
        (replace(MESSAGE, payload=bytes.fromhex("0109 00")), GbzPayload),
        (
            replace(
                MESSAGE,
                cra=Cra.RESPONSE,
                other_information=OtherInformation(0x0010),
                payload=bytes.fromhex("02 01 00"),
            ),
            Asn1Payload,
        ),
    ],
)
def test_a_payload_is_decoded_by_its_kind(message: Message, kind: type[object]) -> None:
    payload = decode_payload(message)

    assert isinstance(payload, kind)
    assert payload.encode() == message.payload


@pytest.mark.parametrize("signature", [None, b"", bytes(64)])
def test_the_payload_is_where_its_offset_says(signature: bytes | None) -> None:
    message = replace(MESSAGE, signature=signature, mac=None if signature is None else bytes(12))

    at = payload_offset(message)

    assert message.encode()[at : at + len(READ_CLOCK)] == READ_CLOCK


def test_an_error_counts_from_the_start_of_the_message() -> None:
    broken = replace(MESSAGE, payload=READ_CLOCK[:-1] + b"\xfe")

    with pytest.raises(WireError) as caught:
        decode_payload(broken)

    assert caught.value.path == "Message.payload.AccessRequest.data[0].data"
    assert broken.encode()[caught.value.offset] == 0xFE


@pytest.mark.parametrize(
    ("cra", "payload"),
    [(Cra.RESPONSE, READ_CLOCK), (Cra.ALERT, READ_CLOCK), (Cra.COMMAND, b"")],
)
def test_a_payload_that_does_not_go_with_the_message_is_refused(cra: Cra, payload: bytes) -> None:
    with pytest.raises(WireError, match=r"Message\.payload"):
        decode_payload(replace(MESSAGE, cra=cra, payload=payload))


def test_every_reference_payload_comes_back_octet_for_octet() -> None:
    messages = [Message.decode(each.octets) for each in reference_messages()]

    identical = sum(decode_payload(message).encode() == message.payload for message in messages)

    assert (len(messages), identical) == (1275, 1275)
