"""The payload of a message: DLMS, GBZ or ASN.1, told by its first octets (GBCS 7.2.8 to 7.2.11)."""

from enum import Enum
from typing import Final, TypeAlias, assert_never

from emulator.dlms.access import REQUEST_TAG, RESPONSE_TAG, AccessRequest, AccessResponse
from emulator.dlms.notification import NOTIFICATION_TAG, DataNotification
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import MAC_LENGTH, Cra, Message
from emulator.gbcs.gbz import PROFILE, GbzPayload
from emulator.gbcs.lengths import encode_length
from emulator.kernel.errors import WireError

DlmsPayload: TypeAlias = AccessRequest | AccessResponse | DataNotification
Payload: TypeAlias = DlmsPayload | GbzPayload | Asn1Payload


class PayloadKind(Enum):
    """How a payload is written."""

    DLMS = "DLMS"
    GBZ = "GBZ"
    ASN1 = "ASN.1"


_DLMS_TAGS: Final = {
    Cra.COMMAND: REQUEST_TAG,
    Cra.RESPONSE: RESPONSE_TAG,
    Cra.ALERT: NOTIFICATION_TAG,
}
_TAGS: Final = frozenset(_DLMS_TAGS.values())


def payload_kind(octets: bytes) -> PayloadKind:
    """How these octets are written, judged by how they start.

    Raises:
        WireError: when there are none.
    """
    if not octets:
        raise WireError("Message.payload", 0, "empty")
    if octets[0] in _TAGS:
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
    kind = payload_kind(octets)
    match kind:
        case PayloadKind.DLMS:
            return _dlms(octets, message.cra)
        case PayloadKind.GBZ:
            return GbzPayload.decode(octets, message.cra)
        case PayloadKind.ASN1:
            code = message.other_information.message_code
            return Asn1Payload.decode(code, message.cra, octets)
    assert_never(kind)


def _dlms(octets: bytes, cra: Cra) -> DlmsPayload:
    expected = _DLMS_TAGS[cra]
    if octets[0] != expected:
        raise WireError("tag", 0, f"{octets[0]:02X}, expected {expected:02X} in {cra.name.lower()}")
    if cra is Cra.COMMAND:
        return AccessRequest.decode(octets)
    return AccessResponse.decode(octets) if cra is Cra.RESPONSE else DataNotification.decode(octets)
