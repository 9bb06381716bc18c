from emulator.kernel.units import minutes, seconds
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, SLEEPER, BenchNode, NwkBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.mac.primitives import MacRequest, MlmePollRequest
from emulator.zigbee.nwk.facts import ParentLost
from emulator.zigbee.nwk.primitives import (
    NetworkStatusCode,
    NldeDataConfirm,
    NldeDataIndication,
    NldeDataRequest,
    NlmeNwkStatusIndication,
    NlmePollControl,
    NlmeSyncConfirm,
    NlmeSyncRequest,
    NwkStatus,
)

HUB = NwkAddress(0)


def polls(bench: NwkBench, node: BenchNode) -> list[int]:
    """From now on, the instants at which a node polls."""
    instants: list[int] = []

    def count(request: MacRequest) -> None:
        if isinstance(request, MlmePollRequest):
            instants.append(bench.now)
        node.mac.request(request)

    node.node.connect((MlmePollRequest,), count)
    return instants


def asleep() -> tuple[NwkBench, BenchNode, BenchNode]:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", SLEEPER, hub)
    bench.run(seconds(10))
    return bench, hub, device


def test_sleeper_polls_at_the_interval_it_was_given() -> None:
    bench, _, device = asleep()
    instants = polls(bench, device)

    device.post(NlmePollControl(seconds(5)))
    bench.run(minutes(1))

    assert len(instants) == 12


def test_interval_zero_stops_polling() -> None:
    bench, _, device = asleep()
    device.post(NlmePollControl(seconds(5)))
    instants = polls(bench, device)

    device.post(NlmePollControl(0))
    bench.run(minutes(1))

    assert instants == []


def test_sleeper_polls_fast_for_a_while_after_it_sent() -> None:
    bench, _, device = asleep()
    instants = polls(bench, device)

    device.post(NldeDataRequest(1, HUB, b"x"))
    bench.run(seconds(10))

    assert 7 <= len(instants) <= 9
    assert instants[-1] - instants[0] <= seconds(2)


def test_what_it_hears_keeps_it_awake() -> None:
    bench, hub, device = asleep()
    device.post(NldeDataRequest(1, HUB, b"x"))
    bench.run(seconds(1.5))
    hub.post(NldeDataRequest(2, device.address, b"y"))
    bench.run(seconds(0.5))
    instants = polls(bench, device)

    bench.run(seconds(5))

    assert len(device.of(NldeDataIndication)) == 1
    assert len(instants) >= 4


def test_sync_polls_once_and_tells() -> None:
    bench, _, device = asleep()
    instants = polls(bench, device)

    device.post(NlmeSyncRequest())
    bench.run(seconds(1))

    assert len(instants) == 1
    assert device.of(NlmeSyncConfirm) == [NlmeSyncConfirm(NwkStatus.SUCCESS)]


def test_sync_tells_that_the_parent_is_gone() -> None:
    bench, _, device = asleep()
    bench.remove("hub")

    device.post(NlmeSyncRequest())
    bench.run(seconds(1))

    assert device.of(NlmeSyncConfirm) == [NlmeSyncConfirm(NwkStatus.MAC_NO_ACK)]


def test_router_has_nobody_to_poll() -> None:
    bench = NwkBench()
    router = bench.join("router", ROUTER, bench.coordinator())

    router.post(NlmeSyncRequest())

    assert router.of(NlmeSyncConfirm) == [NlmeSyncConfirm(NwkStatus.INVALID_REQUEST)]


def test_parent_counts_as_lost_after_three_failed_polls_and_is_told_once() -> None:
    bench, _, device = asleep()
    device.post(NlmePollControl(seconds(5)))
    bench.remove("hub")

    bench.run(seconds(14))
    assert device.of(NlmeNwkStatusIndication) == []
    bench.run(minutes(1))

    assert device.of(NlmeNwkStatusIndication) == [
        NlmeNwkStatusIndication(NetworkStatusCode.PARENT_LINK_FAILURE, HUB)
    ]
    assert [fact.failures for fact in bench.facts(ParentLost, device)] == [3]


def test_one_answer_starts_the_count_anew() -> None:
    bench, _hub, device = asleep()
    device.post(NlmePollControl(seconds(5)))
    outcomes = iter([True, True, False, True, True, False] * 9)
    bench.lost = lambda sender, _receiver, _request: sender is device.mac and next(outcomes)

    bench.run(minutes(2))

    assert device.of(NlmeNwkStatusIndication) == []


def test_listener_that_cannot_send_loses_its_parent() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    bench.remove("hub")

    for handle in range(3):
        device.post(NldeDataRequest(handle, HUB, b"x"))
        bench.run(seconds(1))

    assert {said.status for said in device.of(NldeDataConfirm)} == {NwkStatus.MAC_NO_ACK}
    assert len(device.of(NlmeNwkStatusIndication)) == 1


def test_joiner_that_sleeps_polls_until_its_key_comes() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("other", SLEEPER, hub)
    joiner = bench.add("joiner", device.device_type)
    instants = polls(bench, joiner)

    bench.associate(joiner, hub, SLEEPER)
    hub.post(NldeDataRequest(1, joiner.address, b"key", security=False))
    bench.run(seconds(8))

    assert [said.nsdu for said in joiner.of(NldeDataIndication)] == [b"key"]
    assert len(instants) > 8
