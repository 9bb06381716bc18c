"""The facade as a whole: what it accepts, what survives, and that no octets break it."""

import json
from typing import get_args

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant, seconds
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, SLEEPER, BenchNode, NwkBench
from emulator.zigbee.addresses import BROADCAST_ALL, NwkAddress
from emulator.zigbee.mac.primitives import MacIndication, McpsDataIndication
from emulator.zigbee.nwk.facts import UnexpectedEvent
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.nwk.machine import NwkMachine
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    NldeDataConfirm,
    NldeDataIndication,
    NldeDataRequest,
    NlmeJoinConfirm,
    NlmeJoinRequest,
    NlmeNetworkDiscoveryConfirm,
    NlmeNetworkDiscoveryRequest,
    NlmeNetworkFormationConfirm,
    NlmeNetworkFormationRequest,
    NlmePermitJoiningRequest,
    NlmeSetAddressMapRequest,
    NwkRequest,
    NwkStatus,
)
from emulator.zigbee.nwk.traffic.protection import seal

HUB = NwkAddress(0)


def home() -> tuple[NwkBench, BenchNode, BenchNode, BenchNode]:
    """A hub, a router, and a sleeper behind the router."""
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    return bench, hub, router, bench.join("sleeper", SLEEPER, router, hub)


def test_accepts_every_request_and_every_indication() -> None:
    assert set(NwkMachine.accepts) == {*get_args(NwkRequest), *get_args(MacIndication)}


def test_two_runs_of_one_seed_are_equal() -> None:
    digests = []
    for _ in range(2):
        bench, hub, _, sleeper = home()
        hub.post(NldeDataRequest(1, BROADCAST_ALL, b"all"))
        bench.run(seconds(60))
        digests.append((bench.trace.digest(), [request for _, request in bench.sent]))
        assert sleeper.machine.state.nib.joined

    assert digests[0] == digests[1]


def test_snapshot_of_a_restored_machine_is_the_same_but_for_its_counter() -> None:
    _bench, hub, _, _ = home()
    kept = json.loads(json.dumps(hub.machine.snapshot()))

    again = NwkBench().add("hub", DeviceType.COORDINATOR, state=kept).machine.snapshot()

    kept["keys"]["keys"][0]["outgoing"] += 1024
    assert again == kept


@pytest.mark.parametrize(
    ("request_", "confirm"),
    [
        (NlmeNetworkFormationRequest((), 3), NlmeNetworkFormationConfirm),
        (NlmeNetworkDiscoveryRequest((), 3), NlmeNetworkDiscoveryConfirm),
    ],
)
def test_second_procedure_is_refused_while_one_has_the_radio(
    request_: NwkRequest, confirm: type[NlmeJoinConfirm]
) -> None:
    bench, hub, _, _ = home()
    hub.post(NlmeNetworkDiscoveryRequest((hub.machine.state.nib.channel,), 3))

    hub.post(request_)

    assert hub.of(confirm)[-1].status is NwkStatus.INVALID_REQUEST
    assert [fact.event for fact in bench.facts(UnexpectedEvent, hub)] == [type(request_).__name__]


def test_address_from_above_is_learned() -> None:
    _bench, hub, _, sleeper = home()

    hub.post(NlmeSetAddressMapRequest(sleeper.eui64, sleeper.address))

    assert hub.machine.state.address_map.address_of(sleeper.eui64) == sleeper.address


@pytest.mark.parametrize("role", ["hub", "router", "sleeper"])
def test_random_octets_raise_nothing_and_are_never_delivered(role: str) -> None:
    bench, *_ = home()
    node = bench.nodes[role]
    stream = Stream("octets")
    pan_id = node.machine.state.nib.pan_id
    others = [NwkAddress(each.address) for each in bench.nodes.values() if each is not node]

    for _ in range(8_000):
        msdu = (
            _plausible(stream, node)
            if stream.chance(0.5)
            else stream.octets(stream.integer(0, 110))
        )
        node.machine.handle(
            McpsDataIndication(stream.choice(others), node.address, pan_id, msdu, 200, -60),
            bench.now,
        )

    assert node.of(NldeDataIndication) == []


def test_random_commands_under_the_network_key_raise_nothing() -> None:
    bench, hub, router, sleeper = home()
    stream = Stream("commands")

    for number in range(13_000):
        receiver = stream.choice((hub, router, sleeper))
        sender = stream.choice((hub, router, sleeper))
        command = bytes((stream.integer(0, 15),)) + stream.octets(stream.integer(0, 20))
        msdu = _sealed(stream, sender, receiver, command)
        receiver.machine.handle(
            McpsDataIndication(
                sender.address, receiver.address, hub.machine.state.nib.pan_id, msdu, 200, -60
            ),
            Instant(bench.now + number),
        )


