"""Answers of devices in the form of the Message Mapping Catalogue (SEC H11.2; MMC 5.4).

That is what parse-and-correlate software makes of a response: a header, whether the device did what
it was asked, values, and what went wrong. Encrypted blocks stay as they are, for who has the key.
Values are written for the reads in `_CONTENTS`; the payload of any other stands in it undecoded.
Where the schema wants values and none are written, it has no SMETSData at all.
"""

import base64
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from lxml import etree

from emulator.dcc.outcome import successful
from emulator.dlms.access import AccessResponse, AccessResult, Outcome
from emulator.dlms.data import Data
from emulator.dlms.descriptors import AccessKind
from emulator.duis.response import reference_of
from emulator.gbcs.asn1.firmware import ReadFirmwareVersionResponse
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import format_eui64

MMC_NAMESPACE: Final = "http://www.dccinterface.co.uk/ResponseAndAlert"
SCHEMA_VERSION: Final = "5.4"
_WIDEST: Final = 100
"""Blocks that one document holds."""
_NAMED_OTHERWISE: Final = MappingProxyType({"6.2.3": "ReadDeviceConfigurationDataBillingCalendar"})
"""The one element whose name is not that of the request."""
_BY_FUEL: Final = frozenset(
    ("4.1.1", "4.1.2", "4.4.2", "4.4.3", "4.10", "4.11.1", "4.14", "4.17", "6.2.7")
)
"""Answers that say first for which fuel they are."""
_NEEDS_VALUES: Final = frozenset(
    ("6.2.10", "6.13", "6.14.3", "6.15.2", "6.23", "8.7.1", "8.7.2", "8.8.1", "8.8.2", "8.9")
)
"""Answers that the schema does not allow without values, or (6.14.3) not at all."""


def mmc_document(octets: bytes, srv: str) -> etree._Element:
    """A response of a device as parse-and-correlate software gives it.

    Args:
        octets: the response.
        srv: service reference variant of the request that it answers.

    Raises:
        WireError: when the octets are no message.
        UsageError: when they are no response, or the variant is not known.
    """
    message = Message.decode(octets)
    if message.cra is not Cra.RESPONSE:
        raise UsageError(f"a {message.cra.name.lower()}, expected a response")
    payload = decode_payload(message)
    root = etree.Element(_name("GBCSResponse"), nsmap={"ra": MMC_NAMESPACE})
    root.set("schemaVersion", SCHEMA_VERSION)
    root.append(_element("Header", *_header(message, srv)))
    told = _element("ResponseMessage", *_content(payload, message.payload, srv))
    root.append(_element("Body", told))
    return root


def _header(message: Message, srv: str) -> Iterator[etree._Element]:
    other = message.other_information
    said = {
        "BusinessOriginatorID": format_eui64(message.originator),
        "BusinessTargetID": format_eui64(message.recipient),
        "OriginatorCounter": str(message.counter),
        "SupplementaryRemotePartyID": (
            None if other.supplementary_party is None else format_eui64(other.supplementary_party)
        ),
        "SupplementaryRemotePartyCounter": _number(other.supplementary_counter),
        "SupplementaryOriginatorCounter": _number(other.supplementary_originator_counter),
        "GBCSHexadecimalMessageCode": f"{other.message_code:04X}",
        "ServiceReference": reference_of(srv),
        "ServiceReferenceVariant": srv,
    }
    yield from (_said(name, text) for name, text in said.items() if text is not None)


def _content(payload: Payload, octets: bytes, srv: str) -> Iterator[etree._Element]:
    kind = "dlms" if isinstance(payload, AccessResponse) else "zigbeeCiphered"
    blocks = encrypted_blocks(payload)[:_WIDEST]
    for place, block in enumerate(blocks):
        yield _gbcs_data(block, place, "encrypted", kind)
    good = successful(payload)
    values = tuple(_CONTENTS.get(srv, _nothing)(payload)) if good else ()
    if not blocks and not values:
        yield _gbcs_data(octets, 0, "plain", "gbcs")
    if values or srv not in _NEEDS_VALUES:
        yield _element("SMETSData", _answer(payload, srv, values, good=good))
    if isinstance(payload, AccessResponse) and not good:
        yield _element("DebugInfo", _element("COSEMDebug", *_outcomes(payload)))


