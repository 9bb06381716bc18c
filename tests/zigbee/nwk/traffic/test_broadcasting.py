from emulator.kernel.units import milliseconds, seconds
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, SLEEPER, BenchNode, NwkBench
from emulator.zigbee.addresses import (
    BROADCAST_ALL,
    BROADCAST_LOW_POWER_ROUTERS,
    BROADCAST_ROUTERS,
    BROADCAST_RX_ON,
    NwkAddress,
)
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.nwk.frames import FrameType, NwkHeader
from emulator.zigbee.nwk.primitives import NldeDataConfirm, NldeDataIndication, NldeDataRequest


def home() -> tuple[NwkBench, BenchNode, BenchNode, BenchNode, BenchNode]:
    """A hub, two routers that hear it, a listener behind the first; links are known."""
    bench = NwkBench()
    hub = bench.coordinator()
    near = bench.join("near", ROUTER, hub)
    far = bench.join("far", ROUTER, hub)
    listener = bench.join("listen", LISTENER, near, hub, far)
    bench.run(seconds(40))
    bench.sent.clear()
    return bench, hub, near, far, listener


def heard(node: BenchNode) -> list[bytes]:
    return [said.nsdu for said in node.of(NldeDataIndication)]


def transmissions(bench: NwkBench, node: BenchNode) -> int:
    return sum(
        sender is node.mac and NwkHeader.take(request.msdu)[0].frame_type is FrameType.DATA
        for sender, request in bench.sent
    )


def test_broadcast_reaches_everybody_once() -> None:
    bench, hub, near, far, listener = home()

    hub.post(NldeDataRequest(1, BROADCAST_ALL, b"all"))
    bench.run(seconds(3))

    assert [heard(each) for each in (near, far, listener)] == [[b"all"]] * 3
    assert heard(hub) == []
    assert len(hub.of(NldeDataConfirm)) == 1


def test_each_router_transmits_once_when_everybody_is_heard() -> None:
    bench, hub, near, far, listener = home()

    hub.post(NldeDataRequest(1, BROADCAST_ALL, b"all"))
    bench.run(seconds(3))

    assert [transmissions(bench, each) for each in (hub, near, far, listener)] == [1, 1, 1, 0]


def test_end_device_hands_its_broadcast_to_its_parent() -> None:
    bench, hub, near, far, listener = home()

    listener.post(NldeDataRequest(1, BROADCAST_ALL, b"all"))
    first = bench.sent[-1][1]
    bench.run(seconds(3))

    assert first.destination == near.address
    assert [heard(each) for each in (hub, near, far, listener)] == [[b"all"]] * 3 + [[]]


def test_router_that_is_not_heard_relaying_makes_the_others_repeat() -> None:
    bench, hub, near, far, _ = home()
    bench.lost = lambda sender, _receiver, _request: sender is far.mac

    hub.post(NldeDataRequest(1, BROADCAST_ALL, b"all"))
    bench.run(seconds(3))

    assert transmissions(bench, hub) == 3
    assert transmissions(bench, near) == 3
    assert heard(far) == [b"all"]


def test_relay_comes_within_the_jitter() -> None:
    bench, hub, near, _, _ = home()

    hub.post(NldeDataRequest(1, BROADCAST_ALL, b"all"))
    bench.run(milliseconds(3 + 64))

    assert transmissions(bench, near) == 1


def test_radius_one_is_not_relayed() -> None:
    bench, hub, near, _, listener = home()

    hub.post(NldeDataRequest(1, BROADCAST_ALL, b"near", radius=1))
    bench.run(seconds(3))

    assert heard(near) == [b"near"]
    assert heard(listener) == []
    assert transmissions(bench, near) == 0


def test_sleeping_child_gets_its_copy_when_it_polls() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    sleeper = bench.join("sleeper", SLEEPER, hub)

    hub.post(NldeDataRequest(1, BROADCAST_ALL, b"all"))
    bench.run(seconds(1))
    assert heard(sleeper) == []
    sleeper.post(NldeDataRequest(2, NwkAddress(0), b"awake"))
    bench.run(seconds(1))

    assert heard(sleeper) == [b"all"]


def test_child_without_the_key_gets_no_copy() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    joiner = bench.join("sleeper", SLEEPER, hub)
    row = hub.machine.state.neighbours.find(joiner.eui64)
    assert row is not None
    row.relation = row.relation.UNAUTHENTICATED_CHILD
    bench.sent.clear()

    hub.post(NldeDataRequest(1, BROADCAST_ALL, b"all"))

    assert len(bench.sent) == 1


def test_addresses_choose_their_audience() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    listener = bench.join("listen", LISTENER, hub)
    bench.run(seconds(40))

    for number, address in enumerate(
        (BROADCAST_RX_ON, BROADCAST_ROUTERS, BROADCAST_LOW_POWER_ROUTERS)
    ):
        hub.post(NldeDataRequest(number, address, bytes((number,))))
        bench.run(seconds(1))

    assert heard(router) == [b"\x00", b"\x01", b"\x02"]
    assert heard(listener) == [b"\x00"]


def test_broadcast_under_our_own_address_is_an_address_conflict() -> None:
    bench, hub, near, far, _ = home()
    former = far.address
    far.machine.state.nib.nwk_address = near.address

    far.post(NldeDataRequest(1, BROADCAST_ALL, b"mine"))
    bench.run(milliseconds(10))

    assert former != near.address
    assert heard(near) == []
    assert any("our address" in fact.reason for fact in bench.facts(FrameDropped, near))
    assert heard(hub) == [b"mine"]
