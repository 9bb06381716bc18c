"""The exchanges that applications begin: sent, matched with their answers, confirmed once."""

from collections.abc import Sequence
from typing import Any, Final

from emulator.kernel.errors import WireError
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.zcl.facts import ExchangeTimedOut
from emulator.zcl.foundation.general_commands import (
    DefaultResponse,
    GeneralCommand,
    ReadAttributes,
    ReadAttributesResponse,
)
from emulator.zcl.foundation.header import FrameType, header
from emulator.zcl.incoming import Incoming, Reaction, status
from emulator.zcl.outgoing import Message, Outgoing
from emulator.zcl.primitives import (
    AttributeResult,
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ReportAttributesRequest,
    Side,
    ZclAnswer,
    ZclCommandConfirm,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zcl.settings import ZclSettings
from emulator.zcl.transactions import Ended, Exchange, ExchangeKey, TransactionTable
from emulator.zigbee.aps.primitives import ApsdeDataConfirm
from emulator.zigbee.facts import MalformedFrame

Effects = Sequence[Any]

ANSWERS: Final[dict[GeneralCommand, GeneralCommand]] = {
    GeneralCommand.READ_ATTRIBUTES: GeneralCommand.READ_ATTRIBUTES_RESPONSE,
    GeneralCommand.READ_ATTRIBUTES_STRUCTURED: GeneralCommand.READ_ATTRIBUTES_RESPONSE,
    GeneralCommand.WRITE_ATTRIBUTES: GeneralCommand.WRITE_ATTRIBUTES_RESPONSE,
    GeneralCommand.WRITE_ATTRIBUTES_UNDIVIDED: GeneralCommand.WRITE_ATTRIBUTES_RESPONSE,
    GeneralCommand.CONFIGURE_REPORTING: GeneralCommand.CONFIGURE_REPORTING_RESPONSE,
    GeneralCommand.READ_REPORTING_CONFIGURATION: (
        GeneralCommand.READ_REPORTING_CONFIGURATION_RESPONSE
    ),
    GeneralCommand.DISCOVER_ATTRIBUTES: GeneralCommand.DISCOVER_ATTRIBUTES_RESPONSE,
    GeneralCommand.WRITE_ATTRIBUTES_STRUCTURED: (
        GeneralCommand.WRITE_ATTRIBUTES_STRUCTURED_RESPONSE
    ),
    GeneralCommand.DISCOVER_COMMANDS_RECEIVED: GeneralCommand.DISCOVER_COMMANDS_RECEIVED_RESPONSE,
    GeneralCommand.DISCOVER_COMMANDS_GENERATED: (
        GeneralCommand.DISCOVER_COMMANDS_GENERATED_RESPONSE
    ),
    GeneralCommand.DISCOVER_ATTRIBUTES_EXTENDED: (
        GeneralCommand.DISCOVER_ATTRIBUTES_EXTENDED_RESPONSE
    ),
}
"""Which general command answers which (ZCL8 2.5); the others get a default response or nothing."""


class Exchanges:
    """What a node asked of others and has not been confirmed yet."""

    def __init__(self, outgoing: Outgoing, settings: ZclSettings, stream: Stream) -> None:
        self._outgoing = outgoing
        self._settings = settings
        self._table = TransactionTable(stream, settings.delivery_timeout)

    def command(self, request: ZclCommandRequest, now: Instant) -> Effects:
        """Send an application's command."""
        return self._send(request, now, reads=False)

    def read(self, request: ReadAttributesRequest, now: Instant) -> Effects:
        """Read attributes at the far end (ZCL8 2.5.1)."""
        return self._send(
            ZclCommandRequest(
                handle=request.handle,
                destination=request.destination,
                source_endpoint=request.source_endpoint,
                cluster=request.cluster,
                command=GeneralCommand.READ_ATTRIBUTES,
                payload=ReadAttributes(request.attributes).encode(),
                to_side=request.to_side,
                general=True,
                expects_answer=True,
                link_key=request.link_key,
                timeout=request.timeout,
            ),
            now,
            reads=True,
        )

    def report(self, request: ReportAttributesRequest, payload: bytes, now: Instant) -> Effects:
        """Send a report (ZCL8 2.5.11)."""
        return self.command(
            ZclCommandRequest(
                handle=request.handle,
                destination=request.destination,
                source_endpoint=request.source_endpoint,
                cluster=request.cluster,
                command=GeneralCommand.REPORT_ATTRIBUTES,
                payload=payload,
                to_side=Side.CLIENT if request.from_side is Side.SERVER else Side.SERVER,
                general=True,
                disable_default_response=True,
            ),
            now,
        )

    def number(self) -> int:
        """The next transaction number."""
        return self._table.number()

    def confirmed(self, confirm: ApsdeDataConfirm, now: Instant) -> Effects:
        """APS says what became of something it was given."""
        return _confirm(self._table.confirmed(confirm.handle, confirm.status, now))

    def waiting(self, incoming: Incoming) -> Exchange | None:
        """The exchange of ours that this command answers."""
        head = incoming.header
        exchange = self._table.waiting(_key(incoming))
        if exchange is None or exchange.to_side is head.to_side or head.manufacturer_specific:
            return None
        return exchange if _answers(exchange, incoming) else None

    def answered(self, exchange: Exchange, incoming: Incoming) -> Reaction:
        """End the exchange that a command answers; a malformed answer leaves it open."""
        answer = ZclAnswer(
            command=incoming.header.command,
            general=incoming.general,
            payload=incoming.payload,
            security=incoming.indication.security,
        )
        if exchange.reads:
            try:
                _results(answer)
            except WireError as fault:
                malformed = MalformedFrame("zcl", str(fault), incoming.payload)
                return status(ZclStatus.MALFORMED_COMMAND, (malformed,))
        return status(ZclStatus.SUCCESS, _confirm(self._table.answered(exchange.key, answer)))

    def wake(self, now: Instant) -> Effects:
        """End what has waited too long."""
        effects: list[Any] = []
        for ended in self._table.expired(now):
            effects += _confirm(ended)
        return effects

    @property
    def deadline(self) -> Instant | None:
        """When the next exchange has waited too long."""
        return self._table.deadline

    def _send(self, request: ZclCommandRequest, now: Instant, *, reads: bool) -> Effects:
        sequence = self._table.number() if request.sequence is None else request.sequence
        key = ExchangeKey(request.destination, request.source_endpoint, request.cluster, sequence)
        exchange = Exchange(
            handle=request.handle,
            key=key,
            reads=reads,
            general=request.general,
            command=request.command,
            to_side=request.to_side,
            expects_answer=request.expects_answer,
            own_answer=request.own_answer,
            timeout=request.timeout or self._settings.answer_timeout,
        )
        frame_type = FrameType.GENERAL if request.general else FrameType.CLUSTER
        head = header(
            frame_type,
            request.to_side,
            sequence,
            request.command,
            disable_default_response=request.disable_default_response,
        )
        message = Message(
            destination=request.destination,
            source_endpoint=request.source_endpoint,
            cluster=request.cluster,
            header=head,
            payload=request.payload,
            link_key=request.link_key,
            ack=request.ack,
        )
        return self._begin(exchange, message, now)

    def _begin(self, exchange: Exchange, message: Message, now: Instant) -> Effects:
        request = self._outgoing.send(message)
        ended = self._table.begin(exchange, request.handle, now)
        return (*_confirm(ended), request)


def _key(incoming: Incoming) -> ExchangeKey:
    return ExchangeKey(
        incoming.source,
        incoming.instance.endpoint,
        incoming.instance.cluster,
        incoming.header.sequence,
    )


def _answers(exchange: Exchange, incoming: Incoming) -> bool:
    """Whether a command is of a kind that answers the exchange's command."""
    if incoming.header.frame_type is FrameType.CLUSTER:
        return not exchange.general and exchange.own_answer
    if not incoming.general:
        return False
    command = incoming.header.command
    if command == GeneralCommand.DEFAULT_RESPONSE:
        return incoming.payload[:1] == bytes([exchange.command])
    return exchange.general and command == ANSWERS.get(GeneralCommand(exchange.command))


def _results(answer: ZclAnswer) -> tuple[AttributeResult, ...] | DefaultResponse:
    if answer.command == GeneralCommand.DEFAULT_RESPONSE:
        return DefaultResponse.decode(answer.payload)
    records = ReadAttributesResponse.decode(answer.payload).records
    return tuple(AttributeResult(each.attribute, each.status, each.value) for each in records)


def _confirm(ended: Ended | None) -> Effects:
    if ended is None:
        return ()
    exchange = ended.exchange
    confirm = _read_confirm(ended) if exchange.reads else _command_confirm(ended)
    if ended.outcome is not Outcome.TIMED_OUT:
        return (confirm,)
    key = exchange.key
    return (confirm, ExchangeTimedOut(key.peer.nwk_address, key.cluster, key.sequence))


def _command_confirm(ended: Ended) -> ZclCommandConfirm:
    return ZclCommandConfirm(ended.exchange.handle, ended.outcome, ended.aps_status, ended.answer)


def _read_confirm(ended: Ended) -> ReadAttributesConfirm:
    handle = ended.exchange.handle
    if ended.answer is None:
        return ReadAttributesConfirm(handle, ended.outcome)
    results = _results(ended.answer)
    if isinstance(results, DefaultResponse):
        return ReadAttributesConfirm(handle, ended.outcome, refusal=results.status)
    return ReadAttributesConfirm(handle, ended.outcome, results)
