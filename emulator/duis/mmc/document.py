"""Answers of devices in the form of the Message Mapping Catalogue (SEC H11.2; MMC 5.4).

That is what parse-and-correlate software makes of a response: a header, whether the device did what
it was asked, values, and what went wrong. Encrypted blocks that nobody opened stay as they are, for
who has the key. Which values an answer has is a record for its use case (`answers.toml`). Where the
schema wants values and none are written, it has no SMETSData at all.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from lxml import etree

from emulator.dcc.commands.outcome import successful
from emulator.dlms.access import AccessResponse
from emulator.duis.mmc.debug import debug_info
from emulator.duis.mmc.elements import document_of, gbcs_data, header_of
from emulator.duis.mmc.filling import filled
from emulator.duis.mmc.reading import NOTHING_OPENED, read_payload
from emulator.duis.mmc.record import AnswerRecord, answer_records
from emulator.duis.tree import Node
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.errors import UsageError

_WIDEST: Final = 100
"""Blocks that one document holds."""
_NAMED_OTHERWISE: Final = MappingProxyType({"6.2.3": "ReadDeviceConfigurationDataBillingCalendar"})
"""The one element whose name is not that of the request."""
_NEEDS_VALUES: Final = frozenset(
    ("6.2.10", "6.14.3", "6.15.2", "8.7.1", "8.7.2", "8.8.1", "8.8.2", "8.9")
)
"""Answers that the schema does not allow without values, or (6.14.3) not at all."""


def mmc_document(
    octets: bytes, srv: str, opened: Mapping[bytes, bytes] = NOTHING_OPENED
) -> etree._Element:
    """A response of a device as parse-and-correlate software gives it.

    Args:
        octets: the response.
        srv: service reference variant of the request that it answers.
        opened: plaintext of the encrypted blocks that could be opened, by block.

    Raises:
        WireError: when the octets are no message.
        UsageError: when they are no response, or the variant is not known.
    """
    message = Message.decode(octets)
    if message.cra is not Cra.RESPONSE:
        raise UsageError(f"a {message.cra.name.lower()}, expected a response")
    told = Node("ResponseMessage", parts=tuple(_content(message, srv, opened)))
    return document_of(header_of(message, srv), told)


def _content(message: Message, srv: str, opened: Mapping[bytes, bytes]) -> Iterator[Node]:
    payload = decode_payload(message)
    record = _record(message.other_information.message_code, srv)
    kind = "dlms" if isinstance(payload, AccessResponse) else "zigbeeCiphered"
    closed = [each for each in encrypted_blocks(payload) if each not in opened][:_WIDEST]
    for place, block in enumerate(closed):
        yield gbcs_data(block, place, "encrypted", kind)
    good = successful(payload)
    values = _values(payload, record, opened, good=good)
    if not closed and not values:
        yield gbcs_data(message.payload, 0, "plain", "gbcs")
    if values or srv not in _NEEDS_VALUES:
        yield Node("SMETSData", parts=(_answer(srv, record, values, good=good),))
    failed = None if good else debug_info(payload)
    if failed is not None:
        yield failed


def _record(code: int, srv: str) -> AnswerRecord | None:
    """The record of a use case that the request may become; None where there is none."""
    may = any(code == each.code for each in service_request(srv).use_cases)
    return answer_records().get(code) if may else None


def _values(
    payload: Payload, record: AnswerRecord | None, opened: Mapping[bytes, bytes], *, good: bool
) -> tuple[Node, ...]:
    """The values; of an answer that failed only where they tell how."""
    if record is None or not (good or isinstance(payload, Asn1Payload)):
        return ()
    return filled(record.lines, read_payload(payload, opened))


def _answer(srv: str, record: AnswerRecord | None, values: tuple[Node, ...], *, good: bool) -> Node:
    name = _NAMED_OTHERWISE.get(srv, service_request(srv).element)
    if record is not None and record.fuel:
        values = (Node(record.fuel, parts=values),)
    return Node(f"{name}Rsp", parts=values, attributes=(("MessageSuccess", str(good).lower()),))
