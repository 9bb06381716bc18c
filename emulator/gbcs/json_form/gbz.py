"""GBZ payloads as JSON documents, both ways: components with their ZCL commands, or an alert.

What follows a ZCL header stands under `fields` when the command is declared, else under `octets`;
under `encrypted` when it is an encrypted block, and under `plain` what is to become one.
"""

from collections.abc import Mapping
from typing import Any, Final

from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import AlertContent, FutureDatedOutcome, GbzAlert, ImageHash
from emulator.gbcs.gbz_component import AdditionalHeader, GbzComponent
from emulator.gbcs.json_form.fields import list_in, number_in, object_in, octets_in, refuse
from emulator.gbcs.json_form.structs import struct_document, struct_from
from emulator.kernel.errors import LocalError, WireError
from emulator.wire.struct import Struct
from emulator.zcl.foundation.general_commands import GENERAL_COMMANDS, GeneralCommand
from emulator.zcl.foundation.header import FrameType, ZclHeader
from emulator.zcl.payloads.catalogue import PAYLOADS
from emulator.zcl.registry import CLUSTERS
from emulator.zigbee.addresses import ClusterId

_OUTCOME: Final = ("message_code", "counter", "cluster", "frame_control", "command")


def gbz_document(payload: GbzPayload) -> dict[str, Any]:
    """A GBZ payload as a JSON document."""
    if payload.alert is not None:
        return {"alert": _alert_document(payload.alert)}
    return {"components": [component_document(each) for each in payload.components]}


def gbz_from(document: Mapping[str, Any], path: str) -> GbzPayload:
    """The GBZ payload that a JSON document stands for.

    Raises:
        UsageError: when it stands for none; names the place.
    """
    if "alert" in document:
        place = f"{path}.alert"
        return GbzPayload(alert=_alert_from(object_in(document["alert"], place), place))
    listed = list_in(document.get("components"), f"{path}.components")
    return GbzPayload(
        tuple(
            component_from(object_in(each, place), place)
            for each, place in (
                (each, f"{path}.components[{index}]") for index, each in enumerate(listed)
            )
        )
    )


def component_document(component: GbzComponent) -> dict[str, Any]:
    """A component as a JSON document."""
    document: dict[str, Any] = {
        "cluster": f"{component.cluster:04X}",
        "header": struct_document(component.header),
        "last": component.last,
    }
    if component.reserved:
        document["reserved"] = component.reserved
    if component.from_date_time is not None:
        document["from_date_time"] = component.from_date_time
    if component.additional_header is None:
        return document | content_document(component.cluster, component.header, component.payload)
    document["additional_header"] = {
        "control": component.additional_header.control,
        "frame_counter": component.additional_header.frame_counter,
    }
    return document | {"encrypted": component.payload.hex().upper()}


def component_from(document: Mapping[str, Any], path: str) -> GbzComponent:
    """The component that a JSON document stands for.

    Raises:
        UsageError: when it stands for none; names the place.
    """
    cluster, header = command_of(document, path)
    additional = None
    if "additional_header" in document:
        place = f"{path}.additional_header"
        given = object_in(document["additional_header"], place)
        additional = AdditionalHeader(
            _octet_in(given.get("control"), f"{place}.control"),
            _octet_in(given.get("frame_counter"), f"{place}.frame_counter"),
        )
        payload = octets_in(document.get("encrypted"), f"{path}.encrypted")
    else:
        payload = content_octets(cluster, header, document, path)
    since = document.get("from_date_time")
    return GbzComponent(
        cluster,
        header,
        payload,
        document.get("last") is True,
        additional,
        None if since is None else number_in(since, f"{path}.from_date_time"),
        _octet_in(document.get("reserved", 0), f"{path}.reserved"),
    )


def _octet_in(value: Any, path: str) -> int:
    number = number_in(value, path)
    if number > 0xFF:
        refuse(path, value, "0 to 255")
    return number


