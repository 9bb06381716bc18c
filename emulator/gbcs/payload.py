"""The payload of a message: DLMS, GBZ or ASN.1, told by its first octets (GBCS 7.2)."""

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final, TypeAlias

from emulator.dlms.access import REQUEST_TAG, RESPONSE_TAG, AccessRequest, AccessResponse
from emulator.dlms.lengths import encode_length
from emulator.dlms.notification import NOTIFICATION_TAG, DataNotification
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import MAC_LENGTH, Cra, Message
from emulator.gbcs.gbz import PROFILE, GbzPayload
from emulator.kernel.errors import WireError

DlmsPayload: TypeAlias = AccessRequest | AccessResponse | DataNotification
Payload: TypeAlias = DlmsPayload | GbzPayload | Asn1Payload


class PayloadKind(Enum):
    """How a payload is written."""

    DLMS = "DLMS"
    GBZ = "GBZ"
    ASN1 = "ASN.1"


_DLMS: Final[Mapping[int, tuple[Cra, Callable[[bytes], DlmsPayload]]]] = MappingProxyType(
    {
        REQUEST_TAG: (Cra.COMMAND, AccessRequest.decode),
        RESPONSE_TAG: (Cra.RESPONSE, AccessResponse.decode),
        NOTIFICATION_TAG: (Cra.ALERT, DataNotification.decode),
    }
)
"""The DLMS services by tag, and the messages that carry them."""


def payload_kind(octets: bytes) -> PayloadKind:
    """How these octets are written, judged by how they start.

    Raises:
        WireError: when there are none.
    """
    if not octets:
        raise WireError("Message.payload", 0, "empty")
    if octets[0] in _DLMS:
        return PayloadKind.DLMS
    return PayloadKind.GBZ if octets.startswith(PROFILE) else PayloadKind.ASN1


def decode_payload(message: Message) -> Payload:
    """The payload of a message.

    Raises:
        WireError: when it is none; its offset counts from the start of the message.
    """
    try:
        return _decode(message)
    except WireError as error:
        offset = payload_offset(message) + error.offset
        raise WireError(f"Message.payload.{error.path}", offset, error.reason) from None


def payload_offset(message: Message) -> int:
    """Where the payload starts in the message."""
    after = len(message.payload)
    if message.signature is not None:
        after += len(encode_length(len(message.signature))) + len(message.signature)
    if message.mac is not None:
        after += MAC_LENGTH
    return len(message.encode()) - after


def _decode(message: Message) -> Payload:
    octets = message.payload
    if not octets:
        raise WireError("payload", 0, "empty")
    service = _DLMS.get(octets[0])
    if service is not None:
        expected, decode = service
        if message.cra is not expected:
            raise WireError("tag", 0, f"{octets[0]:02X} in {message.cra.name.lower()}")
        return decode(octets)
    if octets.startswith(PROFILE):
        return GbzPayload.decode(octets, message.cra)
    return Asn1Payload.decode(message.other_information.message_code, message.cra, octets)
