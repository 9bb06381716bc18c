"""Cluster commands: passed to applications, answered here, or refused; and their discovery."""

from itertools import islice
from typing import Final

from emulator.kernel.errors import WireError
from emulator.kernel.units import Instant
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.identify import IDENTIFY, IdentifyFor, IdentifyQueryResponse
from emulator.zcl.endpoint import ServedCommand
from emulator.zcl.facts import FactoryReset
from emulator.zcl.foundation.general_commands import (
    DiscoverCommands,
    DiscoverCommandsResponse,
    GeneralCommand,
)
from emulator.zcl.incoming import Handler, Incoming, Reaction, answer, status
from emulator.zcl.node_attributes import NodeAttributes
from emulator.zcl.primitives import Side, ZclCommandIndication, ZclStatus
from emulator.zcl.registry import CLUSTERS
from emulator.zigbee.addresses import ClusterId
from emulator.zigbee.facts import MalformedFrame

IDENTIFY_COMMAND: Final = 0x00
IDENTIFY_QUERY: Final = 0x01
RESET_TO_FACTORY_DEFAULTS: Final = 0x00

BUILT_IN: Final[frozenset[tuple[ClusterId, int]]] = frozenset(
    {
        (BASIC.id, RESET_TO_FACTORY_DEFAULTS),
        (IDENTIFY.id, IDENTIFY_COMMAND),
        (IDENTIFY.id, IDENTIFY_QUERY),
    }
)
"""Commands to a server side that this machine acts on itself."""


class CommandServer:
    """Decides what a cluster command leads to."""

    def __init__(self, attributes: NodeAttributes) -> None:
        self._attributes = attributes
        self.handlers: Final[dict[GeneralCommand, Handler]] = {
            GeneralCommand.DISCOVER_COMMANDS_RECEIVED: self._discover_received,
            GeneralCommand.DISCOVER_COMMANDS_GENERATED: self._discover_generated,
        }

    def react(self, incoming: Incoming, now: Instant) -> Reaction:
        """What a cluster command that answers nothing of ours leads to."""
        served = _served(incoming)
        built_in = served is None and _built_in(incoming)
        if served is None and not built_in:
            return status(ZclStatus.UNSUP_COMMAND)
        malformed = _malformed(incoming) if served is None or served.checked else None
        if malformed is not None:
            return status(ZclStatus.MALFORMED_COMMAND, (malformed,))
        if served is None:
            return self._act(incoming, now)
        return Reaction(
            status=None if served.answered else ZclStatus.SUCCESS,
            effects=(_indication(incoming),),
        )

    def _act(self, incoming: Incoming, now: Instant) -> Reaction:
        endpoint = incoming.instance.endpoint
        if incoming.instance.cluster == BASIC.id:
            self._attributes.store.reset(endpoint)
            return status(ZclStatus.SUCCESS, (FactoryReset(endpoint),))
        if incoming.header.command == IDENTIFY_COMMAND:
            time = IdentifyFor.decode(incoming.payload).identify_time
            became = self._attributes.start_identifying(endpoint, time, now)
            return status(ZclStatus.SUCCESS, became)
        left = self._attributes.identify.remaining(endpoint, now)
        if not left:
            return status(ZclStatus.SUCCESS)
        return answer(0x00, IdentifyQueryResponse(left))

    def _discover_received(
        self, incoming: Incoming, request: DiscoverCommands, _: Instant
    ) -> Reaction:
        return _listed(
            GeneralCommand.DISCOVER_COMMANDS_RECEIVED_RESPONSE, _received(incoming), request
        )

    def _discover_generated(
        self, incoming: Incoming, request: DiscoverCommands, _: Instant
    ) -> Reaction:
        """What the cluster's table has the other side receive, of a cluster served here."""
        cluster = CLUSTERS.get(incoming.instance.cluster)
        other = Side.CLIENT if incoming.instance.side is Side.SERVER else Side.SERVER
        generated = () if cluster is None else cluster.side(other).receives
        return _listed(
            GeneralCommand.DISCOVER_COMMANDS_GENERATED_RESPONSE,
            sorted(each.id for each in generated),
            request,
        )


def _served(incoming: Incoming) -> ServedCommand | None:
    wanted = (incoming.instance.cluster, incoming.instance.side, incoming.header.command)
    return next(
        (
            each
            for each in incoming.definition.commands
            if (each.cluster, each.side, each.command) == wanted
        ),
        None,
    )


def _built_in(incoming: Incoming) -> bool:
    key = (incoming.instance.cluster, incoming.header.command)
    return incoming.instance.side is Side.SERVER and key in BUILT_IN


def _malformed(incoming: Incoming) -> MalformedFrame | None:
    """Why the payload is none of the declared format; what is not declared is anything."""
    cluster = CLUSTERS.get(incoming.instance.cluster)
    side = None if cluster is None else cluster.side(incoming.instance.side)
    command = None if side is None else side.command(incoming.header.command)
    if command is None or command.payload is None:
        return None
    try:
        command.payload.decode(incoming.payload)
    except WireError as fault:
        return MalformedFrame("zcl", str(fault), incoming.payload)
    return None


def _indication(incoming: Incoming) -> ZclCommandIndication:
    came = incoming.indication
    return ZclCommandIndication(
        source=incoming.source,
        source_eui64=came.source_eui64,
        endpoint=incoming.instance.endpoint,
        cluster=came.cluster,
        command=incoming.header.command,
        payload=incoming.payload,
        to_side=incoming.instance.side,
        sequence=incoming.header.sequence,
        disable_default_response=incoming.header.disable_default_response,
        security=came.security,
        key_origin=came.key_origin,
        aps_counter=came.counter,
    )


def _received(incoming: Incoming) -> list[int]:
    instance = incoming.instance
    served = {
        each.command
        for each in incoming.definition.commands
        if (each.cluster, each.side) == (instance.cluster, instance.side)
    }
    if instance.side is Side.SERVER:
        served |= {command for cluster, command in BUILT_IN if cluster == instance.cluster}
    return sorted(served)


def _listed(command: GeneralCommand, identifiers: list[int], request: DiscoverCommands) -> Reaction:
    after = [each for each in identifiers if each >= request.start]
    found = tuple(islice(after, request.maximum))
    return answer(command, DiscoverCommandsResponse(len(after) <= request.maximum, found))
