"""Whole messages as trees: use case, parties, counters, payload, protection."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, assert_never

from emulator.cosem.date_times import format_date_time
from emulator.dlms.access import AccessRequest, AccessResponse
from emulator.dlms.notification import DataNotification
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import MAC_LENGTH, Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.meaning.dlms import notification_tree, request_tree, response_tree
from emulator.gbcs.meaning.gbz import gbz_tree
from emulator.gbcs.meaning.structs import value_tree
from emulator.gbcs.meaning.tree import Tree
from emulator.gbcs.payload import Payload, payload_offset
from emulator.gbcs.use_cases.catalogue import known_use_case
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.identity import Eui64, format_eui64

_COUNTER_OFFSET: Final = 3
_ORIGINATOR_OFFSET: Final = 12
_RECIPIENT_OFFSET: Final = 21
_DATE_TIME_OFFSET: Final = 29
"""Offsets in the grouping header, from its tag."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the reader of a message knows besides the message.

    Args:
        parties: roles or names of parties by EUI-64.
        request: the request that a response answers.
        opened: plaintext of the encrypted blocks that could be opened, by block.
    """

    parties: Mapping[Eui64, str] = field(default_factory=dict)
    request: AccessRequest | None = None
    opened: Mapping[bytes, bytes] = field(default_factory=dict)


_NOTHING: Final = Knowledge()


def explain(message: Message, payload: Payload, knowledge: Knowledge = _NOTHING) -> Tree:
    """What a message means.

    Args:
        message: the message.
        payload: its decoded payload.
        knowledge: what else the reader knows.
    """
    use_case = known_use_case(message.other_information.message_code)
    children = (
        _use_case_tree(message, use_case),
        *_header_trees(message, use_case, knowledge),
        *_supplementary_trees(message, knowledge),
        payload_tree(message, payload, knowledge),
        *_protection_trees(message),
    )
    title = f"{_kind(message)} of {use_case or 'an unknown use case'}"
    return Tree("message", title, children, 0)


def payload_tree(message: Message, payload: Payload, knowledge: Knowledge = _NOTHING) -> Tree:
    """What the payload of a message means."""
    offset = payload_offset(message)
    match payload:
        case AccessRequest():
            return request_tree(payload, offset)
        case AccessResponse():
            use_case = known_use_case(message.other_information.message_code)
            return response_tree(payload, offset, knowledge.request, use_case, knowledge.opened)
        case DataNotification():
            return notification_tree(payload, offset, knowledge.opened)
        case GbzPayload():
            return gbz_tree(payload, offset, knowledge.opened)
        case Asn1Payload():
            tree = value_tree("ASN.1", payload.value, offset)
            return Tree("ASN.1", type(payload.value).__name__, tree.children, offset)
    assert_never(payload)


def _kind(message: Message) -> str:
    """Command, response, alert, or a command that waits for the supplier's signature."""
    return "pre-command" if message.signature is None else message.cra.name.lower()


def _use_case_tree(message: Message, use_case: UseCase | None) -> Tree:
    code = message.other_information.message_code
    if use_case is None:
        return Tree("use case", f"unknown message code {code:04X}")
    children = [Tree("category", use_case.category.value)]
    if use_case.services:
        children.append(Tree("service", f"SRV {', '.join(use_case.services)}"))
    if use_case.sensitive:
        children.append(Tree("sensitive", "the response holds encrypted data"))
    if use_case.superseded_by is not None:
        children.append(Tree("superseded by", f"{use_case.superseded_by:04X}"))
    return Tree("use case", f"{use_case} ({code:04X})", tuple(children))


def _header_trees(
    message: Message, use_case: UseCase | None, knowledge: Knowledge
) -> tuple[Tree, ...]:
    start = 0 if message.mac is None else len(message.encode()) - len(message.grouped) - MAC_LENGTH
    device = "/".join(use_case.devices) if use_case and use_case.devices else "device"
    remote = "remote party"
    from_remote = message.cra is Cra.COMMAND
    originator, recipient = (remote, device) if from_remote else (device, remote)
    trees = [
        Tree(
            "originator",
            _party(message.originator, originator, knowledge),
            (),
            _ORIGINATOR_OFFSET + start,
        ),
        Tree(
            "recipient",
            _party(message.recipient, recipient, knowledge),
            (),
            _RECIPIENT_OFFSET + start,
        ),
        Tree("originator counter", _counter(message.counter), (), _COUNTER_OFFSET + start),
    ]
    if message.date_time:
        when = format_date_time(message.date_time)
        trees.append(Tree("date-time", when, (), _DATE_TIME_OFFSET + 1 + start))
    return tuple(trees)


def _supplementary_trees(message: Message, knowledge: Knowledge) -> tuple[Tree, ...]:
    other = message.other_information
    trees = []
    if other.supplementary_party is not None:
        party = _party(other.supplementary_party, "remote party", knowledge)
        trees.append(Tree("supplementary remote party", party))
    if other.supplementary_counter is not None:
        trees.append(
            Tree("supplementary remote party counter", _counter(other.supplementary_counter))
        )
    if other.supplementary_originator_counter is not None:
        counter = _counter(other.supplementary_originator_counter)
        trees.append(Tree("supplementary originator counter", counter))
    if other.certificate is not None:
        certificate = f"DER of {len(other.certificate)} octets"
        trees.append(Tree("supplementary key agreement certificate", certificate))
    return tuple(trees)


def _protection_trees(message: Message) -> tuple[Tree, ...]:
    end = len(message.encode())
    trees = []
    if message.mac is not None:
        end -= MAC_LENGTH
        trees.append(Tree("MAC", message.mac.hex().upper(), (), end))
    if message.signature:
        at = end - len(message.signature)
        trees.insert(0, Tree("signature", message.signature.hex().upper(), (), at))
    if not trees:
        trees.append(Tree("protection", "none"))
    return tuple(trees)


def _party(eui64: Eui64, otherwise: str, knowledge: Knowledge) -> str:
    return f"{format_eui64(eui64)} ({knowledge.parties.get(eui64, otherwise)})"


def _counter(counter: int) -> str:
    return f"{counter} ({counter:016X})"
