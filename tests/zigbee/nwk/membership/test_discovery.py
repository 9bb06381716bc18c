from itertools import product

from emulator.kernel.units import Instant, seconds
from emulator.testing.stack.nwk_bench import CHANNEL, ROUTER, NwkBench
from emulator.zigbee.addresses import NwkAddress, PanId
from emulator.zigbee.mac.primitives import (
    MacStatus,
    MlmeBeaconNotifyIndication,
    MlmeScanConfirm,
    ScanKind,
)
from emulator.zigbee.nwk.facts import UnexpectedEvent
from emulator.zigbee.nwk.membership.discovery import Discovery, DiscoveryEvent, DiscoveryState
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    NlmeNetworkDiscoveryConfirm,
    NlmeNetworkDiscoveryRequest,
    NlmePermitJoiningRequest,
    NwkStatus,
)

REQUEST = NlmeNetworkDiscoveryRequest((CHANNEL,), 3)


def test_network_with_two_routers_is_one_network() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    bench.join("router", ROUTER, hub)
    joiner = bench.add("joiner", DeviceType.ROUTER)

    joiner.post(REQUEST)
    bench.run(seconds(1))

    [confirm] = joiner.of(NlmeNetworkDiscoveryConfirm)
    [network] = confirm.networks
    assert network.extended_pan_id == hub.machine.state.nib.extended_pan_id
    assert (network.channel, network.permit_joining, network.stack_profile) == (CHANNEL, True, 2)


def test_network_admits_as_long_as_one_of_its_routers_does() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    bench.join("router", ROUTER, hub)
    hub.post(NlmePermitJoiningRequest(0))
    joiner = bench.add("joiner", DeviceType.ROUTER)

    joiner.post(REQUEST)
    bench.run(seconds(1))

    assert joiner.of(NlmeNetworkDiscoveryConfirm)[0].networks[0].permit_joining


def test_nothing_heard_is_no_networks() -> None:
    bench = NwkBench()
    joiner = bench.add("joiner", DeviceType.ROUTER)

    joiner.post(REQUEST)
    bench.run(seconds(1))

    assert joiner.of(NlmeNetworkDiscoveryConfirm) == [
        NlmeNetworkDiscoveryConfirm(NwkStatus.NO_NETWORKS, ())
    ]


def test_request_while_scanning_is_refused_and_the_scan_goes_on() -> None:
    bench = NwkBench()
    bench.coordinator()
    joiner = bench.add("joiner", DeviceType.ROUTER)

    joiner.post(REQUEST)
    joiner.post(REQUEST)
    bench.run(seconds(1))

    first, second = joiner.of(NlmeNetworkDiscoveryConfirm)
    assert first.status is NwkStatus.INVALID_REQUEST
    assert (second.status, len(second.networks)) == (NwkStatus.SUCCESS, 1)


def test_mac_that_cannot_scan_is_told_upward() -> None:
    bench = NwkBench()
    discovery = Discovery(bench.add("joiner", DeviceType.ROUTER).machine.state)
    discovery.handle(REQUEST, Instant(0))

    effects = discovery.handle(
        MlmeScanConfirm(ScanKind.ACTIVE, MacStatus.SCAN_IN_PROGRESS), Instant(0)
    )

    assert effects == [NlmeNetworkDiscoveryConfirm(NwkStatus(MacStatus.SCAN_IN_PROGRESS), ())]


def test_every_pair_the_table_does_not_list_leaves_the_state_alone() -> None:
    state = NwkBench().add("joiner", DeviceType.ROUTER).machine.state
    events: tuple[DiscoveryEvent, ...] = (
        REQUEST,
        MlmeScanConfirm(ScanKind.ACTIVE, MacStatus.SUCCESS),
        MlmeBeaconNotifyIndication(CHANNEL, PanId(1), NwkAddress(0), True, True, b"", 255, -40),
    )

    for where, event in product(DiscoveryState, events):
        if (where, type(event)) in Discovery.table:
            continue
        discovery = Discovery(state)
        discovery.state = where
        [fact] = discovery.handle(event, Instant(0))
        assert isinstance(fact, UnexpectedEvent)
        assert discovery.state is where
