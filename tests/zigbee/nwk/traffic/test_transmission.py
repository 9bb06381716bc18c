from emulator.kernel.units import milliseconds, seconds
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, SLEEPER, FakeMac, NwkBench
from emulator.wire.struct import Struct
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.mac.primitives import MacStatus, McpsDataConfirm, McpsDataRequest
from emulator.zigbee.nwk.facts import DeliveryFailed
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.nwk.primitives import (
    NldeDataConfirm,
    NldeDataIndication,
    NldeDataRequest,
    NwkStatus,
)
from emulator.zigbee.security.frames import AuxiliaryHeader

HUB = NwkAddress(0)


def sent_by(bench: NwkBench, mac: FakeMac) -> list[McpsDataRequest]:
    return [request for sender, request in bench.sent if sender is mac]


def counter(request: McpsDataRequest) -> int:
    _, at = NwkHeader.take(request.msdu)
    auxiliary, _ = AuxiliaryHeader.take(request.msdu, at)
    assert isinstance(auxiliary, Struct)
    return auxiliary.frame_counter


def test_frame_that_is_not_acknowledged_is_repeated_under_new_counters() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", ROUTER, hub)
    bench.sent.clear()
    bench.lost = lambda _sender, receiver, _request: receiver is hub.mac

    device.post(NldeDataRequest(1, HUB, b"x"))
    bench.run(seconds(1))

    tries = sent_by(bench, device.mac)
    assert len(tries) == 4
    assert sorted({counter(each) for each in tries}) == [counter(each) for each in tries]
    assert len({NwkHeader.take(each.msdu)[0] for each in tries}) == 1
    assert device.of(NldeDataConfirm) == [NldeDataConfirm(1, NwkStatus.MAC_NO_ACK)]
    [failed] = bench.facts(DeliveryFailed, device)
    assert (failed.destination, failed.reason) == (0, "NO_ACK")


def test_repetition_waits_for_its_delay() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", ROUTER, hub)
    bench.sent.clear()
    bench.lost = lambda _sender, receiver, _request: receiver is hub.mac

    device.post(NldeDataRequest(1, HUB, b"x"))
    bench.run(milliseconds(52))
    assert len(sent_by(bench, device.mac)) == 1
    bench.run(milliseconds(2))

    assert len(sent_by(bench, device.mac)) == 2


def test_second_try_that_arrives_is_a_success() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", ROUTER, hub)
    misses = [True, False]
    bench.lost = lambda _sender, receiver, _request: receiver is hub.mac and misses.pop(0)

    device.post(NldeDataRequest(1, HUB, b"x"))
    bench.run(milliseconds(100))

    assert device.of(NldeDataConfirm) == [NldeDataConfirm(1, NwkStatus.SUCCESS)]
    assert [said.nsdu for said in hub.of(NldeDataIndication)] == [b"x"]


def test_child_that_does_not_poll_lets_the_frame_expire_without_a_repetition() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", SLEEPER, hub)
    bench.sent.clear()

    hub.post(NldeDataRequest(1, device.address, b"x"))
    bench.run(seconds(8))

    indirect = [each for each in sent_by(bench, hub.mac) if each.indirect]
    assert len(indirect) == 1
    assert hub.of(NldeDataConfirm) == [NldeDataConfirm(1, NwkStatus.MAC_TRANSACTION_EXPIRED)]


def test_dead_next_hop_leads_nowhere_any_more() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    device = bench.join("device", LISTENER, router, hub)
    device.post(NldeDataRequest(1, HUB, b"x"))
    bench.run(seconds(1))
    assert hub.machine.state.routes.next_hop(device.address) == router.address
    bench.remove("router")

    hub.post(NldeDataRequest(2, device.address, b"y"))
    bench.run(seconds(1))

    assert hub.of(NldeDataConfirm) == [NldeDataConfirm(2, NwkStatus.MAC_NO_ACK)]
    assert hub.machine.state.routes.next_hop(device.address) is None


def test_confirm_of_a_handle_nobody_knows_comes_to_nothing() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    before = len(hub.heard)

    hub.node.post(McpsDataConfirm(999_999, MacStatus.SUCCESS))

    assert len(hub.heard) == before
