"""Cluster library commands as rows: general ones, and the clusters' own (ZCL8 2.4, 2.5)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from emulator.crypto.certificates import Suite1Certificate, Suite2Certificate
from emulator.kernel.errors import WireError
from emulator.lab.dissector.knowledge import Knowledge
from emulator.lab.dissector.meaning import Meaning
from emulator.lab.dissector.part import Part, section
from emulator.lab.dissector.tunnelled import read_transfer
from emulator.lab.dissector.words import member, title
from emulator.smart_energy.primitives import TerminateStatus
from emulator.wire.struct import Struct
from emulator.zcl.cluster import Cluster, ClusterSide
from emulator.zcl.clusters.key_establishment import (
    KEY_ESTABLISHMENT,
    InitiateKeyEstablishment,
    TerminateKeyEstablishment,
)
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.foundation.general_commands import (
    GENERAL_COMMANDS,
    DefaultResponse,
    GeneralCommand,
)
from emulator.zcl.foundation.header import FrameType, ZclHeader
from emulator.zcl.primitives import Side
from emulator.zcl.registry import CLUSTERS, cluster_name
from emulator.zigbee.addresses import ClusterId

SUFFIXES: Final[dict[type[Struct], Callable[[Any], str]]] = {
    DefaultResponse: lambda command: f" ({member(command.status)})",
    InitiateKeyEstablishment: lambda command: f", suite {command.suite}",
    TerminateKeyEstablishment: lambda command: f" ({member(TerminateStatus(command.status))})",
}
"""What a label tells besides the name of the command."""

_CERTIFICATES: Final[dict[int, type[Struct]]] = {1: Suite1Certificate, 2: Suite2Certificate}
_TELL_THEIR_CLUSTER: Final = frozenset(
    command.payload
    for side in (KEY_ESTABLISHMENT.server, KEY_ESTABLISHMENT.client)
    for command in side.receives
    if command.payload is not None
)
_TRANSFER: Final = "Transfer Data"
"""The command of the tunnel that carries messages of remote parties."""
_OTHER_SIDE: Final = {Side.SERVER: Side.CLIENT, Side.CLIENT: Side.SERVER}


@dataclass(frozen=True, slots=True)
class _Command:
    """What a header says the command is.

    Args:
        form: its payload; None where it is not declared.
        side: whose attributes it speaks of.
    """

    label: str
    form: type[Struct] | None
    side: ClusterSide


def read_zcl(cluster_id: ClusterId, octets: bytes, known: Knowledge, *, whole: bool = True) -> Part:
    """What a cluster library frame says; of its first block alone, only which command it is."""
    try:
        header, at = ZclHeader.take(octets)
    except WireError:
        return known.undecodable("zcl", "ZCL header", ZclHeader, octets)
    cluster = CLUSTERS.get(cluster_id)
    command = _command(header, cluster)
    about = f", {cluster_name(cluster_id)}" if command.form not in _TELL_THEIR_CLUSTER else ""
    detail = section(f"ZCL {cluster_name(cluster_id)}", known.text.lines(header))
    if whole and cluster_id == TUNNELING.id and command.label == _TRANSFER:
        return read_transfer(octets[at:], known).below(detail)
    value = _decoded(command.form, octets[at:])
    if value is None and command.form is not None and whole:
        broken = known.undecodable("zcl", command.label + about, command.form, octets[at:])
        return broken.below(detail)
    suffix = "" if value is None else SUFFIXES.get(type(value), _nothing)(value)
    if whole:
        detail += _body(command, value, octets[at:], known)
    return Part("zcl", command.label + suffix + about, tuple(detail))


def _command(header: ZclHeader, cluster: Cluster | None) -> _Command:
    if header.frame_type is FrameType.GENERAL:
        return _general(GeneralCommand(header.command), header.to_side, cluster)
    receiver = ClusterSide() if cluster is None else cluster.side(header.to_side)
    declared = None if header.manufacturer_specific else receiver.command(header.command)
    if declared is None or header.frame_type is not FrameType.CLUSTER:
        return _Command(f"command {header.command:#04x}", None, receiver)
    return _Command(title(declared.name), declared.payload, receiver)


def _general(command: GeneralCommand, to_side: Side, cluster: Cluster | None) -> _Command:
    """Answers and reports speak of the attributes of their sender."""
    told = command.name.endswith("_RESPONSE") or command is GeneralCommand.REPORT_ATTRIBUTES
    owner = _OTHER_SIDE[to_side] if told else to_side
    form = GENERAL_COMMANDS.get(command)
    label = title(command.name.title()) if form else f"general command {command:#04x}"
    return _Command(label, form, ClusterSide() if cluster is None else cluster.side(owner))


def _decoded(form: type[Struct] | None, octets: bytes) -> Struct | None:
    try:
        return None if form is None else form.decode(octets)
    except WireError:
        return None


def _body(command: _Command, value: Struct | None, octets: bytes, known: Knowledge) -> list[str]:
    if value is None:
        return section(command.label, [f"payload: {known.text.octets(octets)}"])
    certificate = _certificate(value)
    if certificate is None:
        return section(command.label, known.text.lines(value, Meaning(command.side)))
    lines = known.text.lines(value, skip=frozenset({"identity"}))
    return section(command.label, [*lines, *section("certificate", known.text.lines(certificate))])


def _certificate(value: Struct) -> Struct | None:
    if not isinstance(value, InitiateKeyEstablishment):
        return None
    return _decoded(_CERTIFICATES.get(value.suite), value.identity)


def _nothing(_value: object) -> str:
    return ""
