"""Access requests, responses and notifications as trees, objects by name."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, NamedTuple

from emulator.cosem.layouts import Layout, Part
from emulator.cosem.logical_names import parse_obis
from emulator.cosem.names import CosemName, cosem_name, selection_layout
from emulator.cosem.objects import cosem_objects
from emulator.cosem.units import NO_UNIT, UNLISTED, scaled
from emulator.dlms.access import AccessRequest, AccessResponse, AccessResult, Outcome
from emulator.dlms.data import NULL, Data
from emulator.dlms.data_coding import decode_data, encode_data
from emulator.dlms.descriptors import AccessKind, Descriptor, descriptor_octets
from emulator.dlms.invocation import BREAK_ON_ERROR
from emulator.dlms.lengths import encode_length
from emulator.dlms.notification import DataNotification
from emulator.gbcs.alert_codes import alert_name
from emulator.gbcs.meaning.outcomes import future_dated_outcome
from emulator.gbcs.meaning.sensitive import blocks_in
from emulator.gbcs.meaning.tree import Tree
from emulator.gbcs.meaning.values import data_tree, plain
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import WireError

_VERBS: Final = {
    AccessKind.GET: "get",
    AccessKind.SET: "set",
    AccessKind.ACTION: "action",
    AccessKind.GET_WITH_SELECTION: "get selected",
    AccessKind.SET_WITH_SELECTION: "set selected",
}
_DATA_PROTECTION: Final = 30
_ANSWER_LIKE_ATTRIBUTES: Final = frozenset(("backup_PAN",))
"""Methods without parameters, whose one layout is that of their answer."""
_NOTHING: Final[Mapping[bytes, bytes]] = MappingProxyType({})


class _Item(NamedTuple):
    """What one item of a request or response is about."""

    class_id: int
    obis: bytes
    member: int
    method: bool


def request_tree(request: AccessRequest, offset: int) -> Tree:
    """What a request reads, sets and does.

    Args:
        request: the request.
        offset: of its first octet in the message.
    """
    at = offset + 6 + len(request.date_time)
    places = []
    at += len(encode_length(len(request.descriptors)))
    for descriptor in request.descriptors:
        places.append(at)
        at += len(descriptor_octets(descriptor))
    at += len(encode_length(len(request.data)))
    items = []
    for place, descriptor, data in zip(places, request.descriptors, request.data, strict=True):
        items.append(_request_item(descriptor, data, place, at))
        at += len(encode_data(data))
    return Tree("DLMS access-request", _invocation(request.invoke_id), tuple(items), offset)


def _request_item(descriptor: Descriptor, data: Data, place: int, data_at: int) -> Tree:
    item = _item(descriptor)
    name = _name(item)
    children = []
    if descriptor.selection is not None:
        selector, parameters = descriptor.selection
        layout = selection_layout(descriptor.class_id, selector)
        children.append(data_tree(f"selection {selector}", parameters, layout))
    if data != NULL:
        children.append(data_tree(name.member, data, name.layout, data_at))
    return Tree(_VERBS[descriptor.kind], str(name), tuple(children), place)


def response_tree(
    response: AccessResponse,
    offset: int,
    request: AccessRequest | None = None,
    use_case: UseCase | None = None,
    opened: Mapping[bytes, bytes] = _NOTHING,
) -> Tree:
    """What came of each item of a request.

    Args:
        response: the response.
        offset: of its first octet in the message.
        request: the request that it answers, to name its items; without it they are named by the
            rows of the use case where their number agrees.
        use_case: of the message.
        opened: plaintext of the encrypted blocks that could be opened.
    """
    count = len(response.outcomes)
    named = _named_items(request, use_case, count)
    at = offset + 7 + len(response.date_time) + len(encode_length(count))
    if response.request is not None:
        at += len(encode_length(len(response.request)))
        at += sum(len(descriptor_octets(each)) for each in response.request)
    items = []
    for index, (data, outcome) in enumerate(zip(response.data, response.outcomes, strict=True)):
        item = named[index] if named else None
        tree = _response_item(item, index, data, outcome, at)
        decrypted = opened_trees(data, opened, protected_layout(use_case))
        items.append(replace(tree, children=tree.children + decrypted) if decrypted else tree)
        at += len(encode_data(data))
    return Tree("DLMS access-response", _faults(response), tuple(items), offset)


def _response_item(item: _Item | None, index: int, data: Data, outcome: Outcome, at: int) -> Tree:
    name = None if item is None else _name(item)
    told = f"item {index + 1}" if name is None else str(name)
    children = []
    if data != NULL:
        label = "value" if name is None else name.member
        layout = () if name is None else _result_layout(name, outcome.kind)
        children.append(_scaled(data_tree(label, data, layout, at), item, data))
    return Tree(_VERBS[outcome.kind], f"{told}: {result_name(outcome.result)}", tuple(children), at)


def _scaled(tree: Tree, item: _Item | None, data: Data) -> Tree:
    """The same value with its unit, where GBCS fixes scaler and unit of the object."""
    known = None if item is None else cosem_objects().get((item.class_id, item.obis))
    if (
        known is None
        or known.unit in (None, UNLISTED)
        or tree.label != "value"
        or not isinstance(data.value, int)
    ):
        return tree
    told = scaled(data.value, known.scaler or 0, known.unit or NO_UNIT)
    return tree if told == tree.value else replace(tree, value=f"{told} ({tree.value})")


def notification_tree(
    notification: DataNotification, offset: int, opened: Mapping[bytes, bytes] = _NOTHING
) -> Tree:
    """An alert: its code by name, its time, and what it is about.

    Args:
        notification: the alert.
        offset: of its first octet in the message.
        opened: plaintext of the encrypted blocks that could be opened.
    """
    body = notification.body
    at = offset + 6 + len(notification.date_time)
    parts = body.value if isinstance(body.value, tuple) else ()
    fields = tuple(part for part in parts if isinstance(part, Data))
    if len(fields) < 2 or not isinstance(fields[0].value, int):
        return Tree("DLMS data-notification", "", (data_tree("body", body, (), at),), offset)
    code = fields[0].value
    children = [
        Tree("alert code", f"{code:04X} {alert_name(code)}", (), at + 2),
        Tree("time", plain("time", fields[1]), (), at + 5),
    ]
    at += 5 + len(encode_data(fields[1]))
    for index, part in enumerate(fields[2:], 1):
        outcome = future_dated_outcome(code, part, at)
        children.append(outcome or data_tree(f"content {index}", part, (), at))
        at += len(encode_data(part))
    children.extend(opened_trees(body, opened))
    told = f"{code:04X} {alert_name(code)}"
    return Tree("DLMS data-notification", told, tuple(children), offset)


def protected_layout(use_case: UseCase | None) -> Layout:
    """Names for what a use case reads under protection: a structure of one part each, in order."""
    if use_case is None:
        return ()
    names = [_name(item) for item, inside in _annexed(use_case).items() if inside]
    return tuple(Part(str(name), name.layout) for name in names)


def opened_trees(
    data: Data, opened: Mapping[bytes, bytes], layout: Layout = ()
) -> tuple[Tree, ...]:
    """What the encrypted blocks in a value hold, as far as they could be opened."""
    trees = []
    for block in blocks_in(data):
        plaintext = opened.get(block)
        if plaintext is None:
            trees.append(Tree("sensitive data", f"encrypted, block of {len(block)} octets"))
            continue
        try:
            trees.append(data_tree("sensitive data", decode_data(plaintext), layout))
        except WireError as error:
            trees.append(Tree("sensitive data", f"{plaintext.hex().upper()} ({error})"))
    return tuple(trees)


def result_name(result: int) -> str:
    """A result as the specification writes it: `hardware-fault`."""
    if result in set(AccessResult):
        return AccessResult(result).name.lower().replace("_", "-")
    return f"result {result}"


def _result_layout(name: CosemName, kind: AccessKind) -> Layout:
    """How a method answers, or how an attribute reads."""
    if kind is AccessKind.ACTION and not name.result:
        return name.layout if name.member in _ANSWER_LIKE_ATTRIBUTES else ()
    return name.result if kind is AccessKind.ACTION else name.layout


def _faults(response: AccessResponse) -> str:
    """How it went: GBCS devices stop at the first item that fails and refuse the rest."""
    results = [outcome.result for outcome in response.outcomes]
    failed = next((index for index, result in enumerate(results) if result), None)
    if failed is None:
        return "success"
    return f"failed at item {failed + 1} of {len(results)}: {result_name(results[failed])}"


def _invocation(invoke_id: int) -> str:
    return "stops at the first error" if invoke_id & BREAK_ON_ERROR else ""


def _item(descriptor: Descriptor) -> _Item:
    return _Item(
        descriptor.class_id,
        descriptor.obis,
        descriptor.member,
        descriptor.kind is AccessKind.ACTION,
    )


def _name(item: _Item) -> CosemName:
    return cosem_name(item.class_id, item.obis, item.member, method=item.method)


def _named_items(
    request: AccessRequest | None, use_case: UseCase | None, count: int
) -> tuple[_Item, ...]:
    """The items in order; none when nothing tells them for sure."""
    if request is not None:
        items = tuple(map(_item, request.descriptors))
    else:
        items = () if use_case is None else _annexed_items(use_case)
    return items if len(items) == count else ()


def _annexed_items(use_case: UseCase) -> tuple[_Item, ...]:
    """The attributes and methods of the annex in order, without those read under protection."""
    return tuple(item for item, inside in _annexed(use_case).items() if not inside)


def _annexed(use_case: UseCase) -> Mapping[_Item, bool]:
    """The attributes and methods of the annex in order, and whether each is under protection."""
    protects = any(row.class_id == _DATA_PROTECTION for row in use_case.cosem)
    items: dict[_Item, bool] = {}
    for row in use_case.cosem:
        if row.class_id is not None and row.member is not None and row.obis:
            item = _Item(row.class_id, parse_obis(row.obis), row.member, row.method)
            inside = protects and not row.method and _is_protected(row.class_id, row.obis)
            items.setdefault(item, inside)
    return items


def _is_protected(class_id: int, obis: str) -> bool:
    """Whether an attribute is one that data protection hands out: collections and logs."""
    return class_id == 7 or obis.startswith("0-0:94.44.34.")
