"""Commands under way: sending, sending again, and matching the answers of devices (DUIS 5.4).

A command that goes in blocks is not sent again: its blocks are.

An answer is taken when it belongs to a command that is waited for and its protection is right; what
it says then changes the inventory (SEC App. AC 4.13). Any other message is refused and written to
the trace.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, ClassVar, Final

from emulator.dcc.alerts.announcements import outcome
from emulator.dcc.answers import failed
from emulator.dcc.commands.device_effects import Success, effects_of
from emulator.dcc.commands.in_flight import CommandsInFlight, InFlight
from emulator.dcc.commands.outcome import successful
from emulator.dcc.facts import CommandSent, MessageRefused, ResponseReceived
from emulator.dcc.inventory.evidence import Evidence, LocalResponse, WanContact, WanResponse
from emulator.dcc.inventory.records import Move
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.dcc.orders.customer_number import customer_number
from emulator.dcc.primitives import (
    AlertArrived,
    Dispatch,
    DropRequests,
    FromWan,
    HubHeard,
    LocalReply,
    SequenceEnd,
    ToWan,
    Unreachable,
)
from emulator.dcc.service_request import ServiceResponse
from emulator.dcc.world import DccWorld
from emulator.gbcs.block_exchange import WHOLE_MESSAGE
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import Instant, later

_NO_HUB: Final = Eui64(0)
"""Stands in facts for the hub of an answer that a user sent in."""


class CommandDesk:
    """Sends commands and matches answers.

    Args:
        world: what the DCC knows.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        Dispatch,
        DropRequests,
        FromWan,
        HubHeard,
        LocalReply,
        Unreachable,
    )

    def __init__(self, world: DccWorld) -> None:
        self._world = world
        self._waiting = CommandsInFlight()
        self._handlers: Mapping[type, Callable[[Any, Instant], Sequence[object]]] = (
            MappingProxyType(
                {
                    Dispatch: self._send,
                    DropRequests: self._drop,
                    FromWan: self._from_wan,
                    HubHeard: self._heard,
                    LocalReply: self._local_reply,
                    Unreachable: self._unreachable,
                }
            )
        )

    def handle(self, event: object, now: Instant) -> Sequence[object]:
        """Effects of a command to send or a message that came."""
        return self._handlers[type(event)](event, now)

    def wake(self, now: Instant) -> Sequence[object]:
        """Commands sent again, and answers given up."""
        effects: list[object] = []
        for late in self._waiting.expired(now):
            reason = "the hub was not reached" if late.late_code == "E20" else "no answer in time"
            effects += self._failed(late, late.late_code, reason)
        for each in self._waiting.sent_again(now, self._world.settings.times):
            effects += self._sent(each)
        return effects

    @property
    def deadline(self) -> Instant | None:
        """When a command is sent again or given up."""
        return self._waiting.deadline

    def _send(self, order: Dispatch, now: Instant) -> Sequence[object]:
        times = self._world.settings.times
        limit = times.on_demand
        if order.dated:
            limit = times.future_dated
        elif order.sleepy:
            limit = times.sleepy
        sent, octets = order.hub is not None, order.message.encode()
        repeated = sent and not order.sleepy and len(octets) <= WHOLE_MESSAGE
        command = InFlight(
            request=order.request,
            message=order.message,
            octets=octets,
            use_case=order.use_case,
            hub=order.hub,
            device=order.device,
            again=later(now, times.retry_after) if repeated else None,
            attempts=1,
            expires=later(now, limit) if sent else None,
            late_code="E30" if order.dated else "E21",
            schedule=order.schedule,
        )
        self._waiting.add(command)
        return self._sent(command)

    def _sent(self, command: InFlight) -> list[object]:
        if command.hub is None:
            return []
        fact = CommandSent(
            str(command.request.request_id),
            command.request.srv,
            command.use_case,
            command.message.other_information.message_code,
            command.hub,
            command.device,
            command.attempts,
            command.octets,
        )
        return [fact, ToWan(command.hub, command.octets)]

    def _unreachable(self, event: Unreachable, now: Instant) -> Sequence[object]:
        """The hub had no contact: the command is sent again, and may end as E20."""
        times = self._world.settings.times
        for each in self._waiting:
            if not _concerned(each, event) or each.late_code == "E30":
                continue
            again = each.again or later(now, times.retry_after)
            retried = again if each.attempts <= times.retries else None
            self._waiting.add(replace(each, late_code="E20", again=retried))
        return ()

    def _heard(self, event: HubHeard, now: Instant) -> Sequence[object]:
        """A hub has contact, which commissions it the first time."""
        known = self._world.inventory.device(event.hub)
        if known is None or known.status is SmiStatus.COMMISSIONED:
            return ()
        moment = self._world.moment(now)
        move = Move(
            device=event.hub,
            trigger=Trigger.WAN_CONTACT,
            moment=moment,
            evidence=WanContact(event.hub, moment),
        )
        return outcome(self._world.inventory.transition(move), self._world)

    def _from_wan(self, event: FromWan, now: Instant) -> Sequence[object]:
        first = self._heard(HubHeard(event.hub), now)
        return (*first, *self._message(event.octets, event.hub, now))

    def _local_reply(self, event: LocalReply, now: Instant) -> Sequence[object]:
        return self._message(event.octets, None, now)

    def _message(self, octets: bytes, hub: Eui64 | None, now: Instant) -> Sequence[object]:
        try:
            message = Message.decode(octets)
            self._require_protected(message, now)
            if message.cra is Cra.ALERT and hub is not None:
                return (AlertArrived(hub, message, octets),)
            return self._response(message, octets, hub, now)
        except (WireError, ProtectionError) as error:
            return (MessageRefused(hub or _NO_HUB, str(error), octets),)

    def _require_protected(self, message: Message, now: Instant) -> None:
        """Let a message pass whose protection is right, or is for its recipient alone to check."""
        try:
            self._world.protection_at(now).require(message)
        except MissingKeyError:
            return

    def _response(
        self, message: Message, octets: bytes, hub: Eui64 | None, now: Instant
    ) -> Sequence[object]:
        command = self._waiting.answered_by(message)
        if command is None or message.cra is not Cra.RESPONSE:
            reason = f"{message.cra.name.lower()} of {format_eui64(message.originator)}"
            return (MessageRefused(hub or _NO_HUB, f"{reason}: nothing waits for it", octets),)
        good = successful(decode_payload(message))
        self._waiting.remove(command)
        moment = self._world.moment(now)
        evidence: Evidence = LocalResponse(octets, moment, good)
        if hub is not None:
            evidence = WanResponse(hub, octets, moment, good)
        effects = list(self._answered(command, octets, over_wan=hub is not None, good=good))
        if good:
            effects += effects_of(
                Success(command=command, evidence=evidence, world=self._world, now=now)
            )
        return effects

    def _answered(
        self, command: InFlight, octets: bytes, *, over_wan: bool, good: bool
    ) -> Sequence[object]:
        """A response goes to the user, whatever it says."""
        request = command.request
        return (
            ResponseReceived(
                str(request.request_id),
                request.srv,
                command.use_case,
                command.message.other_information.message_code,
                command.device,
                good,
                over_wan,
                octets,
            ),
            ServiceResponse(
                request_id=request.request_id,
                srv=request.srv,
                code="I0",
                message=octets,
                successful=good,
                schedule=command.schedule,
                customer_number=customer_number(request),
            ),
            SequenceEnd(request.request_id, good),
        )

    def _failed(self, command: InFlight, code: str, reason: str) -> Sequence[object]:
        return failed(command.request, code, reason, command.schedule)

    def _drop(self, event: DropRequests, now: Instant) -> Sequence[object]:
        """A device is decommissioned: nothing is sent again, and answers come too late."""
        del now
        effects: list[object] = []
        if event.user is not None:
            return effects
        for command in self._waiting.of_device(event.device):
            self._waiting.remove(command)
            effects += self._failed(command, "E5", event.reason)
        return effects


def _concerned(command: InFlight, event: Unreachable) -> bool:
    """Whether what did not reach the hub is the command, or may be a block of it."""
    if len(command.octets) > WHOLE_MESSAGE:
        return command.hub == event.hub
    return command.octets == event.octets
