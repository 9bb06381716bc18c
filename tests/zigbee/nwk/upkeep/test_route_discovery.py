from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from emulator.kernel.streams import Stream
from emulator.kernel.units import milliseconds, seconds
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, BenchNode, FakeMac, NwkBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.nwk.facts import LinkBroken, RouteDiscovered, RouteNotFound, RouteSought
from emulator.zigbee.nwk.primitives import (
    NldeDataConfirm,
    NldeDataIndication,
    NldeDataRequest,
    NlmeResetRequest,
    NwkStatus,
)
from emulator.zigbee.nwk.upkeep.route_discovery import MOST_WAITING

HUB = NwkAddress(0)
PERIOD = seconds(20)
"""Longer than a link status period: who hears whom has spread."""


def heard(node: BenchNode) -> list[bytes]:
    return [said.nsdu for said in node.of(NldeDataIndication)]


def square() -> tuple[NwkBench, BenchNode, BenchNode, BenchNode, BenchNode]:
    """A hub, two routers that hear it and each other, and a router that only they hear."""
    bench = NwkBench()
    hub = bench.coordinator()
    left = bench.join("left", ROUTER, hub)
    right = bench.join("right", ROUTER, hub)
    far = bench.join("far", ROUTER, left, hub)
    bench.run(PERIOD)
    return bench, hub, left, right, far


def test_router_finds_the_way_to_a_router_it_does_not_hear() -> None:
    bench, hub, left, right, far = square()

    far.post(NldeDataRequest(1, HUB, b"up"))
    bench.run(seconds(2))

    assert heard(hub) == [b"up"]
    found = bench.facts(RouteDiscovered, far)[0]
    assert found.destination == HUB
    assert found.next_hop in (left.address, right.address)
    assert found.cost == 2


def test_parent_answers_for_its_end_device() -> None:
    bench, hub, left, _, far = square()
    device = bench.join("device", LISTENER, left, hub)
    bench.run(PERIOD)

    far.post(NldeDataRequest(1, device.address, b"hello"))
    bench.run(seconds(2))

    assert heard(device) == [b"hello"]


def test_way_through_a_router_that_is_gone_is_found_anew() -> None:
    bench, hub, left, right, far = square()
    far.post(NldeDataRequest(1, HUB, b"before"))
    bench.run(seconds(2))
    used = bench.facts(RouteDiscovered, far)[-1].next_hop
    lost, kept = (left, right) if used == left.address else (right, left)

    bench.remove(lost.node.name)
    far.post(NldeDataRequest(2, HUB, b"lost with the router"))
    bench.run(seconds(2))
    far.post(NldeDataRequest(3, HUB, b"after"))
    bench.run(seconds(3))

    assert heard(hub) == [b"before", b"after"]
    assert bench.facts(LinkBroken, far)[0].nwk_address == lost.address
    assert bench.facts(RouteDiscovered, far)[-1].next_hop == kept.address


def test_direct_way_to_the_hub_that_breaks_is_gone_around() -> None:
    bench, hub, left, right, _ = square()
    bench.part(left, hub)

    left.post(NldeDataRequest(1, HUB, b"lost"))
    bench.run(seconds(2))
    left.post(NldeDataRequest(2, HUB, b"around"))
    bench.run(seconds(3))

    assert heard(hub) == [b"around"]
    assert left.machine.state.next_hop(HUB, last_resort=False) == right.address


def test_link_that_is_well_again_is_used_again() -> None:
    bench, hub, left, right, _ = square()
    bench.part(left, hub)
    left.post(NldeDataRequest(1, HUB, b"lost"))
    bench.run(seconds(2))
    assert left.machine.state.next_hop(HUB, last_resort=False) != HUB

    bench.open_up()
    bench.run(seconds(40))

    assert left.machine.state.next_hop(HUB, last_resort=False) == HUB
    assert right.machine.state.next_hop(HUB) == HUB


def test_frames_for_nobody_are_given_up_after_the_discovery_time() -> None:
    bench, hub, *_ = square()
    for handle in range(MOST_WAITING + 2):
        hub.post(NldeDataRequest(handle, NwkAddress(0x7777), b"x"))

    bench.run(seconds(9))
    at_once = [said.handle for said in hub.of(NldeDataConfirm)]
    bench.run(seconds(2))

    assert at_once == [MOST_WAITING, MOST_WAITING + 1]
    confirms = {said.handle: said.status for said in hub.of(NldeDataConfirm)}
    assert confirms == dict.fromkeys(range(MOST_WAITING + 2), NwkStatus.ROUTE_ERROR)
    assert len(bench.facts(RouteSought, hub)) == len(bench.facts(RouteNotFound, hub)) == 1


def test_restarted_node_seeks_nothing_any_more() -> None:
    bench, hub, *_ = square()
    hub.post(NldeDataRequest(1, NwkAddress(0x7777), b"x"))

    hub.post(NlmeResetRequest(warm=True))
    bench.run(seconds(12))

    assert bench.facts(RouteNotFound, hub) == []


class MeshAgainstWalls(RuleBasedStateMachine):
    """Five routers; walls come, but never so many that somebody is cut off from the hub."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = NwkBench()
        self.hub = self.bench.coordinator()
        self.number = 0
        self.sent: list[bytes] = []
        self.draws = Stream("losses")

    @initialize()
    def grow(self) -> None:
        names = ("a", "b", "c", "d")
        self.routers = [self.bench.join(name, ROUTER, self.hub) for name in names]
        self.spine = self.routers[0]
        self.bench.run(PERIOD)

    @rule(one=st.integers(1, 3), other=st.integers(1, 3))
    def wall(self, one: int, other: int) -> None:
        if one != other:
            self.bench.part(self.routers[one], self.routers[other])

    @rule(one=st.integers(1, 3))
    def wall_from_the_hub(self, one: int) -> None:
        self.bench.part(self.routers[one], self.hub)

    @rule()
    def fall(self) -> None:
        self.bench.open_up()

    @rule(probability=st.sampled_from([0.0, 0.2]))
    def disturb(self, probability: float) -> None:
        def lost(_sender: FakeMac, _receiver: FakeMac, _request: object) -> bool:
            return self.draws.chance(probability)

        self.bench.lost = lost

    @rule(sender=st.integers(0, 3))
    def send(self, sender: int) -> None:
        """Frames go through in the end, as the layers above repeat what is lost."""
        self.number += 1
        letter = self.number.to_bytes(2, "big")
        for _ in range(5):
            self.routers[sender].post(NldeDataRequest(self.number, HUB, letter))
            self.bench.run(milliseconds(2500))
            if letter in heard(self.hub):
                return
        self.bench.run(seconds(50))
        self.routers[sender].post(NldeDataRequest(self.number, HUB, letter))
        self.bench.run(seconds(10))
        assert letter in heard(self.hub)


MeshAgainstWalls.TestCase.settings = settings(max_examples=8, stateful_step_count=10, deadline=None)
TestMeshAgainstWalls = MeshAgainstWalls.TestCase
