"""A service request as DUIS writes it (DUIS 5.4 Request)."""

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from emulator.dcc.service_request import RequestId
from emulator.duis.refusal import DuisRefusal
from emulator.duis.tree import Node, read_node, write_node
from emulator.kernel.errors import UsageError

SCHEMA_VERSION: Final = "5.4"
_LARGEST_COUNTER: Final = 2**64 - 1
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
_HEADER: Final = (
    "RequestID",
    "FirstInSequence",
    "PrecedingServiceRequestID",
    "CommandVariant",
    "ServiceReference",
    "ServiceReferenceVariant",
)
"""In this order; the two that tell of sequences may be missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuisRequest:
    """One service request.

    Args:
        request_id: originator, target, counter.
        variant: command variant as it is written, also one that does not exist.
        reference: service reference.
        srv: service reference variant.
        body: the one element of the body.
        first_in_sequence: None where nothing is said.
        preceding: the request that this one waits for.
        version: of the schema, as the document names it.
        signed_under: serial number of the certificate that verified the document; None where nobody
            looked. Two documents that say the same are the same request, whatever this is.
    """

    request_id: RequestId
    variant: int
    reference: str
    srv: str
    body: Node
    first_in_sequence: bool | None = None
    preceding: RequestId | None = None
    version: str = SCHEMA_VERSION
    signed_under: int | None = field(default=None, compare=False)


def read_request(root: etree._Element) -> DuisRequest:
    """The service request that a document is.

    Raises:
        DuisRefusal: when it is none.
    """
    whole = read_node(root)
    if whole.name != "Request":
        raise DuisRefusal(f"a {whole.name}, expected a Request")
    if [part.name for part in whole.parts] != ["Header", "Body"]:
        raise DuisRefusal("expected one Header and one Body")
    header, body = whole.parts
    order = [_HEADER.index(part.name) if part.name in _HEADER else -1 for part in header.parts]
    if -1 in order or order != sorted(set(order)):
        raise DuisRefusal(f"a Header has {', '.join(_HEADER)}, once each and in this order")
    if len(body.parts) != 1:
        raise DuisRefusal(f"a Body has one element, this one {len(body.parts)}")
    first = header.said("FirstInSequence")
    preceding = header.said("PrecedingServiceRequestID")
    return DuisRequest(
        request_id=_request_id(_said(header, "RequestID")),
        variant=_variant(_said(header, "CommandVariant")),
        reference=_said(header, "ServiceReference"),
        srv=_said(header, "ServiceReferenceVariant"),
        body=body.parts[0],
        first_in_sequence=None if first is None else _boolean(first),
        preceding=None if preceding is None else _request_id(preceding),
        version=dict(whole.attributes).get("schemaVersion", ""),
    )


def write_request(request: DuisRequest) -> etree._Element:
    """A service request as a document, not signed."""
    said = {
        "RequestID": str(request.request_id),
        "FirstInSequence": _word(request.first_in_sequence),
        "PrecedingServiceRequestID": None if request.preceding is None else str(request.preceding),
        "CommandVariant": str(request.variant),
        "ServiceReference": request.reference,
        "ServiceReferenceVariant": request.srv,
    }
    header = tuple(Node(name, said[name] or "") for name in _HEADER if said[name] is not None)
    parts = (Node("Header", parts=header), Node("Body", parts=(request.body,)))
    version = (("schemaVersion", request.version),) if request.version else ()
    return write_node(Node("Request", parts=parts, attributes=version))


def _said(header: Node, name: str) -> str:
    found = header.said(name)
    if found is None:
        raise DuisRefusal(f"no {name} in the Header")
    return found


def _request_id(text: str) -> RequestId:
    parts = text.rsplit(":", 1)
    if len(parts) != 2 or re.fullmatch("0|[1-9][0-9]{0,19}", parts[1]) is None:
        raise DuisRefusal(f"{text[:80]!r} is no RequestID")
    counter = int(parts[1])
    try:
        parties = RequestId.parse(f"{parts[0]}:0")
    except UsageError:
        raise DuisRefusal(f"{text[:80]!r} is no RequestID") from None
    if counter > _LARGEST_COUNTER:
        raise DuisRefusal(f"counter {counter}, at most {_LARGEST_COUNTER}")
    return RequestId(parties.originator, parties.target, counter)


def _variant(text: str) -> int:
    if re.fullmatch("[0-9]{1,3}", text) is None:
        raise DuisRefusal(f"command variant {text[:20]!r}, expected a number")
    return int(text)


def _boolean(text: str) -> bool:
    if text not in _BOOLEANS:
        raise DuisRefusal(f"{text[:20]!r}, expected true or false")
    return _BOOLEANS[text]


def _word(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()
