"""The remote-party side of a device, with somebody in between who changes messages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from emulator.equipment.request import RemoteParties
from emulator.gbcs.block_exchange import is_block
from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs_device.primitives import MessageIndication, MessageRequest
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.kernel.errors import WireError
from emulator.kernel.units import Instant
from emulator.smart_energy.device import Applications

Rewrite = Callable[[Message], Message | None]
"""What becomes of a message; None when nothing does."""
Incoming = Callable[[Message, RemotePartyMachine, Protection], Message | None]
Outgoing = Callable[[Message, Protection], Message | None]


@dataclass(slots=True)
class Rewriting:
    """A remote-party side whose messages are changed on their way (GBCS 6.2).

    Args:
        machine: the good one.
        incoming: what becomes of a message for the device.
        outgoing: what becomes of a message of the device.
    """

    machine: RemotePartyMachine
    incoming: Rewrite
    outgoing: Rewrite

    accepts: ClassVar[tuple[type, ...]] = RemotePartyMachine.accepts

    @property
    def deadline(self) -> Instant | None:
        """That of the good one."""
        return self.machine.deadline

    def handle(self, event: object, now: Instant) -> Sequence[object]:
        """What follows from an event, with messages changed."""
        if isinstance(event, MessageIndication):
            octets = _changed(event.octets, self.incoming)
            if octets is None:
                return ()
            event = replace(event, octets=octets)
        return self._sent(self.machine.handle(event, now))

    def wake(self, now: Instant) -> Sequence[object]:
        """What is due, with messages changed."""
        return self._sent(self.machine.wake(now))

    def _sent(self, effects: Sequence[object]) -> Sequence[object]:
        sent: list[object] = []
        for each in effects:
            if not isinstance(each, MessageRequest):
                sent.append(each)
                continue
            octets = _changed(each.octets, self.outgoing)
            if octets is not None:
                sent.append(replace(each, octets=octets))
        return sent


def _changed(octets: bytes, rewrite: Rewrite) -> bytes | None:
    """A message as it goes on; what is no whole message goes on as it is."""
    if is_block(octets):
        return octets
    try:
        message = rewrite(Message.decode(octets))
    except (WireError, MissingKeyError, ProtectionError):
        return octets
    return None if message is None else message.encode()


def unchanged(message: Message) -> Message:
    """The message."""
    return message


def protected_again(message: Message, protection: Protection) -> Message:
    """A changed message with the signature and MAC that it would have."""
    return protection.protect(
        message, signed=bool(message.signature), maced=message.mac is not None
    )


def rewritten(
    remote: RemoteParties,
    applications: Applications,
    *,
    incoming: Incoming | None = None,
    outgoing: Outgoing | None = None,
) -> Applications:
    """Applications whose remote-party side has its messages changed."""
    protection = Protection(keys=remote.keys, agreement=StoredKeyAgreement(remote.keys))

    def between(machine: RemotePartyMachine) -> Rewriting:
        return Rewriting(
            machine,
            (lambda each: incoming(each, machine, protection)) if incoming else unchanged,
            (lambda each: outgoing(each, protection)) if outgoing else unchanged,
        )

    machines = tuple(
        between(each) if isinstance(each, RemotePartyMachine) else each
        for each in applications.machines
    )
    return replace(applications, machines=machines)
