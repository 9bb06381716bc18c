from dataclasses import replace

import pytest

from emulator.dlms.access import AccessRequest
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.meaning.message import Knowledge, explain
from emulator.gbcs.meaning.tree import lines
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.payload import decode_payload
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_messages

SUPPLIER = Eui64(0x90B3D51F30010000)
METER = Eui64(0x00DB1234567890A0)
MESSAGE = Message(
    Cra.COMMAND,
    1000,
    SUPPLIER,
    METER,
    b"",
    OtherInformation(0x004E),
    AccessRequest(0, (), ()).encode(),
    b"",
    bytes(12),
)


def _text(message: Message, knowledge: Knowledge | None = None) -> list[str]:
    payload = decode_payload(message)
    return list(lines(explain(message, payload, knowledge or Knowledge())))


def test_a_message_tells_use_case_parties_counter_payload_and_protection() -> None:
    assert _text(MESSAGE) == [
        "message: command of ECS40 Read MPAN Value on the ESME",
        "  use case: ECS40 Read MPAN Value on the ESME (004E)",
        "    category: SME.C.NC",
        "    service: SRV 6.2.7",
        "  originator: 90-B3-D5-1F-30-01-00-00 (remote party)",
        "  recipient: 00-DB-12-34-56-78-90-A0 (ESME)",
        "  originator counter: 1000 (00000000000003E8)",
        "  DLMS access-request",
        "  MAC: 000000000000000000000000",
    ]


def test_parties_are_told_by_the_roles_that_the_reader_knows() -> None:
    knowledge = Knowledge(parties={SUPPLIER: "supplier"})

    assert "  originator: 90-B3-D5-1F-30-01-00-00 (supplier)" in _text(MESSAGE, knowledge)


def test_supplementary_parties_and_date_time_are_told() -> None:
    other = OtherInformation(0x0001, SUPPLIER, 7, 8)
    when = bytes.fromhex("07DF0101FF000000008000FF")

    text = _text(replace(MESSAGE, other_information=other, date_time=when))

    assert "  date-time: 2015-01-01 00:00:00 UTC" in text
    assert "  supplementary remote party: 90-B3-D5-1F-30-01-00-00 (remote party)" in text
    assert "  supplementary originator counter: 8 (0000000000000008)" in text


@pytest.mark.parametrize(
    ("signature", "mac", "last"),
    [(None, None, "  protection: none"), (bytes(64), None, "  signature: " + "00" * 64)],
)
def test_protection_is_told_as_it_is(signature: bytes | None, mac: bytes | None, last: str) -> None:
    assert _text(replace(MESSAGE, signature=signature, mac=mac))[-1] == last


def test_a_message_code_that_is_not_known_says_so() -> None:
    unknown = replace(MESSAGE, other_information=OtherInformation(0x0FFF))

    assert _text(unknown)[:2] == [
        "message: command of an unknown use case",
        "  use case: unknown message code 0FFF",
    ]


@pytest.mark.parametrize("mac", [None, bytes(12)])
def test_every_field_is_where_its_offset_says(mac: bytes | None) -> None:
    message = replace(MESSAGE, signature=bytes(range(64)), mac=mac)
    octets = message.encode()

    tree = explain(message, decode_payload(message))

    for label, expected in (
        ("originator", SUPPLIER.to_bytes(8, "big")),
        ("recipient", METER.to_bytes(8, "big")),
        ("originator counter", (1000).to_bytes(8, "big")),
        ("DLMS access-request", message.payload),
        ("signature", bytes(range(64))),
    ):
        (found,) = tree.find(label)
        at = found.offset or 0
        assert octets[at : at + len(expected)] == expected, label


def test_every_reference_message_is_told_with_every_object_named() -> None:
    for reference in reference_messages():
        message = Message.decode(reference.octets)

        text = "\n".join(_text(message))

        assert "unknown" not in text.replace("category: unknown", ""), reference.name
        assert ".attribute " not in text, reference.name
        assert ".method " not in text, reference.name
