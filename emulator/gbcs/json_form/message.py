"""Whole messages as JSON documents, both ways.

Payloads are written out. Signature and MAC stand as they are: what was edited has to be protected
again. Sensitive data stands encrypted, or as `plain` where it could be opened.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.json_form.asn1 import asn1_document, asn1_from
from emulator.gbcs.json_form.dlms import dlms_document, dlms_from
from emulator.gbcs.json_form.fields import (
    eui64_in,
    number_in,
    object_in,
    octets_in,
    refuse,
    text_in,
)
from emulator.gbcs.json_form.gbz import gbz_document, gbz_from
from emulator.gbcs.json_form.sensitive import laid_open, sealed
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.payload import Payload
from emulator.gbcs.protection.agreement import KeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import format_eui64

_NOTHING: Final[Mapping[bytes, bytes]] = MappingProxyType({})
_CRA: Final = {cra.name.lower(): cra for cra in Cra}


def to_json(
    message: Message, payload: Payload | None = None, opened: Mapping[bytes, bytes] = _NOTHING
) -> dict[str, Any]:
    """A message as a JSON document.

    Args:
        message: the message.
        payload: its decoded payload; without it the payload stands as octets.
        opened: plaintext of its encrypted blocks, as far as they could be opened.
    """
    document: dict[str, Any] = {
        "cra": message.cra.name.lower(),
        "counter": message.counter,
        "originator": format_eui64(message.originator),
        "recipient": format_eui64(message.recipient),
        "date_time": message.date_time.hex().upper(),
        "other_information": _other_document(message.other_information),
        "payload": laid_open(_payload_document(message, payload), opened),
    }
    if message.signature is not None:
        document["signature"] = message.signature.hex().upper()
    if message.mac is not None:
        document["mac"] = message.mac.hex().upper()
    return document


def from_json(document: Any, agreement: KeyAgreement | None = None) -> Message:
    """The message that a JSON document stands for.

    Args:
        document: the document.
        agreement: who knows the secrets to encrypt sensitive data with.

    Raises:
        UsageError: when it stands for none; names the place.
        LocalError: when a value of its payload does not fit its type.
        MissingKeyError: when the secret for its sensitive data is not at hand.
    """
    fields = object_in(document, "message")
    cra = _CRA.get(str(fields.get("cra")))
    if cra is None:
        refuse("message.cra", fields.get("cra"), f"one of {', '.join(_CRA)}")
    message = Message(
        cra,
        number_in(fields.get("counter"), "message.counter"),
        eui64_in(fields.get("originator"), "message.originator"),
        eui64_in(fields.get("recipient"), "message.recipient"),
        octets_in(fields.get("date_time", ""), "message.date_time"),
        _other_from(object_in(fields.get("other_information"), "message.other_information")),
        b"",
        _optional_octets(fields, "signature"),
        _optional_octets(fields, "mac"),
    )
    payload = object_in(fields.get("payload"), "message.payload")
    encrypt = partial(_encrypted, message, agreement)
    return replace(
        message, payload=_payload_octets(message, sealed(payload, encrypt, "message.payload"))
    )


def _encrypted(message: Message, agreement: KeyAgreement | None, plaintext: bytes) -> bytes:
    if agreement is None:
        raise UsageError("message.payload: `plain` data needs keys to be encrypted with")
    return SensitiveData(message, agreement).encrypt(plaintext)


def _payload_document(message: Message, payload: Payload | None) -> dict[str, Any]:
    match payload:
        case None:
            return {"octets": message.payload.hex().upper()}
        case GbzPayload():
            return {"gbz": gbz_document(payload)}
        case Asn1Payload():
            return {"asn1": asn1_document(payload)}
        case _:
            return {"dlms": dlms_document(payload)}


def _payload_octets(message: Message, document: Mapping[str, Any]) -> bytes:
    place = "message.payload"
    if "dlms" in document:
        return dlms_from(object_in(document["dlms"], f"{place}.dlms"), f"{place}.dlms").encode()
    if "gbz" in document:
        return gbz_from(object_in(document["gbz"], f"{place}.gbz"), f"{place}.gbz").encode()
    if "asn1" in document:
        given = object_in(document["asn1"], f"{place}.asn1")
        code = message.other_information.message_code
        return asn1_from(given, code, message.cra, f"{place}.asn1").encode()
    return octets_in(document.get("octets"), f"{place}.octets")


def _other_document(other: OtherInformation) -> dict[str, Any]:
    document: dict[str, Any] = {"message_code": f"{other.message_code:04X}"}
    if other.supplementary_party is not None:
        document["supplementary_party"] = format_eui64(other.supplementary_party)
    if other.supplementary_counter is not None:
        document["supplementary_counter"] = other.supplementary_counter
    if other.supplementary_originator_counter is not None:
        document["supplementary_originator_counter"] = other.supplementary_originator_counter
    if other.certificate is not None:
        document["certificate"] = other.certificate.hex().upper()
    return document


def _other_from(document: Mapping[str, Any]) -> OtherInformation:
    path = "message.other_information"
    code = text_in(document.get("message_code"), f"{path}.message_code")
    octets = octets_in(code, f"{path}.message_code")
    if len(octets) != 2:
        refuse(f"{path}.message_code", code, "four hexadecimal digits")
    party = document.get("supplementary_party")
    return OtherInformation(
        int.from_bytes(octets, "big"),
        None if party is None else eui64_in(party, f"{path}.supplementary_party"),
        _optional_number(document, "supplementary_counter", path),
        _optional_number(document, "supplementary_originator_counter", path),
        None
        if document.get("certificate") is None
        else octets_in(document["certificate"], f"{path}.certificate"),
    )


def _optional_number(document: Mapping[str, Any], name: str, path: str) -> int | None:
    value = document.get(name)
    return None if value is None else number_in(value, f"{path}.{name}")


def _optional_octets(document: Mapping[str, Any], name: str) -> bytes | None:
    value = document.get(name)
    return None if value is None else octets_in(value, f"message.{name}")
