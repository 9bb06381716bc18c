from emulator.kernel.units import minutes, seconds
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, SLEEPER, NwkBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.primitives import (
    MacStatus,
    MlmeAssociateIndication,
    MlmeCommStatusIndication,
)
from emulator.zigbee.nwk.facts import (
    ChildAdmitted,
    ChildAuthenticated,
    ChildDropped,
    ChildRefused,
    PermitJoiningChanged,
)
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    NldeDataIndication,
    NldeDataRequest,
    NlmeJoinConfirm,
    NlmeJoinIndication,
    NlmePermitJoiningRequest,
    NlmeSetKeyRequest,
    NwkStatus,
)
from emulator.zigbee.nwk.settings import NwkSettings
from emulator.zigbee.nwk.tables.neighbour_table import Relation

SMALL = NwkSettings(max_children=1)


def test_unregistered_device_associates_gets_nothing_and_is_dropped() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    stranger = bench.add("stranger", DeviceType.END_DEVICE)

    bench.associate(stranger, hub, LISTENER)
    assert stranger.of(NlmeJoinConfirm)[0].status is NwkStatus.SUCCESS
    bench.run(seconds(10))

    [dropped] = bench.facts(ChildDropped, hub)
    assert dropped.eui64 == stranger.eui64
    assert "4.6.3.2.1" in dropped.reason
    assert hub.machine.state.neighbours.find(stranger.eui64) is None
    assert hub.machine.state.eui64_of(stranger.address) is None


def test_child_is_authenticated_by_its_first_secured_frame_and_stays() -> None:
    bench = NwkBench()
    hub = bench.coordinator()

    router = bench.join("router", ROUTER, hub)
    bench.run(seconds(30))

    assert [fact.eui64 for fact in bench.facts(ChildAuthenticated, hub)] == [router.eui64]
    row = hub.machine.state.neighbours.find(router.eui64)
    assert row is not None
    assert row.relation is Relation.CHILD


def test_child_without_the_key_exchanges_unsecured_data_with_its_parent_only() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    joiner = bench.add("joiner", DeviceType.END_DEVICE)
    bench.associate(joiner, hub, LISTENER)

    joiner.post(NldeDataRequest(1, NwkAddress(0), b"up", security=False))
    joiner.post(NldeDataRequest(2, router.address, b"across", security=False))
    hub.post(NldeDataRequest(3, joiner.address, b"down", security=False))
    bench.run(seconds(1))

    assert [said.nsdu for said in hub.of(NldeDataIndication)] == [b"up"]
    assert router.of(NldeDataIndication) == []
    assert [said.nsdu for said in joiner.of(NldeDataIndication)] == [b"down"]


def test_unsecured_data_of_an_authenticated_child_is_dropped() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)

    device.post(NldeDataRequest(1, NwkAddress(0), b"up", security=False))
    bench.run(seconds(1))

    assert hub.of(NldeDataIndication) == []
    assert "unsecured data" in bench.facts(FrameDropped, hub)[0].reason


def test_closed_network_refuses_and_says_so() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    hub.post(NlmePermitJoiningRequest(0))
    joiner = bench.add("joiner", DeviceType.END_DEVICE)

    hub.node.post(MlmeAssociateIndication(joiner.eui64, LISTENER))

    [refused] = bench.facts(ChildRefused, hub)
    assert "PAN_ACCESS_DENIED" in refused.reason
    assert len(hub.machine.state.neighbours) == 0


def test_joining_closes_by_itself() -> None:
    bench = NwkBench()
    hub = bench.coordinator()

    hub.post(NlmePermitJoiningRequest(60))
    bench.run(seconds(59))
    assert hub.mac.pib["association_permit"]
    bench.run(seconds(1))

    assert not hub.mac.pib["association_permit"]
    changes = [fact.permitted for fact in bench.facts(PermitJoiningChanged, hub)]
    assert changes == [True, False]


def test_longest_duration_has_no_end() -> None:
    bench = NwkBench()
    hub = bench.coordinator()

    hub.post(NlmePermitJoiningRequest(255))
    bench.run(minutes(10))

    assert hub.machine.state.nib.permit_joining


def test_end_device_cannot_permit_joining() -> None:
    bench = NwkBench()
    device = bench.join("device", LISTENER, bench.coordinator())

    device.post(NlmePermitJoiningRequest(60))

    assert not device.machine.state.nib.permit_joining


def test_full_parent_shows_no_capacity_and_refuses() -> None:
    bench = NwkBench()
    hub = bench.coordinator(settings=SMALL)
    bench.join("first", LISTENER, hub)
    late = bench.add("late", DeviceType.END_DEVICE)

    bench.associate(late, hub, LISTENER)
    hub.node.post(MlmeAssociateIndication(late.eui64, LISTENER))

    assert late.of(NlmeJoinConfirm)[0].status is NwkStatus.NO_NETWORKS
    assert "PAN_AT_CAPACITY" in bench.facts(ChildRefused, hub)[0].reason


def test_child_that_associates_again_keeps_its_address() -> None:
    bench = NwkBench()
    hub = bench.coordinator(settings=SMALL)
    device = bench.add("device", DeviceType.END_DEVICE)
    bench.associate(device, hub, LISTENER)
    address = device.address

    hub.node.post(MlmeAssociateIndication(device.eui64, LISTENER))
    bench.run(seconds(1))

    row = hub.machine.state.neighbours.find(device.eui64)
    assert row is not None
    assert row.address == address


def test_device_that_never_fetched_its_response_is_no_child() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    joiner = bench.add("joiner", DeviceType.END_DEVICE)
    hub.node.post(MlmeAssociateIndication(joiner.eui64, LISTENER))

    hub.node.post(MlmeCommStatusIndication(joiner.eui64, MacStatus.TRANSACTION_EXPIRED))

    assert hub.of(NlmeJoinIndication) == []
    assert bench.facts(ChildAdmitted, hub) == []


def test_comm_status_nobody_waits_for_comes_to_nothing() -> None:
    bench = NwkBench()
    hub = bench.coordinator()

    hub.node.post(MlmeCommStatusIndication(hub.eui64, MacStatus.SUCCESS))

    assert bench.facts(ChildAdmitted, hub) == []


def test_thirty_two_children_have_thirty_two_addresses() -> None:
    bench = NwkBench()
    hub = bench.coordinator()

    devices = [bench.add(f"d{number}", DeviceType.END_DEVICE) for number in range(32)]
    for device in devices:
        bench.associate(device, hub, LISTENER)
        device.post(NlmeSetKeyRequest(bytes(16), 0))

    assert len({device.address for device in devices}) == 32


def test_silent_end_device_is_dropped_after_its_timeout() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", SLEEPER, hub)
    bench.remove("device")

    bench.run(minutes(257))

    [dropped] = bench.facts(ChildDropped, hub)
    assert dropped.eui64 == device.eui64
    assert "3.6.10" in dropped.reason
