from itertools import product

import pytest

from emulator.kernel.units import Instant, seconds
from emulator.testing.stack.nwk_bench import (
    CHANNEL,
    LISTENER,
    NETWORK_KEY,
    ROUTER,
    SLEEPER,
    BenchNode,
    NwkBench,
)
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress, PanId
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.primitives import (
    CapabilityInformation,
    MacStatus,
    MlmeBeaconNotifyIndication,
    MlmeScanConfirm,
    ScanKind,
)
from emulator.zigbee.nwk.facts import JoinAttemptFailed, Rejoined, UnexpectedEvent
from emulator.zigbee.nwk.membership.rejoining import (
    Rejoining,
    RejoiningEvent,
    RejoiningState,
    ResponseOverdue,
)
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    JoinMethod,
    NldeDataIndication,
    NldeDataRequest,
    NlmeJoinConfirm,
    NlmeJoinIndication,
    NlmeJoinRequest,
    NlmePermitJoiningRequest,
    NlmeSetKeyRequest,
    NwkStatus,
)
from emulator.zigbee.nwk.tables.concentrator import Concentrators
from emulator.zigbee.nwk.tables.neighbour_table import Relation
from emulator.zigbee.nwk.traffic.parent_link import ParentLink
from emulator.zigbee.nwk.traffic.transmission import Transmission

KINDS = pytest.mark.parametrize(
    "what", [ROUTER, LISTENER, SLEEPER], ids=["router", "listener", "sleeper"]
)


def rejoin(device: BenchNode, what: CapabilityInformation, *, secured: bool) -> None:
    network = device.machine.state.nib.extended_pan_id
    device.post(NlmeJoinRequest(network, JoinMethod.REJOIN, what, (CHANNEL,), 3, secured=secured))


@KINDS
def test_secured_rejoin_keeps_address_and_key(what: CapabilityInformation) -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", what, hub)
    address = device.address
    hub.post(NlmePermitJoiningRequest(0))

    rejoin(device, what, secured=True)
    bench.run(seconds(2))

    assert device.of(NlmeJoinConfirm)[-1].status is NwkStatus.SUCCESS
    assert device.address == address
    assert [fact.secured for fact in bench.facts(Rejoined, device)] == [True]
    joined = hub.of(NlmeJoinIndication)[-1]
    assert (joined.method, joined.secured, joined.eui64) == (JoinMethod.REJOIN, True, device.eui64)
    row = hub.machine.state.neighbours.find(device.eui64)
    assert row is not None
    assert row.relation is Relation.CHILD


@KINDS
def test_unsecured_rejoin_waits_for_the_key(what: CapabilityInformation) -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", what, hub)

    rejoin(device, what, secured=False)
    bench.run(seconds(2))

    assert device.of(NlmeJoinConfirm)[-1].status is NwkStatus.SUCCESS
    assert not device.machine.state.nib.authenticated
    assert not hub.of(NlmeJoinIndication)[-1].secured
    row = hub.machine.state.neighbours.find(device.eui64)
    assert row is not None
    assert row.relation is Relation.UNAUTHENTICATED_CHILD

    hub.post(NldeDataRequest(90, device.address, b"key", security=False))
    bench.run(seconds(1))
    assert [said.secured for said in device.of(NldeDataIndication)] == [False]


def test_child_whose_parent_is_gone_finds_another() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    bench.lqi = 100
    device = bench.join("device", SLEEPER, router, hub)
    bench.remove("router")
    bench.open_up()

    rejoin(device, SLEEPER, secured=True)
    bench.run(seconds(2))

    parent = device.machine.state.neighbours.parent
    assert parent is not None
    assert parent.address == 0
    assert device.machine.state.nib.depth == 1


def test_secured_rejoin_without_a_key_is_refused() -> None:
    bench = NwkBench()
    device = bench.add("device", DeviceType.ROUTER)

    rejoin(device, ROUTER, secured=True)

    assert device.of(NlmeJoinConfirm)[0].status is NwkStatus.NO_KEY


def test_network_out_of_reach_is_no_networks() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", SLEEPER, hub)
    bench.remove("hub")

    rejoin(device, SLEEPER, secured=True)
    bench.run(seconds(2))

    assert device.of(NlmeJoinConfirm)[-1].status is NwkStatus.NO_NETWORKS
    assert not device.machine.state.nib.joined


def test_parent_that_does_not_answer_is_told() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    bench.lost = lambda sender, _receiver, _request: sender is hub.mac

    rejoin(device, LISTENER, secured=True)
    bench.run(seconds(2))

    [failed] = bench.facts(JoinAttemptFailed, device)
    assert (failed.parent, failed.reason) == (0, "no rejoin response")
    assert device.of(NlmeJoinConfirm)[-1].status is NwkStatus.NO_NETWORKS


def test_wrong_network_key_is_not_answered() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    device.post(NlmeSetKeyRequest(bytes(16), 0))
    bench.run(seconds(1))

    rejoin(device, LISTENER, secured=True)
    bench.run(seconds(2))

    assert device.of(NlmeJoinConfirm)[-1].status is NwkStatus.NO_NETWORKS
    assert bench.facts(FrameDropped, hub)


def test_device_whose_address_was_given_away_gets_another() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    hub.machine.state.neighbours.remove(device.address)
    hub.machine.state.address_map.clear()
    other = bench.join("other", LISTENER, hub)
    device.machine.state.nib.nwk_address = other.address

    rejoin(device, LISTENER, secured=True)
    bench.run(seconds(2))

    assert device.of(NlmeJoinConfirm)[-1].status is NwkStatus.SUCCESS
    assert device.address != other.address
    assert hub.machine.state.eui64_of(other.address) == other.eui64


def test_device_that_never_had_an_address_draws_one() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.add("device", DeviceType.END_DEVICE)
    device.post(NlmeSetKeyRequest(NETWORK_KEY, 0))
    network = ExtendedPanId(hub.eui64)

    device.post(NlmeJoinRequest(network, JoinMethod.REJOIN, LISTENER, (CHANNEL,), secured=True))
    bench.run(seconds(2))

    assert 0 < device.address < 0xFFF8
    assert device.machine.state.nib.extended_pan_id == network


def test_every_pair_the_table_does_not_list_leaves_the_state_alone() -> None:
    state = NwkBench().add("joiner", DeviceType.ROUTER).machine.state
    link = ParentLink(state)
    events: tuple[RejoiningEvent, ...] = (
        NlmeJoinRequest(ExtendedPanId(5), JoinMethod.REJOIN, ROUTER),
        MlmeScanConfirm(ScanKind.ACTIVE, MacStatus.SUCCESS),
        MlmeBeaconNotifyIndication(CHANNEL, PanId(1), NwkAddress(0), True, True, b"", 255, -40),
        ResponseOverdue("late"),
    )

    for where, event in product(RejoiningState, events):
        if (where, type(event)) in Rejoining.table:
            continue
        rejoining = Rejoining(state, link, Transmission(state, link, Concentrators(12)))
        rejoining.state = where
        [fact] = rejoining.handle(event, Instant(0))
        assert isinstance(fact, UnexpectedEvent)
        assert rejoining.state is where
