"""ASN.1 payloads: BER in, DER out, by use case (GBCS Annex 3, X.690)."""

from dataclasses import dataclass
from typing import Any, Self

from emulator.gbcs.asn1.catalogue import ASN1_TYPES
from emulator.gbcs.asn1.composites import within
from emulator.gbcs.asn1.elements import Element, take
from emulator.gbcs.asn1.tlv import Lengths, Reader
from emulator.gbcs.envelope import Cra
from emulator.kernel.errors import LocalError, WireError


@dataclass(frozen=True, slots=True)
class Asn1Payload:
    """The payload of one message.

    Args:
        message_code: which use case.
        cra: command, response or alert.
        value: an instance of the dataclass that the use case declares.
        lengths: how lengths are written; as they were found, in a payload that was decoded.
    """

    message_code: int
    cra: Cra
    value: Any
    lengths: Lengths = Lengths.DER

    @classmethod
    def decode(cls, message_code: int, cra: Cra, octets: bytes) -> Self:
        """The payload that `octets` are in this message.

        Raises:
            WireError: when the message has no ASN.1 payload, or the octets are none or more.
        """
        element = ASN1_TYPES.get((message_code, cra))
        if element is None:
            raise WireError("Asn1Payload", 0, f"no ASN.1 {cra.name} has code {message_code:04X}")
        reader = Reader(octets)
        value = _value(element, reader)
        return cls(message_code, cra, value, reader.lengths)

    def encode(self) -> bytes:
        """The octets on the wire.

        Raises:
            LocalError: when the message has no ASN.1 payload, or the value is not its own.
        """
        return encode_asn1(self.message_code, self.cra, self.value, self.lengths)


def decode_asn1(message_code: int, cra: Cra, octets: bytes) -> Any:
    """The value of an ASN.1 payload: an instance of the dataclass that the use case declares.

    Raises:
        WireError: when the message has no ASN.1 payload, or the octets are none or more.
    """
    return Asn1Payload.decode(message_code, cra, octets).value


def encode_asn1(message_code: int, cra: Cra, value: Any, lengths: Lengths = Lengths.DER) -> bytes:
    """The octets of an ASN.1 payload.

    Raises:
        LocalError: when the message has no ASN.1 payload, or the value is not its own.
    """
    element = ASN1_TYPES.get((message_code, cra))
    if element is None:
        raise LocalError(f"no ASN.1 {cra.name} has code {message_code:04X}")
    return element.write(value, lengths)


def _value(element: Element, reader: Reader) -> Any:
    end = len(reader.octets)
    try:
        value, after = take(element, reader, 0, end)
    except WireError as error:
        raise within("Asn1Payload", error) from None
    if after != end:
        raise WireError("Asn1Payload", after, f"{end - after} octets after the end")
    return value
