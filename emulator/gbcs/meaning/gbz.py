"""GBZ payloads as trees: clusters, commands and attributes by name, values with their units."""

from collections.abc import Mapping
from typing import Final

from emulator.gbcs.alert_codes import alert_name
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import FutureDatedOutcome, GbzAlert, ImageHash
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.meaning.outcomes import use_case_name
from emulator.gbcs.meaning.structs import value_text, value_tree
from emulator.gbcs.meaning.times import utc
from emulator.gbcs.meaning.tree import Tree
from emulator.gbcs.meaning.zcl_commands import COMMAND_FIELDS
from emulator.gbcs.meaning.zcl_fields import command_trees
from emulator.kernel.errors import WireError
from emulator.wire.struct import Struct
from emulator.zcl.cluster import Attribute, Command
from emulator.zcl.data_types import DataType
from emulator.zcl.foundation.general_commands import (
    GENERAL_COMMANDS,
    AttributeRecord,
    DefaultResponse,
    GeneralCommand,
    ReadAttributes,
    ReadAttributesResponse,
    ReadRecord,
    WriteAttributes,
    WriteAttributesResponse,
)
from emulator.zcl.foundation.header import FrameType, ZclHeader
from emulator.zcl.primitives import Side, ZclStatus
from emulator.zcl.registry import CLUSTERS, cluster_name
from emulator.zigbee.addresses import ClusterId

_RETIRED_STATUSES: Final = {
    0xC0: "hardware failure",
    0xC1: "software failure",
    0xC2: "calibration error",
}
"""Statuses of earlier editions (ZCL6 Table 2-11); GBCS devices answer C0 to what failed first."""
_PREFIX: Final = 3
"""Octets of profile and count."""


def gbz_tree(payload: GbzPayload, offset: int, opened: Mapping[bytes, bytes]) -> Tree:
    """What ZCL commands a message holds, or what its alert says.

    Args:
        payload: the payload.
        offset: of its first octet in the message.
        opened: plaintext of the encrypted blocks that could be opened.
    """
    at = offset + _PREFIX
    if payload.alert is not None:
        return _alert_tree(payload.alert, offset, opened)
    components = []
    for index, component in enumerate(payload.components, 1):
        components.append(component_tree(f"component {index}", component, at, opened))
        at += len(component.encode())
    return Tree("GBZ", _faults(payload), tuple(components), offset)


def component_tree(
    label: str, component: GbzComponent, offset: int, opened: Mapping[bytes, bytes]
) -> Tree:
    """One ZCL command: cluster, command and what it says."""
    header = component.header
    octets: bytes | None = component.payload
    children: list[Tree] = []
    if component.from_date_time is not None:
        children.append(Tree("from", utc(component.from_date_time)))
    if component.encrypted:
        octets = opened.get(component.payload)
        told = "encrypted" if octets is None else "decrypted"
        children.append(Tree("sensitive data", f"{told}, block of {len(component.payload)} octets"))
    if octets is not None:
        children.extend(_content(component.cluster, header, octets))
    value = f"{_cluster(component.cluster)}: {command_name(component.cluster, header)}"
    return Tree(label, value, tuple(children), offset)


def status_text(status: ZclStatus) -> str:
    """A status by name, also one that ZCL8 has retired."""
    retired = _RETIRED_STATUSES.get(int(status))
    return value_text(status) if retired is None else f"{retired} ({int(status)})"


def command_name(cluster: int, header: ZclHeader) -> str:
    """The command of a ZCL header by name, or by number where it is not declared."""
    if header.frame_type is FrameType.GENERAL:
        return GeneralCommand(header.command).name.replace("_", " ").title()
    known = _command(cluster, header)
    return f"command {header.command:#04x}" if known is None else known.name


def _command(cluster: int, header: ZclHeader) -> Command | None:
    declared = CLUSTERS.get(ClusterId(cluster))
    if declared is None or header.frame_type is not FrameType.CLUSTER:
        return None
    return declared.side(header.to_side).command(header.command)


def _cluster(cluster: int) -> str:
    return f"{cluster_name(cluster)} ({cluster:04X})"


