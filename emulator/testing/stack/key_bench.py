"""A key establishment between a meter and its hub, over a network that a test can bend.

Only the two machines are real. What stands between them finds the hub's endpoint, reads its
suites, and carries each command at once; `bend` may change, repeat or swallow a command.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count
from typing import Any, Final, TypeVar

from emulator.crypto.cbke import Suite
from emulator.crypto.certificate_authority import CertificateAuthority
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import START, Duration, Instant, later
from emulator.smart_energy.keys.credentials import Credentials
from emulator.smart_energy.keys.key_establishment import KeyEstablishmentInitiator
from emulator.smart_energy.keys.key_responder import KeyEstablishmentResponder
from emulator.smart_energy.primitives import StartKeyEstablishment
from emulator.smart_energy.settings import KeyEstablishmentSettings
from emulator.zcl.clusters.key_establishment import (
    KEY_ESTABLISHMENT,
    KeyCommand,
    TerminateKeyEstablishment,
)
from emulator.zcl.primitives import (
    AttributeResult,
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    Side,
    ZclAddress,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import COORDINATOR, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, ApsSecurity, ApsStatus
from emulator.zigbee.zdo.discovery_frames import MatchDescRsp
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

HUB: Final = Eui64(0x00DB1234567890A2)
METER: Final = Eui64(0x00DB1234567890A0)
METER_ADDRESS: Final = NwkAddress(0x3F1C)
HUB_ENDPOINT: Final = Endpoint(123)
METER_ENDPOINT: Final = Endpoint(1)
AT_HUB: Final = ZclAddress(COORDINATOR, HUB_ENDPOINT)
AT_METER: Final = ZclAddress(METER_ADDRESS, METER_ENDPOINT)

Effect = TypeVar("Effect")
Bend = Callable[[ZclCommandRequest], Sequence[ZclCommandRequest]]


@lru_cache
def credentials(
    eui64: Eui64, suites: tuple[Suite, ...] = (Suite.SECT283K1,), *, foreign: bool = False
) -> Credentials:
    """Certificates of our own test authority, or of one that it does not know."""
    authority = CertificateAuthority.other_test if foreign else CertificateAuthority.test
    stream = Stream(f"certificates {eui64:016x}")
    return Credentials({suite: authority(suite).issue(eui64, stream) for suite in suites})


def straight(request: ZclCommandRequest) -> Sequence[ZclCommandRequest]:
    """The bend of a network that changes nothing."""
    return (request,)


def silent_from(command: KeyCommand) -> Bend:
    """The bend of a network that loses what the hub answers from `command` on."""

    def bend(request: ZclCommandRequest) -> Sequence[ZclCommandRequest]:
        lost = request.to_side is Side.CLIENT and request.command >= command
        return () if lost else (request,)

    return bend


def changed(command: KeyCommand, payload: bytes, side: Side = Side.CLIENT) -> Bend:
    """The bend of a network that changes one command, the hub's unless told otherwise."""

    def bend(request: ZclCommandRequest) -> Sequence[ZclCommandRequest]:
        if request.to_side is side and request.command == command:
            return (replace(request, payload=payload),)
        return (request,)

    return bend


def command_from(
    source: ZclAddress, eui64: Eui64 | None, command: int, payload: bytes, **changes: Any
) -> ZclCommandIndication:
    """A Key Establishment command as its receiver hears of it, under the network key."""
    values: dict[str, Any] = {
        "source": source,
        "source_eui64": eui64,
        "endpoint": HUB_ENDPOINT if source == AT_METER else METER_ENDPOINT,
        "cluster": KEY_ESTABLISHMENT.id,
        "command": command,
        "payload": payload,
        "to_side": Side.SERVER if source == AT_METER else Side.CLIENT,
        "sequence": 1,
        "disable_default_response": True,
        "security": ApsSecurity.NWK_KEY,
        "key_origin": None,
        "aps_counter": 1,
    }
    return ZclCommandIndication(**(values | changes))


def last_terminate(sent: Sequence[ZclCommandRequest]) -> TerminateKeyEstablishment:
    """The last Terminate among commands."""
    payloads = [each.payload for each in sent if each.command == KeyCommand.TERMINATE]
    return TerminateKeyEstablishment.decode(payloads[-1])


