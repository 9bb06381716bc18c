"""A hub and a device whose cluster commands reach each other without a stack in between.

Each side is a node of the machines under test. What one sends arrives at the other a little later,
or is lost; answers end the exchanges they belong to, as the cluster library would end them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final, TypeVar

from emulator.kernel.identity import Eui64
from emulator.kernel.machine import Machine
from emulator.kernel.node import Node
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.trace import Fact, Trace
from emulator.kernel.units import Duration, Instant, later, milliseconds
from emulator.smart_energy.tunnel.primitives import (
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelledMessage,
    TunnelUndeliverable,
)
from emulator.zcl.primitives import (
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    ReportAttributesIndication,
    ReportAttributesRequest,
    SetAttributeRequest,
    ZclAddress,
    ZclAnswer,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
)
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import COORDINATOR, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus, KeyOrigin
from emulator.zigbee.zdo.discovery_frames import MatchDescRsp
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ActivateEndpointRequest, ZdpConfirm, ZdpRequest

SomeFact = TypeVar("SomeFact", bound=Fact)

HUB: Final = Eui64(0x00DB1234567890A2)
DEVICE: Final = Eui64(0x00DB1234567890A0)
STRANGER: Final = Eui64(0x00DB1234567890FF)
DEVICE_ADDRESS: Final = NwkAddress(0x3F1C)
ENDPOINT: Final = Endpoint(3)
AT_HUB: Final = ZclAddress(COORDINATOR, ENDPOINT)
AT_DEVICE: Final = ZclAddress(DEVICE_ADDRESS, ENDPOINT)
LATENCY: Final = milliseconds(10)
PATIENCE: Final = Duration(5_000_000)
"""After which an exchange without an answer is timed out."""

_TOLD: Final = (
    TunnelledMessage,
    TunnelUndeliverable,
    TunnelDataConfirm,
    TunnelDataIndication,
    SetAttributeRequest,
    ActivateEndpointRequest,
)
_STACK: Final = (ZclCommandRequest, ZdpRequest, ReadAttributesRequest, ReportAttributesRequest)
_HEARD: Final = (
    ZclCommandConfirm,
    ZclCommandIndication,
    ZdpConfirm,
    ReadAttributesConfirm,
    ReportAttributesIndication,
)


def both_known() -> AddressMap:
    """A map that knows hub and device."""
    known = AddressMap()
    known.learn(HUB, COORDINATOR)
    known.learn(DEVICE, DEVICE_ADDRESS)
    return known


def came(  # noqa: PLR0913 - the parts of one command; a record would only rename them
    source: Eui64,
    cluster: Any,
    command: int,
    payload: bytes,
    to_side: Any,
    *,
    sequence: int = 1,
    endpoint: Endpoint = ENDPOINT,
    quiet: bool = False,
) -> ZclCommandIndication:
    """A cluster command as the cluster library tells of it, under an agreed key."""
    return ZclCommandIndication(
        source=AT_HUB if source == HUB else AT_DEVICE,
        source_eui64=source,
        endpoint=endpoint,
        cluster=cluster,
        command=command,
        payload=payload,
        to_side=to_side,
        sequence=sequence,
        disable_default_response=quiet,
        security=ApsSecurity.LINK_KEY,
        key_origin=KeyOrigin.CBKE,
        aps_counter=sequence,
    )


@dataclass(eq=False)
class BenchNode:
    """One side: its node, and what its machines told beyond it."""

    name: str
    eui64: Eui64
    machines: Sequence[Machine]
    scheduler: Scheduler
    trace: Trace
    told: list[Any] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)
    endpoints: tuple[Endpoint, ...] = (ENDPOINT,)

    def __post_init__(self) -> None:
        self.node = Node(self.name, self.machines, self.scheduler, self.trace)
        self.node.connect(_TOLD, self.told.append)
        self.node.connect(_HEARD, lambda _event: None)

    def of(self, kind: type) -> list[Any]:
        """Everything of one type that it told."""
        return [each for each in self.told if type(each) is kind]


class TunnelBench:
    """Both sides and the wire between them.

    Args:
        loses: asked for each command on the wire; true loses it.
    """

    def __init__(
        self,
        hub: Sequence[Machine],
        device: Sequence[Machine],
        loses: Callable[[], bool] = lambda: False,
    ) -> None:
        self.scheduler = Scheduler()
        self.trace = Trace()
        self.hub = BenchNode("hub", HUB, hub, self.scheduler, self.trace)
        self.device = BenchNode("device", DEVICE, device, self.scheduler, self.trace)
        self.loses = loses
        self._sequences = count(1)
        self._open: dict[int, tuple[BenchNode, int]] = {}
        for here, there in ((self.hub, self.device), (self.device, self.hub)):
            here.node.connect(_STACK, self._sender(here, there))

    def run(self, duration: Duration) -> None:
        """Let time pass."""
        self.scheduler.run(later(self.scheduler.now, duration))

    def facts(self, kind: type[SomeFact]) -> list[SomeFact]:
        """Every fact of one type, of both sides."""
        return [fact for _, fact in self.trace.of(kind)]

    def _sender(self, here: BenchNode, there: BenchNode) -> Callable[[Any], None]:
        def send(request: Any) -> None:
            here.requests.append(request)
            if isinstance(request, ZdpRequest):
                self._later(LATENCY, lambda: self._discover(here, there, request))
            elif isinstance(request, ZclCommandRequest):
                self._later(LATENCY, lambda: self._carry(here, there, request))

        return send

    def _later(self, duration: Duration, action: Callable[[], None]) -> None:
        self.scheduler.after(duration, action)

    def _discover(self, here: BenchNode, there: BenchNode, request: ZdpRequest) -> None:
        if self.loses():
            here.node.post(ZdpConfirm(request.handle, ZdpStatus.TIMEOUT))
            return
        response = MatchDescRsp(ZdpStatus.SUCCESS, request.destination, there.endpoints)
        here.node.post(ZdpConfirm(request.handle, ZdpStatus.SUCCESS, response))

    def _carry(self, here: BenchNode, there: BenchNode, request: ZclCommandRequest) -> None:
        asked = None if request.sequence is None else self._open.get(request.sequence)
        if self.loses():
            self._confirm(here, request, Outcome.NOT_DELIVERED)
        elif asked is not None:
            assert request.sequence is not None  # noqa: S101 - asked is found by it
            self._confirm(here, request, Outcome.DELIVERED)
            self._answered(request.sequence, request)
        else:
            self._deliver(here, there, request)

    def _deliver(self, here: BenchNode, there: BenchNode, request: ZclCommandRequest) -> None:
        sequence = next(self._sequences)
        if request.expects_answer:
            self._open[sequence] = (here, request.handle)
            self._later(PATIENCE, lambda: self._expire(sequence))
        else:
            self._confirm(here, request, Outcome.DELIVERED)
        there.node.post(
            came(
                here.eui64,
                request.cluster,
                request.command,
                request.payload,
                request.to_side,
                sequence=sequence,
                endpoint=request.destination.endpoint,
                quiet=request.disable_default_response,
            )
        )

    def _confirm(self, here: BenchNode, request: ZclCommandRequest, outcome: Outcome) -> None:
        here.node.post(ZclCommandConfirm(request.handle, outcome, ApsStatus.SUCCESS))

    def _answered(self, sequence: int, request: ZclCommandRequest) -> None:
        asker, handle = self._open.pop(sequence)
        answer = ZclAnswer(request.command, request.general, request.payload, ApsSecurity.LINK_KEY)
        asker.node.post(ZclCommandConfirm(handle, Outcome.ANSWERED, ApsStatus.SUCCESS, answer))

    def _expire(self, sequence: int) -> None:
        found = self._open.pop(sequence, None)
        if found is not None:
            asker, handle = found
            asker.node.post(ZclCommandConfirm(handle, Outcome.TIMED_OUT, ApsStatus.SUCCESS))


def at(seconds: float) -> Instant:
    """The instant so many seconds after the beginning."""
    return Instant(round(seconds * 1_000_000))
