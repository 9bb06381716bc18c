from emulator.kernel.units import seconds
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, SLEEPER, BenchNode, NwkBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.primitives import McpsDataIndication
from emulator.zigbee.nwk.facts import NetworkStatusReceived, RouteLearned
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.nwk.primitives import (
    NetworkStatusCode,
    NldeDataIndication,
    NldeDataRequest,
    NlmeNwkStatusIndication,
)
from emulator.zigbee.nwk.traffic.protection import seal

HUB = NwkAddress(0)


def chain() -> tuple[NwkBench, BenchNode, BenchNode, BenchNode]:
    """A hub, a router, and a listener that only the router hears."""
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    device = bench.join("device", LISTENER, router, hub)
    return bench, hub, router, device


def heard(node: BenchNode) -> list[bytes]:
    return [said.nsdu for said in node.of(NldeDataIndication)]


def inject(bench: NwkBench, sender: BenchNode, receiver: BenchNode, octets: str) -> None:
    """Have `receiver` hear a frame with that header, sealed by `sender`."""
    header = NwkHeader.decode(bytes.fromhex(octets))
    msdu = seal(sender.machine.state, header, b"payload")
    assert msdu is not None
    receiver.node.post(
        McpsDataIndication(
            sender.address,
            receiver.address,
            receiver.machine.state.nib.pan_id,
            msdu,
            255,
            -40,
        )
    )
    bench.run(seconds(1))


def test_router_in_the_middle_carries_both_ways() -> None:
    bench, hub, router, device = chain()

    device.post(NldeDataRequest(1, HUB, b"up"))
    bench.run(seconds(1))
    hub.post(NldeDataRequest(2, device.address, b"down"))
    bench.run(seconds(1))

    assert (heard(hub), heard(device), heard(router)) == ([b"up"], [b"down"], [])
    [learned] = bench.facts(RouteLearned, hub)
    assert (learned.destination, learned.next_hop) == (device.address, router.address)


def test_each_hop_takes_one_from_the_radius_and_seals_anew() -> None:
    bench, _, router, device = chain()
    bench.sent.clear()

    device.post(NldeDataRequest(1, HUB, b"up", radius=5))
    bench.run(seconds(1))

    first, second = (NwkHeader.take(request.msdu) for _, request in bench.sent)
    assert (first[0].radius, second[0].radius) == (5, 4)
    assert second[0].sequence == first[0].sequence
    assert second[0].source == device.address
    aux = bench.sent[1][1].msdu[second[1] + 5 : second[1] + 13]
    assert int.from_bytes(aux, "little") == router.eui64


def test_frame_whose_radius_is_used_up_goes_no_further() -> None:
    bench, hub, router, device = chain()

    device.post(NldeDataRequest(1, HUB, b"up", radius=1))
    bench.run(seconds(1))

    assert heard(hub) == []
    assert "radius" in bench.facts(FrameDropped, router)[0].reason


def test_frame_with_radius_zero_for_another_is_dropped_and_for_us_is_taken() -> None:
    bench, hub, router, _ = chain()
    bench.sent.clear()

    inject(bench, hub, router, "0802 5634 0000 00 07")
    ours = router.address.to_bytes(2, "little").hex()
    inject(bench, hub, router, f"0802 {ours} 0000 00 08")

    assert bench.sent == []
    assert heard(router) == [b"payload"]


def test_end_device_forwards_nothing() -> None:
    bench, hub, router, device = chain()
    bench.sent.clear()

    inject(bench, router, device, "0802 0000 5634 1e 07")

    assert heard(hub) == []
    assert "do not route" in bench.facts(FrameDropped, device)[0].reason


def test_source_that_no_route_serves_is_told() -> None:
    bench, _hub, router, device = chain()

    device.post(NldeDataRequest(1, NwkAddress(0x5634), b"lost"))
    bench.run(seconds(12))

    [status] = device.of(NlmeNwkStatusIndication)
    assert (status.status, status.address) == (NetworkStatusCode.NO_ROUTE_AVAILABLE, 0x5634)
    assert bench.facts(NetworkStatusReceived, device)[0].reporter in (HUB, router.address)


def test_broken_link_is_reported_and_the_route_forgotten() -> None:
    bench, hub, _router, device = chain()
    device.post(NldeDataRequest(1, HUB, b"up"))
    bench.run(seconds(1))
    bench.remove("device")

    hub.post(NldeDataRequest(2, device.address, b"down"))
    bench.run(seconds(1))

    [status] = hub.of(NlmeNwkStatusIndication)
    assert (status.status, status.address) == (
        NetworkStatusCode.NON_TREE_LINK_FAILURE,
        device.address,
    )
    assert hub.machine.state.routes.next_hop(device.address) is None


def test_expired_frame_for_a_sleeping_child_is_reported() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    device = bench.join("device", SLEEPER, router, hub)
    hub.machine.state.routes.learn(device.address, router.address)

    hub.post(NldeDataRequest(2, device.address, b"down"))
    bench.run(seconds(9))

    assert hub.of(NlmeNwkStatusIndication)[0].status is (
        NetworkStatusCode.INDIRECT_TRANSACTION_EXPIRY
    )


def test_source_route_names_the_next_relay() -> None:
    bench, hub, router, device = chain()
    bench.sent.clear()
    ours = router.address.to_bytes(2, "little").hex()
    end = device.address.to_bytes(2, "little").hex()

    inject(bench, hub, router, f"0806 {end} 0000 1e 07 01 00 {ours}")
    inject(bench, hub, router, f"0806 {end} 0000 1e 08 02 01 3412 {ours}")

    assert heard(device) == [b"payload"]
    assert 0x1234 not in {request.destination for _, request in bench.sent[:1]}
    assert bench.sent[1][1].destination == 0x1234
