"""The cluster library of one node: answers general commands, runs exchanges, passes the rest up.

Applications hear of cluster commands that their endpoint's definition says are served, and answer
with a `ZclCommandRequest` of the same transaction number. Every other command is answered or
refused here (ZCL8 2.5.12), so that no peer waits for nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.errors import WireError
from emulator.kernel.streams import Stream
from emulator.kernel.units import Calendar, Instant
from emulator.zcl.attribute_server import AttributeServer
from emulator.zcl.attribute_store import ClusterInstance
from emulator.zcl.clusters.sub_ghz import SUB_GHZ
from emulator.zcl.command_server import CommandServer
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zcl.exchanges import ANSWERS, Effects, Exchanges
from emulator.zcl.facts import AnswerUnexpected, CommandRefused, MessageWithheld
from emulator.zcl.foundation.general_commands import (
    GENERAL_COMMANDS,
    DefaultResponse,
    GeneralCommand,
    ReportAttributes,
)
from emulator.zcl.foundation.header import FrameType, ZclHeader, header
from emulator.zcl.incoming import Handler, Incoming, Reaction, status
from emulator.zcl.key_policy import needs_link_key
from emulator.zcl.node_attributes import NodeAttributes
from emulator.zcl.outgoing import Message, Outgoing
from emulator.zcl.primitives import (
    AttributeWrittenIndication,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ReportAttributesIndication,
    ReportAttributesRequest,
    SetAttributeRequest,
    Side,
    SuspendedTrafficIndication,
    SuspendPeerRequest,
    ZclAddress,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zcl.reporting_server import ReportingServer
from emulator.zcl.settings import ZclSettings
from emulator.zcl.suspension import Suspensions
from emulator.zcl.transactions import Exchange
from emulator.zigbee.addresses import BROADCAST_ENDPOINT, ZDO_ENDPOINT
from emulator.zigbee.aps.primitives import (
    ApsdeDataConfirm,
    ApsdeDataIndication,
    ApsdeDataRequest,
    ApsSecurity,
    ApsStatus,
)
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.zdo.primitives import ActivateEndpointRequest

RESPONSES: Final = frozenset({*ANSWERS.values(), GeneralCommand.DEFAULT_RESPONSE})
"""General commands that only ever answer."""

_HEARD_BY_APPLICATIONS: Final = (
    AttributeWrittenIndication,
    ReadAttributesConfirm,
    ReportAttributesIndication,
    SuspendedTrafficIndication,
    ZclCommandConfirm,
    ZclCommandIndication,
)


class ZclMachine:
    """The cluster library of one node.

    It accepts its own indications and does nothing with them, so that a node without an
    application for one is still whole.

    Args:
        endpoints: what stands on the node's endpoints.
        handles: the node's one count of handles.
        stream: where the first transaction number is drawn from.
        calendar: what time it is, for the Time cluster.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        ApsdeDataIndication,
        ApsdeDataConfirm,
        ZclCommandRequest,
        ReadAttributesRequest,
        ReportAttributesRequest,
        SetAttributeRequest,
        SuspendPeerRequest,
        ActivateEndpointRequest,
        *_HEARD_BY_APPLICATIONS,
    )

    def __init__(
        self,
        endpoints: Sequence[EndpointDefinition],
        settings: ZclSettings,
        handles: Iterator[int],
        stream: Stream,
        calendar: Calendar,
    ) -> None:
        self.endpoints = tuple(endpoints)
        self.attributes = NodeAttributes(self.endpoints, settings, calendar)
        self._settings = settings
        self._suspensions = Suspensions((SUB_GHZ.id,))
        self._hidden = {each.endpoint for each in self.endpoints if each.hidden}
        self._outgoing = Outgoing(handles, settings)
        self._exchanges = Exchanges(self._outgoing, settings, stream)
        self._commands = CommandServer(self.attributes)
        self._reporting = ReportingServer(self.attributes)
        self._general: Final[dict[GeneralCommand, Handler]] = {
            **AttributeServer(self.attributes, settings).handlers,
            **self._reporting.handlers,
            **self._commands.handlers,
        }
        self._events: Final[dict[type, Callable[[Any, Instant], Effects]]] = {
            ApsdeDataIndication: self._indication,
            ApsdeDataConfirm: self._exchanges.confirmed,
            ZclCommandRequest: self._exchanges.command,
            ReadAttributesRequest: self._exchanges.read,
            ReportAttributesRequest: self._report,
            SetAttributeRequest: self._set,
            SuspendPeerRequest: self._suspend,
            ActivateEndpointRequest: self._activate,
        }

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of what APS or an application says.

        Raises:
            LocalError: when an application names an attribute that is not served, or a value that
                does not fit.
        """
        act = self._events.get(type(event))
        effects = () if act is None else act(event, now)
        return self._withheld(effects, now) if self._suspensions else effects

    def wake(self, now: Instant) -> Effects:
        """End exchanges that waited too long, and send the reports that are due."""
        effects = list(self._exchanges.wake(now))
        for (destination, instance), report in self._reporting.due(now).items():
            effects.append(self._send_report(destination, instance, report))
        return self._withheld(effects, now) if self._suspensions else effects

    @property
    def deadline(self) -> Instant | None:
        """When an exchange or a report is next due."""
        first, second = self._exchanges.deadline, self.attributes.reporting.deadline
        if first is None or second is None:
            return second if first is None else first
        return min(first, second)

    def _suspend(self, request: SuspendPeerRequest, _: Instant) -> Effects:
        self._suspensions.suspend(request.peer, request.until)
        return ()

    def _withheld(self, effects: Effects, now: Instant) -> Effects:
        """What is left of effects once messages to suspended peers are taken out of them."""
        kept: list[Any] = []
        for effect in effects:
            held = isinstance(effect, ApsdeDataRequest) and self._suspensions.holds_back(
                effect.destination, effect.cluster, now
            )
            if not held:
                kept.append(effect)
                continue
            kept.append(MessageWithheld(effect.destination, effect.cluster, "to"))
            refused = ApsdeDataConfirm(effect.handle, effect.destination, ApsStatus.ILLEGAL_REQUEST)
            kept += self._exchanges.confirmed(refused, now)
        return kept

    def _set(self, request: SetAttributeRequest, now: Instant) -> Effects:
        instance = ClusterInstance(request.endpoint, request.cluster, request.side)
        return self.attributes.write(instance, request.attribute, request.value, now)

    def _activate(self, request: ActivateEndpointRequest, _: Instant) -> Effects:
        if request.active:
            self._hidden.discard(request.endpoint)
        else:
            self._hidden.add(request.endpoint)
        return ()

    def _report(self, request: ReportAttributesRequest, now: Instant) -> Effects:
        instance = ClusterInstance(request.source_endpoint, request.cluster, request.from_side)
        values = ((each, self.attributes.read(instance, each, now)) for each in request.attributes)
        records = tuple(self._reporting.record(instance, each, value) for each, value in values)
        payload = ReportAttributes(tuple(each for each in records if each is not None)).encode()
        return self._exchanges.report(request, payload, now)

    def _send_report(
        self, destination: ZclAddress, instance: ClusterInstance, report: ReportAttributes
    ) -> Any:
        to_side = Side.CLIENT if instance.side is Side.SERVER else Side.SERVER
        head = header(
            FrameType.GENERAL,
            to_side,
            self._exchanges.number(),
            GeneralCommand.REPORT_ATTRIBUTES,
            disable_default_response=True,
        )
        return self._outgoing.send(
            Message(destination, instance.endpoint, instance.cluster, head, report.encode())
        )

    def _indication(self, came: ApsdeDataIndication, now: Instant) -> Effects:
        if came.destination_endpoint == ZDO_ENDPOINT:
            return ()
        definitions = self._definitions(came)
        if not definitions:
            reason = f"no endpoint {came.destination_endpoint} of profile {came.profile:#06x}"
            return (FrameDropped("zcl", reason, came.source),)
        try:
            head, after = ZclHeader.take(came.asdu)
        except WireError as fault:
            return (MalformedFrame("zcl", str(fault), came.asdu),)
        if self._suspensions and self._suspensions.holds_back(came.source, came.cluster, now):
            return _not_looked_at(came, head)
        effects: list[Any] = []
        for definition in definitions:
            instance = ClusterInstance(definition.endpoint, came.cluster, head.to_side)
            incoming = Incoming(came, head, came.asdu[after:], definition, instance)
            effects += self._command(incoming, now)
        return effects

    def _definitions(self, came: ApsdeDataIndication) -> tuple[EndpointDefinition, ...]:
        """The endpoints it is for: the one named, or all that have the cluster (R22 2.2.4.1.2)."""
        everyone = came.destination_endpoint == BROADCAST_ENDPOINT
        return tuple(
            each
            for each in self.endpoints
            if (each.profile == came.profile or self._settings.any_profile)
            and each.endpoint not in self._hidden
            and (
                came.cluster in each.servers + each.clients
                if everyone
                else each.endpoint == came.destination_endpoint
            )
        )

    def _command(self, incoming: Incoming, now: Instant) -> Effects:
        exchange = self._exchanges.waiting(incoming)
        if exchange is not None:
            return self._answer_came(exchange, incoming)
        if incoming.general and incoming.header.command in RESPONSES:
            return (_unexpected(incoming),)
        refused = self._refusal(incoming)
        if refused is not None:
            return self._apply(incoming, status(refused))
        if incoming.general:
            return self._apply(incoming, self._general_command(incoming, now))
        return self._apply(incoming, self._commands.react(incoming, now))

    def _answer_came(self, exchange: Exchange, incoming: Incoming) -> Effects:
        """An answer with too little protection is no answer; a default response needs none."""
        if _is_default_response(incoming):
            return self._exchanges.answered(exchange, incoming).effects
        if self._too_open(incoming):
            reason = "answer without the link key its cluster needs (ZSE 1.4 5.4.6)"
            return (FrameDropped("zcl", reason, incoming.indication.source),)
        return self._apply(incoming, self._exchanges.answered(exchange, incoming))

    def _refusal(self, incoming: Incoming) -> ZclStatus | None:
        """Why a command is not even looked at (ZSE 1.4 5.4.6; ZCL8 2.4.1, Table 2-12)."""
        if self._too_open(incoming):
            return ZclStatus.FAILURE
        head = incoming.header
        if head.manufacturer_specific or head.frame_type not in _KNOWN_FRAMES:
            return ZclStatus.UNSUP_COMMAND
        if not incoming.definition.has(incoming.instance.cluster, head.to_side):
            return ZclStatus.UNSUPPORTED_CLUSTER
        return None

    def _too_open(self, incoming: Incoming) -> bool:
        came = incoming.indication
        if not needs_link_key(came.cluster, self._settings):
            return came.security is ApsSecurity.UNSECURED
        enough = came.key_origin is not None and came.key_origin.protects_data
        return came.security is not ApsSecurity.LINK_KEY or not enough

    def _general_command(self, incoming: Incoming, now: Instant) -> Reaction:
        command = GeneralCommand(incoming.header.command)
        handler = self._general.get(command)
        if handler is None:
            return status(ZclStatus.UNSUP_COMMAND)
        try:
            payload = GENERAL_COMMANDS[command].decode(incoming.payload)
        except WireError as fault:
            malformed = MalformedFrame("zcl", str(fault), incoming.payload)
            return status(ZclStatus.MALFORMED_COMMAND, (malformed,))
        return handler(incoming, payload, now)

    def _apply(self, incoming: Incoming, reaction: Reaction) -> Effects:
        """The answer a command gets, after everything else that comes of it."""
        if reaction.command is not None and reaction.payload is not None:
            sent = self._answer(incoming, reaction.command, reaction.payload.encode())
            return (*reaction.effects, sent)
        if reaction.status is None:
            return reaction.effects
        return (*reaction.effects, *self._default_response(incoming, reaction.status))

    def _default_response(self, incoming: Incoming, value: ZclStatus) -> Effects:
        """Success only where it was asked for; errors always; never to a broadcast (2.5.12)."""
        head, came = incoming.header, incoming.indication
        succeeded = value == ZclStatus.SUCCESS
        facts: tuple[Any, ...] = ()
        if not succeeded:
            facts = (
                CommandRefused(came.source, came.cluster, head.command, incoming.general, value),
            )
        if not incoming.unicast or (succeeded and head.disable_default_response):
            return facts
        payload = DefaultResponse(head.command, value).encode()
        sent = self._answer(incoming, GeneralCommand.DEFAULT_RESPONSE, payload, general=True)
        return (*facts, sent)

    def _answer(
        self, incoming: Incoming, command: int, payload: bytes, *, general: bool | None = None
    ) -> Any:
        """An answer mirrors transaction number, profile and encryption of what it answers."""
        general = incoming.general if general is None else general
        head = header(
            FrameType.GENERAL if general else FrameType.CLUSTER,
            Side.CLIENT if incoming.header.to_side is Side.SERVER else Side.SERVER,
            incoming.header.sequence,
            command,
            disable_default_response=True,
        )
        return self._outgoing.send(
            Message(
                destination=incoming.source,
                source_endpoint=incoming.instance.endpoint,
                cluster=incoming.instance.cluster,
                header=head,
                payload=payload,
                link_key=incoming.indication.security is ApsSecurity.LINK_KEY,
                ack=self._settings.acknowledge_answers,
                profile=incoming.indication.profile,
            )
        )


_KNOWN_FRAMES: Final = (FrameType.GENERAL, FrameType.CLUSTER)


def _not_looked_at(came: ApsdeDataIndication, head: ZclHeader) -> Effects:
    """What comes of a message of a suspended peer; its default response is left alone."""
    withheld = MessageWithheld(came.source, came.cluster, "from")
    answer = head.frame_type is FrameType.GENERAL and head.command in RESPONSES
    if answer:
        return (withheld,)
    source = ZclAddress(came.source, came.source_endpoint)
    return (withheld, SuspendedTrafficIndication(source, came.cluster))


def _is_default_response(incoming: Incoming) -> bool:
    return incoming.general and incoming.header.command == GeneralCommand.DEFAULT_RESPONSE


def _unexpected(incoming: Incoming) -> AnswerUnexpected:
    return AnswerUnexpected(
        source=incoming.indication.source,
        cluster=incoming.indication.cluster,
        command=incoming.header.command,
        sequence=incoming.header.sequence,
    )
