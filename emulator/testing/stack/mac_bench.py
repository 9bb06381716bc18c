"""A bench of MAC nodes on one simulated air: what NWK would ask, and what NWK would hear."""

from typing import Any, Final, TypeVar, get_args

from emulator.kernel.identity import Eui64
from emulator.kernel.node import Node
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Duration, seconds
from emulator.radio.port import Channel, RadioCommand
from emulator.testing.stack.simulated_bench import SimulatedBench
from emulator.zigbee.addresses import COORDINATOR, NwkAddress, PanId
from emulator.zigbee.mac.machine import MacMachine
from emulator.zigbee.mac.primitives import (
    AssociationStatus,
    CapabilityInformation,
    MacIndication,
    MacRequest,
    MlmeAssociateIndication,
    MlmeAssociateRequest,
    MlmeAssociateResponse,
    MlmeSetRequest,
)
from emulator.zigbee.mac.settings import MacSettings

Indication = TypeVar("Indication")

CHANNEL: Final = Channel(0, 11)
PAN: Final = PanId(0x5A17)
BEACON_PAYLOAD: Final = bytes.fromhex(
    "00"  # protocol id: Zigbee
    "2284"  # profile 2, version 2, room for routers and end devices, depth 0
    "8877665544332211"  # extended PAN id
    "ffffff"  # no beacon offset
    "00"  # update id
)
"""A Zigbee beacon payload (R22 3.6.7)."""


class MacBench:
    """Nodes that have a radio and a MAC.

    Args:
        names: of the nodes; the n-th has EUI-64 0x00DB1234567890A0 + n.
        seed: of every draw.
        settings: of every MAC.
        loss: probability with which each receiver misses a frame.
    """

    def __init__(
        self, *names: str, seed: int = 1, settings: MacSettings | None = None, loss: float = 0.0
    ) -> None:
        self.bench = SimulatedBench(*names, seed=seed)
        self.bench.links.set_default_loss(loss)
        self.trace = Trace()
        self.eui64s: dict[str, Eui64] = {}
        self.macs: dict[str, MacMachine] = {}
        self.nodes: dict[str, Node] = {}
        self.heard: dict[str, list[object]] = {name: [] for name in names}
        streams = Streams(seed)
        for number, name in enumerate(names):
            eui64 = self.eui64s[name] = Eui64(0x00DB1234567890A0 + number)
            mac = MacMachine(eui64, settings or MacSettings(), streams.stream(name, "mac"))
            node = Node(name, [mac], self.bench.scheduler, self.trace)
            radio = self.bench.radio(name)
            node.connect(get_args(RadioCommand), radio.command)
            node.connect(get_args(MacIndication), self.heard[name].append)
            radio.connect(node.post)
            self.macs[name] = mac
            self.nodes[name] = node

    def ask(self, name: str, *requests: MacRequest) -> None:
        """Have the node's MAC handle requests, now."""
        for request in requests:
            self.nodes[name].post(request)

    def run(self, duration: Duration) -> None:
        """Let time pass."""
        self.bench.run(duration)

    def of(self, name: str, kind: type[Indication]) -> list[Indication]:
        """The indications of one kind that the node's MAC gave, oldest first."""
        return [each for each in self.heard[name] if isinstance(each, kind)]

    def form(self, name: str) -> None:
        """Make the node a coordinator that permits association."""
        self.ask(
            name,
            MlmeSetRequest(
                channel=CHANNEL,
                pan_id=PAN,
                short_address=COORDINATOR,
                coordinator=True,
                association_permit=True,
                beacon_payload=BEACON_PAYLOAD,
            ),
        )

    def admit(self, name: str, addresses: dict[str, int]) -> None:
        """Have the node answer every request to associate with the address for that device."""
        known = {self.eui64s[device]: NwkAddress(each) for device, each in addresses.items()}

        def answer(indication: Any) -> None:
            self.heard[name].append(indication)
            address = known.get(indication.device)
            status = AssociationStatus.SUCCESS if address else AssociationStatus.PAN_ACCESS_DENIED
            given = address or NwkAddress(0xFFFF)
            self.ask(name, MlmeAssociateResponse(indication.device, given, status))

        self.nodes[name].connect((MlmeAssociateIndication,), answer)

    def associate(self, name: str, capability: CapabilityInformation | None = None) -> None:
        """Have the node associate with the coordinator, and let time pass until it has."""
        self.ask(
            name,
            MlmeAssociateRequest(CHANNEL, PAN, COORDINATOR, capability or CapabilityInformation()),
        )
        self.run(seconds(1))
