"""Alerts of devices in the form of the Message Mapping Catalogue (MMC 5.4 DeviceAlertMessage).

Code, description and time, and for alerts that say more, what they say (`alerts.toml`). Encrypted
blocks that nobody opened stay as they are.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from emulator.dlms.notification import DataNotification
from emulator.duis.mmc.content import moment_text
from emulator.duis.mmc.elements import document_of, gbcs_data, header_of
from emulator.duis.mmc.filling import filled
from emulator.duis.mmc.reading import (
    ALERT_CODE,
    ALERT_TIME,
    NOTHING_OPENED,
    Reading,
    read_payload,
)
from emulator.duis.mmc.record import alert_records
from emulator.duis.tree import Node
from emulator.gbcs.alert_codes import alert_name
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.payload import decode_payload
from emulator.kernel.errors import UsageError

_TIMES: Final = (ALERT_TIME, "execution_time", "time", "backup_time")
"""What alerts call the moment that they are about."""


def alert_document(octets: bytes, opened: Mapping[bytes, bytes] = NOTHING_OPENED) -> etree._Element:
    """An alert of a device as parse-and-correlate software gives it.

    Args:
        octets: the alert.
        opened: plaintext of the encrypted blocks that could be opened, by block.

    Raises:
        WireError: when the octets are no message.
        UsageError: when they are no alert, or one without code or time.
    """
    message = Message.decode(octets)
    if message.cra is not Cra.ALERT:
        raise UsageError(f"a {message.cra.name.lower()}, expected an alert")
    payload = decode_payload(message)
    said = read_payload(payload, opened)
    closed = [each for each in encrypted_blocks(payload) if each not in opened]
    kind = "dlms" if isinstance(payload, DataNotification) else "zigbeeCiphered"
    blocks = (gbcs_data(each, place, "encrypted", kind) for place, each in enumerate(closed))
    content = Node("DeviceAlertContent", parts=tuple(_content(message, said)))
    told = Node("DeviceAlertMessage", parts=(*blocks, content))
    return document_of(header_of(message, None), told)


def _content(message: Message, said: Reading) -> Iterator[Node]:
    code = said.get(ALERT_CODE)
    time = next((each for name in _TIMES if (each := moment_text(said.get(name)))), None)
    if not isinstance(code, int) or time is None:
        raise UsageError("an alert without code or time")
    yield Node("GBCSHexAlertCode", f"{code:04X}")
    yield Node("AlertDescription", alert_name(code))
    yield Node("Timestamp", time)
    record = alert_records().get(message.other_information.message_code)
    values = () if record is None else filled(record.lines, said)
    if values:
        yield Node("Payload", parts=values)