def _content(cluster: int, header: ZclHeader, octets: bytes) -> tuple[Tree, ...]:
    """What follows the ZCL header, declared or not; octets that do not decode stay octets."""
    fields = COMMAND_FIELDS.get((cluster, header.to_side, header.command))
    try:
        if header.frame_type is FrameType.GENERAL:
            declared = GENERAL_COMMANDS.get(GeneralCommand(header.command))
        elif fields is not None:
            return command_trees(fields, octets)
        else:
            known = _command(cluster, header)
            declared = None if known is None else known.payload
        if declared is not None:
            return _declared(cluster, header, declared.decode(octets))
    except WireError as error:
        return (Tree("payload", f"{octets.hex().upper()} ({error})"),)
    return (Tree("payload", octets.hex().upper()),) if octets else ()


def _declared(cluster: int, header: ZclHeader, payload: Struct) -> tuple[Tree, ...]:
    match payload:
        case ReadAttributes():
            return tuple(
                Tree("attribute", _named(cluster, Side.SERVER, each)) for each in payload.attributes
            )
        case ReadAttributesResponse() | WriteAttributes():
            return tuple(_attribute(cluster, each) for each in payload.records)
        case WriteAttributesResponse():
            return tuple(
                Tree(
                    "all attributes"
                    if each.attribute is None
                    else _named(cluster, Side.SERVER, each.attribute),
                    status_text(each.status),
                )
                for each in payload.records
            )
        case DefaultResponse():
            answered = ZclHeader(
                frame_type=FrameType.CLUSTER,
                manufacturer_specific=False,
                to_client=not header.to_client,
                disable_default_response=False,
                reserved=0,
                manufacturer=None,
                sequence=0,
                command=payload.command,
            )
            return (
                Tree("to command", command_name(cluster, answered)),
                Tree("status", status_text(payload.status)),
            )
        case _:
            return value_tree("payload", payload).children


def _attribute(cluster: int, record: ReadRecord | AttributeRecord) -> Tree:
    label = _named(cluster, Side.SERVER, record.attribute)
    if isinstance(record, ReadRecord) and record.data_type is None:
        return Tree(label, status_text(record.status))
    declared = _declaration(cluster, Side.SERVER, record.attribute)
    if record.data_type == DataType.UTC and isinstance(record.value, int):
        return Tree(label, utc(record.value))
    unit = f" {declared.unit}" if declared is not None and declared.unit else ""
    return Tree(label, f"{value_text(record.value)}{unit}")


def _declaration(cluster: int, side: Side, attribute: int) -> Attribute | None:
    declared = CLUSTERS.get(ClusterId(cluster))
    return None if declared is None else declared.side(side).attribute(attribute)


def _named(cluster: int, side: Side, attribute: int) -> str:
    declared = _declaration(cluster, side, attribute)
    name = "unknown attribute" if declared is None else declared.name
    return f"{name} ({attribute:04X})"


def _faults(payload: GbzPayload) -> str:
    """How it went: the first component that a Default Response refuses, if one does."""
    for index, component in enumerate(payload.components, 1):
        status = _refusal(component)
        if status:
            return f"failed at component {index} of {len(payload.components)}: {status}"
    return ""


def _refusal(component: GbzComponent) -> str:
    header = component.header
    if (
        header.frame_type is not FrameType.GENERAL
        or header.command != GeneralCommand.DEFAULT_RESPONSE
        or component.encrypted
    ):
        return ""
    try:
        status = DefaultResponse.decode(component.payload).status
    except WireError:
        return ""
    return status_text(status) if status else ""


def _alert_tree(alert: GbzAlert, offset: int, opened: Mapping[bytes, bytes]) -> Tree:
    told = f"{alert.code:04X} {alert_name(alert.code)}"
    at = offset + _PREFIX
    children = [
        Tree("alert code", told, (), at),
        Tree("time", utc(alert.time), (), at + 2),
    ]
    content = alert.content
    match content:
        case FutureDatedOutcome():
            children.append(_outcome(content, at + 6))
        case ImageHash():
            children.append(Tree("image hash", content.digest.hex().upper(), (), at + 6))
        case GbzComponent():
            children.append(component_tree("component 1", content, at + 6, opened))
        case bytes():
            if content:
                children.append(Tree("content", content.hex().upper(), (), at + 6))
    return Tree("GBZ alert", told, tuple(children), offset)


def _outcome(outcome: FutureDatedOutcome, offset: int) -> Tree:
    header = ZclHeader.decode(bytes((outcome.frame_control & ~0x04, 0, outcome.command)))
    return Tree(
        "future dated item",
        f"{_cluster(outcome.cluster)}: {command_name(outcome.cluster, header)}",
        (
            Tree("of command", use_case_name(outcome.message_code)),
            Tree("with counter", str(outcome.counter)),
        ),
        offset,
    )
