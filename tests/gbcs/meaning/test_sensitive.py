from emulator.dlms.access import AccessRequest, AccessResponse, Outcome
from emulator.dlms.data import Data, octet_string, structure, unsigned
from emulator.dlms.descriptors import AccessKind
from emulator.dlms.notification import DataNotification
from emulator.gbcs.envelope import Message
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.payload import decode_payload
from emulator.testing.judges.reference_data import reference_messages

BLOCK = bytes.fromhex("31 00000000") + b"secret" + bytes(12)


def _response(data: Data) -> AccessResponse:
    return AccessResponse(0, (data,), (Outcome(AccessKind.ACTION, 0),))


def test_a_block_is_found_wherever_it_stands() -> None:
    data = structure(unsigned(1), structure(octet_string(BLOCK)))

    assert encrypted_blocks(_response(data)) == (BLOCK,)
    assert encrypted_blocks(DataNotification(0, data)) == (BLOCK,)


def test_octets_too_short_or_with_another_header_are_no_block() -> None:
    data = structure(octet_string(BLOCK[:10]), octet_string(b"\x30" + BLOCK[1:]))

    assert encrypted_blocks(_response(data)) == ()


def test_commands_hold_no_sensitive_data() -> None:
    assert encrypted_blocks(AccessRequest(0, (), ())) == ()


def test_the_reference_messages_hold_63_encrypted_blocks() -> None:
    payloads = [decode_payload(Message.decode(each.octets)) for each in reference_messages()]

    assert sum(len(encrypted_blocks(payload)) for payload in payloads) == 63