def test_random_data_requests_raise_nothing() -> None:
    bench, hub, router, sleeper = home()
    stream = Stream("requests")

    for handle in range(13_000):
        node = stream.choice((hub, router, sleeper))
        destination = NwkAddress(stream.choice((0, router.address, 0xFFFF, 0x1234, 0xFFFD)))
        effects = node.machine.handle(
            NldeDataRequest(
                handle,
                destination,
                stream.octets(stream.integer(0, 200)),
                radius=stream.integer(0, 40),
                security=stream.chance(0.8),
                extended_source=stream.chance(0.5),
            ),
            bench.now,
        )
        assert effects or destination >= 0xFFF8 or destination == 0x1234


def _plausible(stream: Stream, node: BenchNode) -> bytes:
    """Octets that start like a NWK frame for `node`."""
    control = stream.choice((0x0008, 0x0009, 0x0208, 0x0209, 0x1A09, 0x0608, 0x0308))
    to = stream.choice((node.address, 0xFFFF, 0x1234))
    head = control.to_bytes(2, "little") + to.to_bytes(2, "little")
    return head + stream.octets(stream.integer(0, 60))


def _sealed(stream: Stream, sender: BenchNode, receiver: BenchNode, command: bytes) -> bytes:
    to = stream.choice((receiver.address, 0xFFFF, 0xFFFD, 0x1234))
    head = bytes.fromhex("0912") + to.to_bytes(2, "little") + sender.address.to_bytes(2, "little")
    tail = bytes((stream.integer(0, 3), stream.integer(0, 255)))
    header = NwkHeader.decode(head + tail + sender.eui64.to_bytes(8, "little"))
    sealed = seal(sender.machine.state, header, command)
    return b"" if sealed is None else sealed


class NetworkAgainstPost(RuleBasedStateMachine):
    """Three nodes and a bad link against a post that delivers each letter once or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = NwkBench()
        hub = self.bench.coordinator()
        router = self.bench.join("router", ROUTER, hub)
        device = self.bench.join("device", LISTENER, router, hub)
        self.nodes = (hub, router, device)
        device.post(NldeDataRequest(0, HUB, b"here I am"))
        self.bench.run(seconds(40))
        for node in self.nodes:
            node.heard.clear()
        self.handle = 0
        self.asked: dict[tuple[int, int], bytes] = {}
        self.loss = Stream("loss")
        self.probability = 0.0
        self.bench.lost = lambda _sender, _receiver, _request: self.loss.chance(self.probability)

    @rule(sender=st.integers(0, 2), receiver=st.integers(0, 2), size=st.integers(1, 60))
    def send(self, sender: int, receiver: int, size: int) -> None:
        if sender == receiver:
            return
        self.handle += 1
        letter = self.handle.to_bytes(2, "big") + bytes(size)
        self.asked[sender, self.handle] = letter
        destination = self.nodes[receiver].address
        self.nodes[sender].post(NldeDataRequest(self.handle, destination, letter))

    @rule(probability=st.sampled_from([0.0, 0.2, 0.9]))
    def disturb(self, probability: float) -> None:
        self.probability = probability

    @rule(length=st.integers(1, 2_000))
    def wait(self, length: int) -> None:
        self.bench.run(seconds(length / 1000))

    @invariant()
    def every_letter_comes_once_at_most(self) -> None:
        delivered = [said.nsdu for node in self.nodes for said in node.of(NldeDataIndication)]
        assert len(set(delivered)) == len(delivered)
        assert set(delivered) <= set(self.asked.values())

    def teardown(self) -> None:
        """In the end every letter was confirmed once."""
        self.bench.run(seconds(25))
        for number, node in enumerate(self.nodes):
            confirmed = [said.handle for said in node.of(NldeDataConfirm)]
            expected = [handle for sender, handle in self.asked if sender == number]
            assert sorted(confirmed) == sorted(expected)


NetworkAgainstPost.TestCase.settings = settings(max_examples=30, stateful_step_count=20)
TestNetwork = NetworkAgainstPost.TestCase


def test_network_of_ten_forms_and_everybody_reaches_the_hub() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    devices = [
        bench.join(f"n{number}", (ROUTER, LISTENER, SLEEPER)[number % 3], hub)
        for number in range(9)
    ]
    hub.post(NlmePermitJoiningRequest(0))

    for number, device in enumerate(devices):
        device.post(NldeDataRequest(number, HUB, bytes((number,))))
    bench.run(seconds(2))

    assert sorted(said.nsdu for said in hub.of(NldeDataIndication)) == [
        bytes((number,)) for number in range(9)
    ]
    assert all(isinstance(device.machine, NwkMachine) for device in devices)
    assert NlmeJoinRequest in NwkMachine.accepts
