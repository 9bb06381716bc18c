from emulator.dlms.access import AccessResponse, Outcome
from emulator.dlms.data import NULL, array, octet_string, structure, unsigned
from emulator.dlms.descriptors import AccessKind
from emulator.dlms.notification import DataNotification
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import GbzAlert
from emulator.gbcs.gbz_component import AdditionalHeader, GbzComponent
from emulator.gbcs.sensitive_payload import change_blocks
from emulator.zcl.foundation.header import ZclHeader

BLOCK = bytes.fromhex("3100000000") + bytes(12)
PLAIN = octet_string(b"\x31\x00\x00\x00\x00")
"""Starts as a block does, and is too short for one."""
SECRET = GbzComponent(
    0x0702, ZclHeader.decode(b"\x01\x00\x00"), BLOCK, additional_header=AdditionalHeader(0, 0)
)
OPEN = GbzComponent(0x0702, ZclHeader.decode(b"\x01\x00\x00"), BLOCK)


def longer(block: bytes) -> bytes:
    return block + b"\x01"


def test_blocks_of_a_response_are_changed_wherever_they_nest() -> None:
    outcome = Outcome(AccessKind.ACTION, 0)
    data = (structure(array(unsigned(2)), octet_string(BLOCK)), NULL, PLAIN)
    response = AccessResponse(1, data, (outcome,) * 3)

    changed = change_blocks(response, longer)

    assert changed.data == (
        structure(array(unsigned(2)), octet_string(longer(BLOCK))),
        NULL,
        PLAIN,
    )


def test_block_of_a_notification_is_changed() -> None:
    changed = change_blocks(DataNotification(1, structure(octet_string(BLOCK), PLAIN)), longer)

    assert changed.body == structure(octet_string(longer(BLOCK)), PLAIN)


def test_encrypted_components_alone_are_changed() -> None:
    changed = change_blocks(GbzPayload((SECRET, OPEN)), longer)

    assert [each.payload for each in changed.components] == [longer(BLOCK), BLOCK]


def test_component_of_an_alert_is_changed() -> None:
    changed = change_blocks(GbzPayload(alert=GbzAlert(1, 2, SECRET, 1)), longer)

    assert changed.alert is not None
    assert isinstance(changed.alert.content, GbzComponent)
    assert changed.alert.content.payload == longer(BLOCK)


def test_payload_without_blocks_stays_as_it_is() -> None:
    alert = GbzPayload(alert=GbzAlert(1, 2, b"", 0))

    assert change_blocks(alert, longer) == alert
    assert change_blocks(b"anything", longer) == b"anything"
