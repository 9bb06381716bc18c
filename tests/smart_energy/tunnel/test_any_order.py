"""A hub and a device against a naive model: messages, losses, closures and power in any order.

Whatever happened: what arrives was sent, in the order in which it was sent and more than once only
where something was lost; each message is confirmed once; and once the wire is good again
everything gets through.
"""

from itertools import count

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from emulator.kernel.units import Duration, minutes, seconds
from emulator.smart_energy.tunnel.client import TunnelClient
from emulator.smart_energy.tunnel.link import OPENING
from emulator.smart_energy.tunnel.opener import ClientRole
from emulator.smart_energy.tunnel.primitives import (
    LogPartner,
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelDataRequest,
)
from emulator.smart_energy.tunnel.server import TunnelServer
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.testing.stack.tunnel_bench import (
    DEVICE,
    ENDPOINT,
    HUB,
    BenchNode,
    TunnelBench,
    both_known,
)
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.zdo.primitives import DeviceAnnounceIndication

SETTINGS = TunnelSettings(tunnels=3)


class AnyOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.lost: list[bool] = []
        self.anything_lost = False
        role = ClientRole(ENDPOINT, lambda _: True, lambda _: True)
        self.client = TunnelClient(role, SETTINGS, both_known(), count(1))
        self.server = TunnelServer(lambda _: True, SETTINGS, count(1))
        self.bench = TunnelBench([self.client], [self.server], self.loses)
        self.sent: dict[str, list[int]] = {"hub": [], "device": []}
        self.handles = count(1)
        self.bench.hub.node.post(LogPartner(DEVICE))

    def loses(self) -> bool:
        lost = self.lost.pop(0) if self.lost else False
        self.anything_lost |= lost
        return lost

    @rule(down=st.booleans())
    def send(self, down: bool) -> None:
        here, partner = (self.bench.hub, DEVICE) if down else (self.bench.device, HUB)
        handle = next(self.handles)
        self.sent[here.name].append(handle)
        here.node.post(TunnelDataRequest(handle, partner, handle.to_bytes(4)))

    @rule(losses=st.lists(st.booleans(), max_size=6))
    def lose(self, losses: list[bool]) -> None:
        self.lost = losses

    @rule(time=st.sampled_from([seconds(0.015), seconds(1), minutes(1)]))
    def wait(self, time: Duration) -> None:
        self.bench.run(time)

    @rule()
    def server_forgets(self) -> None:
        self.server.tunnels.clear()

    @rule()
    def device_comes_back(self) -> None:
        address = both_known().address_of(DEVICE)
        assert address is not None
        told = DeviceAnnounceIndication(DEVICE, address, CapabilityInformation(), address)
        self.bench.hub.node.post(told)

    @precondition(lambda self: any(self.sent.values()))
    @rule()
    def everything_gets_through_once_the_hub_has_asked_again(self) -> None:
        self.lost = []
        self.bench.run(Duration(SETTINGS.reopen + minutes(30)))

        for here, _ in self.directions():
            assert len(here.of(TunnelDataConfirm)) == len(self.sent[here.name])

    @invariant()
    def one_request_is_under_way(self) -> None:
        assert sum(link.state in OPENING for link in self.client.links.values()) <= 1

    @invariant()
    def server_keeps_no_more_tunnels_than_it_has_room_for(self) -> None:
        assert len(self.server.tunnels) <= SETTINGS.tunnels

    @invariant()
    def each_message_is_confirmed_once_and_arrived_where_it_is_said_to_have(self) -> None:
        for here, there in self.directions():
            confirms = here.of(TunnelDataConfirm)
            assert len({each.handle for each in confirms}) == len(confirms)
            arrived = arrivals(there)
            assert {each.handle for each in confirms if each.failure is None} <= set(arrived)

    @invariant()
    def what_arrives_was_sent_in_that_order(self) -> None:
        for here, there in self.directions():
            arrived = arrivals(there)
            assert list(dict.fromkeys(arrived)) == sorted(set(arrived))
            assert set(arrived) <= set(self.sent[here.name])
            if not self.anything_lost:
                assert len(set(arrived)) == len(arrived)

    def directions(self) -> tuple[tuple[BenchNode, BenchNode], ...]:
        return ((self.bench.hub, self.bench.device), (self.bench.device, self.bench.hub))


def arrivals(there: BenchNode) -> list[int]:
    return [int.from_bytes(each.octets) for each in there.of(TunnelDataIndication)]


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=40, stateful_step_count=25)