def _answer(
    payload: Payload, srv: str, values: tuple[etree._Element, ...], *, good: bool
) -> etree._Element:
    name = _NAMED_OTHERWISE.get(srv, service_request(srv).element)
    answer = _element(f"{name}Rsp", *values)
    if srv in _BY_FUEL:
        fuel = "Gas" if isinstance(payload, GbzPayload) else "Electricity"
        answer = _element(f"{name}Rsp", _element(fuel, *values))
    answer.set("MessageSuccess", str(good).lower())
    return answer


def _gbcs_data(octets: bytes, place: int, form: str, kind: str) -> etree._Element:
    made = _said("GBCSData", base64.b64encode(octets).decode())
    name = "Payload" if form == "plain" else f"Block{place + 1}"
    for key, value in (("format", form), ("sequence", str(place)), ("name", name), ("type", kind)):
        made.set(key, value)
    return made


def _outcomes(payload: AccessResponse) -> Iterator[etree._Element]:
    for place, outcome in enumerate(payload.outcomes, start=1):
        response = _element("COSEMResponse", _result(outcome))
        response.set("ResponseCode", str(outcome.result))
        response.set("Position", str(place))
        yield response


def _result(outcome: Outcome) -> etree._Element:
    action = outcome.kind is AccessKind.ACTION
    try:
        word = AccessResult(outcome.result).name.lower().replace("_", "-")
    except ValueError:
        word = "response-code-not-known"
    if action:
        word = _OF_ACTIONS.get(outcome.result, word)
    return _said("ActionResult" if action else "DataAccessResult", word)


_OF_ACTIONS: Final[Mapping[int, str]] = MappingProxyType(
    {
        AccessResult.LONG_GET_ABORTED: "long-action-aborted",
        AccessResult.NO_LONG_GET_IN_PROGRESS: "no-long-action-in-progress",
    }
)
"""What these codes are called of an action (IEC 62056-5-3)."""


def _nothing(payload: Payload) -> Iterator[etree._Element]:
    del payload
    yield from ()


def _export_registers(payload: Payload) -> Iterator[etree._Element]:
    """4.2: active and reactive energy, each before its scaler and unit (GBCS ECS17a)."""
    values = payload.data if isinstance(payload, AccessResponse) else ()
    names = (
        ("ActiveExportRegister", "ActiveEnergyUnit", "Wh"),
        ("ReactiveExportRegister", "ReactiveEnergyUnit", "varh"),
    )
    for (register, unit, word), value in zip(names, values[::2], strict=False):
        number = _whole(value)
        if number is not None:
            yield _element(register, _said("Value", str(number)), _said(unit, word))


def _firmware(payload: Payload) -> Iterator[etree._Element]:
    """11.2: the version, as octets in hexadecimal (GBCS CS08, ECS52)."""
    version: object = None
    if isinstance(payload, Asn1Payload) and isinstance(payload.value, ReadFirmwareVersionResponse):
        version = payload.value.firmware_version
    elif isinstance(payload, AccessResponse) and payload.data:
        version = payload.data[0].value
    if isinstance(version, bytes):
        yield _said("FirmwareVersion", version.hex().upper())


def _whole(data: Data) -> int | None:
    return data.value if isinstance(data.value, int) else None


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _name(name: str) -> str:
    return f"{{{MMC_NAMESPACE}}}{name}"


def _element(name: str, *parts: etree._Element) -> etree._Element:
    made = etree.Element(_name(name), nsmap={"ra": MMC_NAMESPACE})
    made.extend(parts)
    return made


def _said(name: str, text: str) -> etree._Element:
    made = _element(name)
    made.text = text
    return made


_CONTENTS: Final[Mapping[str, Callable[[Payload], Iterator[etree._Element]]]] = MappingProxyType(
    {"4.2": _export_registers, "11.2": _firmware}
)
"""What writes the values of an answer, by service reference variant."""
