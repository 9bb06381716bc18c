"""What requests of DUIS become that go down a wire."""

import base64
from dataclasses import replace
from functools import lru_cache

import pytest

from emulator.bench.gfi_line.serving import lab_keys
from emulator.bench.wired_itch.service_desk import AnsweredHere, ForTheWire, ServiceDesk
from emulator.dcc.service_request import RequestId
from emulator.duis.document import parse_document
from emulator.duis.request import DuisRequest, write_request
from emulator.duis.tree import Node, compact, read_node
from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs.protection.message_protection import Protection
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import DEFAULT_START
from emulator.lab.shipments.shipment import parse_shipment
from emulator.lab.world.parties import SUPPLIER
from emulator.testing.scenes.captured_homes import SHIPMENT
from emulator.testing.scenes.duis_scene import read_registers

METER = Eui64(0x00DB1234567890A0)
ID = RequestId(SUPPLIER, METER, 1_900_000_000)
SUPPLY = DuisRequest(
    request_id=ID,
    variant=4,
    reference="7.2",
    srv="7.2",
    body=Node("DisableSupply"),
)


@lru_cache
def desk() -> ServiceDesk:
    shipment = parse_shipment(SHIPMENT, "home.csv")
    return ServiceDesk(shipment, keys(), DEFAULT_START)


@lru_cache
def keys() -> KeyStore:
    shipment = parse_shipment(SHIPMENT, "home.csv")
    return lab_keys(None, [each.eui64 for each in shipment.devices])


def taken(request: DuisRequest) -> ForTheWire | AnsweredHere:
    return desk().take(compact(write_request(request)))


def payload(document: bytes) -> Message:
    (_, body) = read_node(parse_document(document)).parts
    (message,) = body.parts
    content = message.parts[-1]
    found = content if content.name == "GBCSPayload" else content.parts[-1]
    return Message.decode(base64.b64decode(found.text or ""))


def test_request_becomes_the_command_that_the_dcc_would_make() -> None:
    made = taken(read_registers(ID))

    assert isinstance(made, ForTheWire)
    assert (made.command.originator, made.command.recipient) == (SUPPLIER, METER)
    assert made.command.counter == ID.counter
    assert made.command.mac


def test_critical_request_becomes_a_pre_command_that_the_user_signs_and_sends() -> None:
    made = taken(SUPPLY)
    assert isinstance(made, AnsweredHere)
    bare = payload(made.document)

    known = keys()
    protection = Protection(keys=known, agreement=StoredKeyAgreement(known))
    signed = protection.protect(bare, signed=True, maced=False)
    body = Node(
        "SignedPreCommand",
        parts=(Node("GBCSPayload", base64.b64encode(signed.encode()).decode()),),
    )
    sent = taken(replace(SUPPLY, variant=5, body=body))

    assert isinstance(sent, ForTheWire)
    assert sent.command.signature == signed.signature
    assert sent.command.mac


def test_command_that_is_to_be_taken_along_is_not_sent() -> None:
    made = taken(read_registers(ID, variant=2))

    assert isinstance(made, AnsweredHere)
    assert payload(made.document).recipient == METER


def test_answer_and_silence_are_written_as_the_dcc_does() -> None:
    made = taken(read_registers(ID))
    assert isinstance(made, ForTheWire)

    answered = desk().response(made.request, made.command)
    silent = desk().response(made.request, None)

    assert payload(answered) == made.command
    assert b"<sr:ResponseCode>I0<" in answered
    assert b"<sr:ResponseCode>E20<" in silent
    assert b"GBCSPayload" not in silent


def test_alert_is_written_with_its_code() -> None:
    made = taken(read_registers(ID))
    assert isinstance(made, ForTheWire)
    up = replace(made.command, originator=METER, recipient=SUPPLIER)

    assert b"<sr:AlertCode>8F12<" in desk().alert(up, 0x8F12)


@pytest.mark.parametrize(
    ("octets", "told"),
    [
        (b"no XML", ""),
        (compact(write_request(read_registers(ID, variant=8))), "for the DCC itself"),
        (compact(write_request(read_registers(replace(ID, target=Eui64(1))))), "not in the ship"),
        (compact(write_request(read_registers(replace(ID, originator=Eui64(1))))), "not known"),
        (compact(write_request(replace(read_registers(ID), srv="4.1.99"))), "not known"),
        (compact(write_request(replace(read_registers(ID), variant=5))), "variant 5"),
    ],
)
def test_what_no_command_can_be_made_of_is_refused(octets: bytes, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        desk().take(octets)

    assert told in str(refused.value)
