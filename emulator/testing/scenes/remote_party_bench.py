"""A device, every remote party with its keys, and messages between them (GBCS devices)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from emulator.gbcs.asn1.payload import Asn1Payload, encode_asn1
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.payload import PayloadKind, decode_payload
from emulator.gbcs.pki import DEFAULT_ORGANISATIONS, Organisation, Pki, make_pki
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import Command, Executed, Executor
from emulator.gbcs_device.facts import CommandExecuted, CommandRefused
from emulator.gbcs_device.primitives import MessageIndication, MessageRequest
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.gbcs_device.remote_party_setup import RemotePartySetup, remote_party_setup
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Streams
from emulator.kernel.units import START, Calendar, Instant

DEVICE: Final = Eui64(0x00DB1234567890A1)
PARTNER: Final = Eui64(0x00DB1234567890A4)
STRANGER: Final = Eui64(0x00DB1234567890FF)
"""A device with good certificates that is in nobody's log."""
GAINING_SUPPLIER: Final = Eui64(0x02_48_41_4E_4F_52_47_22)
NOON: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""The hub's time at the start."""
_GAINING: Final = Organisation(GAINING_SUPPLIER, RemotePartyRole.SUPPLIER, tuple(KeyUse))


@cache
def bench_pki() -> Pki:
    """Every organisation, another supplier, and three devices."""
    return make_pki(1, (DEVICE, PARTNER, STRANGER), (*DEFAULT_ORGANISATIONS, _GAINING))


@dataclass(slots=True)
class Recorder:
    """An executor that does nothing but remember, and answers nothing."""

    commands: list[Command] = field(default_factory=list)

    def execute(self, command: Command) -> Executed:
        """Remember a command."""
        self.commands.append(command)
        return Executed(None)


def bench_setup(kind: DeviceKind = DeviceKind.GSME) -> RemotePartySetup:
    """A device of a kind as it leaves the factory, the losing supplier in its cells."""
    keys = bench_pki().keys
    stream = Streams(1).stream("device", "keys")
    supplier = min(keys.with_role(RemotePartyRole.SUPPLIER))
    made = remote_party_setup(
        kind, DEVICE, keys, stream, parties={RemotePartyRole.SUPPLIER: supplier}
    )
    return replace(made, clock=DeviceClock(Calendar(NOON)))


class RemotePartyBench:
    """One device and the remote parties it knows.

    Args:
        kind: of device.
        setup: the device; one of the kind as it leaves the factory unless given.
        executor: executes DLMS and GBZ payloads.
    """

    def __init__(
        self,
        kind: DeviceKind = DeviceKind.GSME,
        setup: RemotePartySetup | None = None,
        executor: Executor | None = None,
    ) -> None:
        self.recorder = Recorder()
        others = executor or self.recorder
        made = setup or bench_setup(kind)
        executors = {PayloadKind.DLMS: others, PayloadKind.GBZ: others}
        self.machine = RemotePartyMachine(replace(made, executors=executors))
        self.keys = bench_pki().keys
        self.protection = Protection(keys=self.keys, agreement=StoredKeyAgreement(self.keys))
        self._counter = 0

    def party(self, role: RemotePartyRole) -> Eui64:
        """The remote party of a role; the losing supplier of the suppliers."""
        return min(self.keys.with_role(role))

    def command(
        self,
        code: int,
        value: Any,
        sender: RemotePartyRole = RemotePartyRole.SUPPLIER,
        *,
        counter: int | None = None,
    ) -> Message:
        """A command in ASN.1 from the party of a role, protected as its use case asks.

        Args:
            code: message code.
            value: of the payload.
            sender: role of the originator.
            counter: originator counter; one above the last unless given.
        """
        payload = encode_asn1(code, Cra.COMMAND, value)
        return self.protected(self.bare(code, payload, sender, counter=counter))

    def bare(
        self,
        code: int,
        payload: bytes,
        sender: RemotePartyRole = RemotePartyRole.SUPPLIER,
        *,
        counter: int | None = None,
    ) -> Message:
        """A command without protection."""
        self._counter = self._counter + 1 if counter is None else counter
        party = self.party(sender)
        information = OtherInformation(code)
        return Message(Cra.COMMAND, self._counter, party, DEVICE, b"", information, payload)

    def protected(self, message: Message) -> Message:
        """A command with the signature and the MAC that its use case asks for."""
        asked = use_case(message.other_information.message_code).protection["command"]
        kinds = max(asked, key=len)
        return self.protection.protect(message, signed="signature" in kinds, maced="MAC" in kinds)

    def send(self, message: Message, now: Instant = START) -> Sequence[object]:
        """Effects of a message that reaches the device."""
        return self.machine.handle(MessageIndication(message.encode()), now)

    def answer(self, message: Message, now: Instant = START) -> Any:
        """The value of the response to a command in ASN.1.

        Raises:
            ValueError: when there is not exactly one response.
            ProtectionError: when it is not rightly protected.
        """
        (sent,) = responses(self.send(message, now))
        self.protection.require(sent)
        payload = decode_payload(sent)
        if not isinstance(payload, Asn1Payload):
            raise LocalError(f"{type(payload).__name__}: expected a response in ASN.1")
        return payload.value


def sent_messages(effects: Sequence[object]) -> list[Message]:
    """The messages that go out."""
    return [Message.decode(each.octets) for each in effects if isinstance(each, MessageRequest)]


def responses(effects: Sequence[object]) -> list[Message]:
    """The responses that go out."""
    return [each for each in sent_messages(effects) if each.cra is Cra.RESPONSE]


def alerts(effects: Sequence[object]) -> list[Message]:
    """The alerts that go out."""
    return [each for each in sent_messages(effects) if each.cra is Cra.ALERT]


def verdict(effects: Sequence[object]) -> CommandExecuted | CommandRefused:
    """What the device did with a message."""
    (found,) = (each for each in effects if isinstance(each, CommandExecuted | CommandRefused))
    return found
