"""DLMS payloads as JSON documents, both ways."""

from collections.abc import Mapping
from typing import Any, Final

from emulator.cosem.logical_names import format_obis, parse_obis
from emulator.dlms.access import AccessRequest, AccessResponse, Outcome
from emulator.dlms.descriptors import AccessKind, Descriptor, Selection
from emulator.dlms.notification import DataNotification
from emulator.gbcs.json_form.data import data_document, data_from
from emulator.gbcs.json_form.fields import (
    list_in,
    number_in,
    object_in,
    octets_in,
    refuse,
    text_in,
)
from emulator.gbcs.payload import DlmsPayload

_KINDS: Final = {kind.name.lower(): kind for kind in AccessKind}


def dlms_document(payload: DlmsPayload) -> dict[str, Any]:
    """A DLMS payload as a JSON document."""
    document: dict[str, Any] = {
        "invoke_id": payload.invoke_id,
        "date_time": payload.date_time.hex().upper(),
    }
    match payload:
        case AccessRequest():
            items = zip(payload.descriptors, payload.data, strict=True)
            document["request"] = [
                {**_descriptor_document(each), "data": data_document(data)} for each, data in items
            ]
        case AccessResponse():
            results = zip(payload.outcomes, payload.data, strict=True)
            document["response"] = [
                {"kind": each.kind.name.lower(), "result": each.result, "data": data_document(data)}
                for each, data in results
            ]
            if payload.request is not None:
                document["repeats"] = [_descriptor_document(each) for each in payload.request]
        case DataNotification():
            document["notification"] = data_document(payload.body)
    return document


def _descriptor_document(descriptor: Descriptor) -> dict[str, Any]:
    document: dict[str, Any] = {
        "kind": descriptor.kind.name.lower(),
        "class": descriptor.class_id,
        "obis": format_obis(descriptor.obis),
        "member": descriptor.member,
    }
    if descriptor.selection is not None:
        document["selector"] = descriptor.selection.selector
        document["parameters"] = data_document(descriptor.selection.parameters)
    return document


def dlms_from(document: Mapping[str, Any], path: str) -> DlmsPayload:
    """The DLMS payload that a JSON document stands for.

    Raises:
        UsageError: when it stands for none; names the place.
    """
    invoke_id = number_in(document.get("invoke_id"), f"{path}.invoke_id")
    date_time = octets_in(document.get("date_time", ""), f"{path}.date_time")
    if "request" in document:
        items = _items(document, "request", path)
        return AccessRequest(
            invoke_id,
            tuple(_descriptor_from(item, place) for item, place in items),
            tuple(data_from(item.get("data"), f"{place}.data") for item, place in items),
            date_time,
        )
    if "response" in document:
        items = _items(document, "response", path)
        repeats = _items(document, "repeats", path) if "repeats" in document else None
        return AccessResponse(
            invoke_id,
            tuple(data_from(item.get("data"), f"{place}.data") for item, place in items),
            tuple(_outcome_from(item, place) for item, place in items),
            date_time,
            None if repeats is None else tuple(_descriptor_from(*each) for each in repeats),
        )
    if "notification" not in document:
        refuse(path, sorted(document), "`request`, `response` or `notification`")
    body = data_from(document["notification"], f"{path}.notification")
    return DataNotification(invoke_id, body, date_time)


def _items(
    document: Mapping[str, Any], name: str, path: str
) -> tuple[tuple[Mapping[str, Any], str], ...]:
    """The objects of a list, each with its place."""
    listed = list_in(document[name], f"{path}.{name}")
    places = (f"{path}.{name}[{index}]" for index in range(len(listed)))
    return tuple(
        (object_in(item, place), place) for item, place in zip(listed, places, strict=True)
    )


def _kind_from(item: Mapping[str, Any], place: str) -> AccessKind:
    kind = _KINDS.get(str(item.get("kind")))
    if kind is None:
        refuse(f"{place}.kind", item.get("kind"), f"one of {', '.join(_KINDS)}")
    return kind


def _descriptor_from(item: Mapping[str, Any], place: str) -> Descriptor:
    selection = None
    if "selector" in item:
        selection = Selection(
            number_in(item["selector"], f"{place}.selector"),
            data_from(item.get("parameters"), f"{place}.parameters"),
        )
    member = item.get("member")
    if not isinstance(member, int):
        refuse(f"{place}.member", member, "a whole number")
    return Descriptor(
        _kind_from(item, place),
        number_in(item.get("class"), f"{place}.class"),
        parse_obis(text_in(item.get("obis"), f"{place}.obis")),
        member,
        selection,
    )


def _outcome_from(item: Mapping[str, Any], place: str) -> Outcome:
    return Outcome(_kind_from(item, place), number_in(item.get("result"), f"{place}.result"))
