from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import seconds
from emulator.testing.stack.nwk_bench import CHANNEL, LISTENER, ROUTER, SLEEPER, BenchNode, NwkBench
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress, PanId
from emulator.zigbee.mac.primitives import MlmeBeaconNotifyIndication
from emulator.zigbee.nwk.facts import PanConflictHeard, PanIdChanged
from emulator.zigbee.nwk.frames import BeaconPayload
from emulator.zigbee.nwk.primitives import (
    NetworkStatusCode,
    NldeDataIndication,
    NldeDataRequest,
    NlmeNwkStatusIndication,
)

OTHER = ExtendedPanId(0x00DB_9999_9999_9999)
HUB = NwkAddress(0)


def beacon(pan_id: PanId, network: ExtendedPanId = OTHER, profile: int = 2) -> object:
    payload = BeaconPayload(0, profile, 2, 0, True, 0, True, network)
    return MlmeBeaconNotifyIndication(CHANNEL, pan_id, HUB, False, True, payload.encode(), 200, -60)


def network() -> tuple[NwkBench, BenchNode, BenchNode, BenchNode]:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    device = bench.join("device", LISTENER, router, hub)
    return bench, hub, router, device


def pans(*nodes: BenchNode) -> set[PanId]:
    return {node.machine.state.nib.pan_id for node in nodes}


def test_router_reports_and_everybody_changes_once_the_broadcast_has_spread() -> None:
    bench, hub, router, device = network()
    [former] = pans(hub, router, device)

    router.node.post(beacon(former))
    bench.run(seconds(8))
    assert pans(hub, router, device) == {former}
    bench.run(seconds(3))

    [changed] = pans(hub, router, device)
    assert changed != former
    assert {node.mac.pib["pan_id"] for node in (hub, router, device)} == {changed}
    assert len(bench.facts(PanConflictHeard)) == 1
    assert len(bench.facts(PanIdChanged)) == 3
    told = device.of(NlmeNwkStatusIndication)[-1]
    assert told.status == NetworkStatusCode.PAN_IDENTIFIER_UPDATE
    device.post(NldeDataRequest(1, HUB, b"still there"))
    bench.run(seconds(1))
    assert [said.nsdu for said in hub.of(NldeDataIndication)] == [b"still there"]


def test_hub_that_hears_it_resolves_it_by_itself_and_once() -> None:
    bench, hub, router, device = network()
    [former] = pans(hub, router, device)

    hub.node.post(beacon(former))
    hub.node.post(beacon(former))
    router.node.post(beacon(former))
    bench.run(seconds(12))

    assert len(pans(hub, router, device)) == 1
    assert len(bench.facts(PanIdChanged, hub)) == 1


def test_identifiers_of_other_networks_are_not_drawn() -> None:
    for seed in range(20):
        bench = NwkBench(seed)
        hub = bench.coordinator()
        taken = [PanId(number) for number in range(1, 30)]
        for pan_id in taken:
            hub.node.post(beacon(pan_id))
        hub.node.post(beacon(hub.machine.state.nib.pan_id))
        bench.run(seconds(12))
        assert hub.machine.state.nib.pan_id not in taken


def test_own_beacons_and_those_of_other_protocols_are_no_conflict() -> None:
    bench, hub, router, device = network()
    [former] = pans(hub, router, device)
    own = hub.machine.state.nib.extended_pan_id

    hub.node.post(beacon(former, own))
    hub.node.post(beacon(former, OTHER, profile=1))
    device.node.post(beacon(former))
    bench.run(seconds(12))

    assert pans(hub, router, device) == {former}


def test_child_that_sleeps_hears_of_it_when_it_polls_in_time() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    sleeper = bench.join("sleeper", SLEEPER, hub)
    [former] = pans(hub, sleeper)

    hub.node.post(beacon(former))
    bench.run(seconds(1))
    from_parent = bench.nodes["sleeper"]
    assert from_parent is sleeper
    bench.run(seconds(11))

    assert hub.machine.state.nib.pan_id != former


@given(st.binary(max_size=30))
def test_any_beacon_payload_is_taken(payload: bytes) -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    pan_id = hub.machine.state.nib.pan_id

    hub.node.post(MlmeBeaconNotifyIndication(CHANNEL, pan_id, HUB, False, True, payload, 9, -60))

    assert hub.machine.state.nib.pan_id == pan_id
