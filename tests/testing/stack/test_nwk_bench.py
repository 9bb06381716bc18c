from emulator.kernel.units import seconds
from emulator.testing.stack.nwk_bench import CHANNEL, LISTENER, ROUTER, SLEEPER, NwkBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.nwk.primitives import (
    NldeDataConfirm,
    NldeDataIndication,
    NldeDataRequest,
    NwkStatus,
)

HUB = NwkAddress(0)


def test_wall_keeps_two_nodes_apart_until_it_goes() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    bench.part(hub, device)

    device.post(NldeDataRequest(1, HUB, b"x"))
    bench.run(seconds(1))
    bench.open_up()
    device.post(NldeDataRequest(2, HUB, b"y"))
    bench.run(seconds(1))

    assert [said.status for said in device.of(NldeDataConfirm)] == [
        NwkStatus.MAC_NO_ACK,
        NwkStatus.SUCCESS,
    ]


def test_sleeper_hears_only_what_it_polls_for() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", SLEEPER, hub)
    hub.machine.state.neighbours.clear()

    hub.post(NldeDataRequest(1, device.address, b"x"))
    bench.run(seconds(1))

    assert device.of(NldeDataIndication) == []


def test_removed_node_says_nothing_more() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    bench.remove("router")
    bench.sent.clear()

    router.post(NldeDataRequest(1, HUB, b"x"))
    bench.run(seconds(1))

    assert hub.of(NldeDataIndication) == []
    assert bench.sent == []
    assert hub.mac.pib["channel"] == CHANNEL