def command_of(document: Mapping[str, Any], path: str) -> tuple[int, ZclHeader]:
    """Cluster and ZCL header of a component's document.

    Raises:
        UsageError: when it has none; names the place.
    """
    octets = octets_in(document.get("cluster"), f"{path}.cluster")
    if len(octets) != 2:
        refuse(f"{path}.cluster", document["cluster"], "four hexadecimal digits")
    place = f"{path}.header"
    header = struct_from(ZclHeader, object_in(document.get("header"), place), place)
    if not isinstance(header, ZclHeader):
        refuse(place, document["header"], "a ZCL header")
    return int.from_bytes(octets, "big"), header


def content_document(cluster: int, header: ZclHeader, octets: bytes) -> dict[str, Any]:
    """What follows a ZCL header: its fields, or octets where they are not declared."""
    declared = _declared(cluster, header)
    if declared is not None:
        try:
            value = declared.decode(octets)
            if value.encode() == octets:
                return {"fields": struct_document(value)}
        except (WireError, LocalError):
            return {"octets": octets.hex().upper()}
    return {"octets": octets.hex().upper()}


def content_octets(
    cluster: int, header: ZclHeader, document: Mapping[str, Any], path: str
) -> bytes:
    """The octets that follow a ZCL header, from `fields` or `octets` of a document.

    Raises:
        UsageError: when the document has neither; names the place.
    """
    if "fields" not in document:
        return octets_in(document.get("octets"), f"{path}.octets")
    declared = _declared(cluster, header)
    place = f"{path}.fields"
    if declared is None:
        refuse(place, f"command {header.command:02X}", "`octets`, for it is not declared")
    return struct_from(declared, object_in(document["fields"], place), place).encode()


def _declared(cluster: int, header: ZclHeader) -> type[Struct] | None:
    """The format of what follows a ZCL header, None when there is no declaration."""
    if header.frame_type is FrameType.GENERAL:
        return GENERAL_COMMANDS.get(GeneralCommand(header.command))
    if header.frame_type is not FrameType.CLUSTER or header.manufacturer_specific:
        return None
    listed = PAYLOADS.get((cluster, header.to_side, header.command))
    known = CLUSTERS.get(ClusterId(cluster))
    if listed is not None or known is None:
        return listed
    command = known.side(header.to_side).command(header.command)
    return None if command is None else command.payload


def _alert_document(alert: GbzAlert) -> dict[str, Any]:
    return {
        "code": f"{alert.code:04X}",
        "time": alert.time,
        "count": alert.count,
        **_content_document(alert.content),
    }


def _content_document(content: AlertContent) -> dict[str, Any]:
    match content:
        case FutureDatedOutcome():
            return {"outcome": {name: getattr(content, name) for name in _OUTCOME}}
        case ImageHash():
            return {"image_hash": content.digest.hex().upper()}
        case GbzComponent():
            return {"component": component_document(content)}
        case bytes():
            return {"octets": content.hex().upper()}


def _alert_from(document: Mapping[str, Any], path: str) -> GbzAlert:
    code = octets_in(document.get("code"), f"{path}.code")
    return GbzAlert(
        int.from_bytes(code, "big"),
        number_in(document.get("time"), f"{path}.time"),
        _content_from(document, path),
        number_in(document.get("count", 0), f"{path}.count"),
    )


def _content_from(document: Mapping[str, Any], path: str) -> AlertContent:
    if "outcome" in document:
        given = object_in(document["outcome"], f"{path}.outcome")
        return FutureDatedOutcome(
            *(number_in(given.get(name), f"{path}.outcome.{name}") for name in _OUTCOME)
        )
    if "image_hash" in document:
        return ImageHash(octets_in(document["image_hash"], f"{path}.image_hash"))
    if "component" in document:
        place = f"{path}.component"
        return component_from(object_in(document["component"], place), place)
    return octets_in(document.get("octets", ""), f"{path}.octets")