@dataclass
class KeyBench:
    """A meter that begins, a hub that answers, and what both did.

    Args:
        meter: what the meter brings; `hub` likewise.
        subject: the EUI-64 that the network tells of the meter.
        bend: what the network makes of a command.
    """

    meter: Credentials = field(default_factory=lambda: credentials(METER))
    hub: Credentials = field(default_factory=lambda: credentials(HUB))
    settings: KeyEstablishmentSettings = field(default_factory=KeyEstablishmentSettings)
    subject: Eui64 = METER
    bend: Bend = straight

    def __post_init__(self) -> None:
        self.now: Instant = START
        self.initiator = KeyEstablishmentInitiator(
            METER_ENDPOINT, self.meter, self.settings, Stream("meter"), count(1)
        )
        self.responder = KeyEstablishmentResponder(self.hub, self.settings, Stream("hub"), count(1))
        self.at_meter: list[Any] = []
        self.at_hub: list[Any] = []
        self.sent: list[ZclCommandRequest] = []
        self.counters = count(1)

    def run(self) -> None:
        """Have the meter begin, and carry everything that follows."""
        self.tell_meter(StartKeyEstablishment(HUB, COORDINATOR))

    def tell_meter(self, event: Any) -> None:
        """Let an event happen at the meter."""
        self._meter_did(self.initiator.handle(event, self.now))

    def tell_hub(self, event: ZclCommandIndication) -> None:
        """Let a command arrive at the hub."""
        self._hub_did(self.responder.handle(event, self.now))

    def wait(self, duration: Duration) -> None:
        """Let time pass, and wake who is due."""
        self.now = later(self.now, duration)
        if self.initiator.deadline is not None and self.initiator.deadline <= self.now:
            self._meter_did(self.initiator.wake(self.now))
        if self.responder.deadline is not None and self.responder.deadline <= self.now:
            self._hub_did(self.responder.wake(self.now))

    def of(self, kind: type[Effect], effects: Sequence[Any]) -> list[Effect]:
        """The effects of one kind, from `at_meter` or `at_hub`."""
        return [effect for effect in effects if isinstance(effect, kind)]

    @property
    def by_meter(self) -> list[ZclCommandRequest]:
        """The commands that the meter sent."""
        return [request for request in self.sent if request.to_side is Side.SERVER]

    @property
    def by_hub(self) -> list[ZclCommandRequest]:
        """The commands that the hub sent."""
        return [request for request in self.sent if request.to_side is Side.CLIENT]

    @property
    def keys(self) -> tuple[list[bytes | None], list[bytes | None]]:
        """The link keys that meter and hub installed."""
        return (
            [each.key for each in self.of(ApsmeSetLinkKeyRequest, self.at_meter)],
            [each.key for each in self.of(ApsmeSetLinkKeyRequest, self.at_hub)],
        )

    def _meter_did(self, effects: Sequence[Any]) -> None:
        for effect in effects:
            self.at_meter.append(effect)
            if isinstance(effect, ZdpRequest):
                self.tell_meter(self.found(effect.handle))
            elif isinstance(effect, ReadAttributesRequest):
                self.tell_meter(self.suites(effect.handle))
            elif isinstance(effect, ZclCommandRequest):
                self._carry(effect)
                delivered = Outcome.DELIVERED, ApsStatus.SUCCESS
                self.tell_meter(ZclCommandConfirm(effect.handle, *delivered))

    def _hub_did(self, effects: Sequence[Any]) -> None:
        for effect in effects:
            self.at_hub.append(effect)
            if isinstance(effect, ZclCommandRequest):
                self._carry(effect)

    def _carry(self, request: ZclCommandRequest) -> None:
        self.sent.append(request)
        for each in self.bend(request):
            if each.to_side is Side.SERVER:
                self.tell_hub(self.arrival(each))
            else:
                self.tell_meter(self.arrival(each))

    def arrival(self, request: ZclCommandRequest) -> ZclCommandIndication:
        """A command that one of them sent, as the other hears of it."""
        upwards = request.to_side is Side.SERVER
        arrived = command_from(
            AT_METER if upwards else AT_HUB,
            self.subject if upwards else HUB,
            request.command,
            request.payload,
            aps_counter=next(self.counters),
        )
        return replace(arrived, sequence=request.sequence or 1)

    def found(self, handle: int) -> ZdpConfirm:
        """What the meter's search for the cluster finds."""
        response = MatchDescRsp(ZdpStatus.SUCCESS, COORDINATOR, (HUB_ENDPOINT,))
        return ZdpConfirm(handle, ZdpStatus.SUCCESS, response, COORDINATOR)

    def suites(self, handle: int) -> ReadAttributesConfirm:
        """What the meter reads of the hub's suites."""
        suites = AttributeResult(0x0000, ZclStatus.SUCCESS, self.hub.suites)
        return ReadAttributesConfirm(handle, Outcome.ANSWERED, (suites,))
