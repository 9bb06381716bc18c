import pytest

from emulator.kernel.units import seconds
from emulator.testing.stack.nwk_bench import CHANNEL, LISTENER, ROUTER, SLEEPER, BenchNode, NwkBench
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.primitives import McpsDataIndication
from emulator.zigbee.nwk.commands import Leave, encode_command
from emulator.zigbee.nwk.facts import ChildDropped, LeftNetwork
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    JoinMethod,
    NlmeJoinConfirm,
    NlmeJoinRequest,
    NlmeLeaveConfirm,
    NlmeLeaveIndication,
    NlmeLeaveRequest,
    NlmePollControl,
    NwkStatus,
)
from emulator.zigbee.nwk.settings import NwkSettings
from emulator.zigbee.nwk.traffic.protection import seal


def order(bench: NwkBench, sender: BenchNode, receiver: BenchNode, command: Leave) -> None:
    """Have `receiver` hear a leave request of `sender`."""
    to, by = (each.address.to_bytes(2, "little").hex() for each in (receiver, sender))
    header = NwkHeader.decode(bytes.fromhex(f"0902 {to} {by} 01 99"))
    msdu = seal(sender.machine.state, header, encode_command(command))
    assert msdu is not None
    pan_id = receiver.machine.state.nib.pan_id
    receiver.node.post(McpsDataIndication(sender.address, receiver.address, pan_id, msdu, 255, -40))
    bench.run(seconds(1))


@pytest.mark.parametrize("what", [ROUTER, LISTENER], ids=["router", "listener"])
def test_device_that_leaves_tells_its_parent_and_forgets_the_network(
    what: object,
) -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", ROUTER if what is ROUTER else LISTENER, hub)

    device.post(NlmeLeaveRequest())
    bench.run(seconds(1))

    state = device.machine.state
    assert device.of(NlmeLeaveConfirm) == [NlmeLeaveConfirm(NwkStatus.SUCCESS, None)]
    assert (state.nib.joined, state.keys.active, len(state.neighbours)) == (False, None, 0)
    assert device.mac.pib["short_address"] == 0xFFFF
    assert hub.of(NlmeLeaveIndication) == [NlmeLeaveIndication(device.eui64, rejoin=False)]
    assert hub.machine.state.neighbours.find(device.eui64) is None


def test_device_that_leaves_to_rejoin_keeps_its_key() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    network = device.machine.state.nib.extended_pan_id

    device.post(NlmeLeaveRequest(rejoin=True))
    bench.run(seconds(1))
    device.post(NlmeJoinRequest(network, JoinMethod.REJOIN, LISTENER, (CHANNEL,), secured=True))
    bench.run(seconds(2))

    assert hub.of(NlmeLeaveIndication)[0].rejoin
    assert device.of(NlmeJoinConfirm)[-1].status is NwkStatus.SUCCESS


@pytest.mark.parametrize("sleeps", [False, True], ids=["listener", "sleeper"])
def test_child_that_is_told_to_leave_goes(sleeps: bool) -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", SLEEPER if sleeps else LISTENER, hub)
    device.post(NlmePollControl(seconds(1)))

    hub.post(NlmeLeaveRequest(device.eui64))
    bench.run(seconds(3))

    assert hub.of(NlmeLeaveConfirm) == [NlmeLeaveConfirm(NwkStatus.SUCCESS, device.eui64)]
    assert device.of(NlmeLeaveIndication) == [NlmeLeaveIndication(None, rejoin=False)]
    assert [fact.rejoin for fact in bench.facts(LeftNetwork, device)] == [False]
    assert not device.machine.state.nib.joined


def test_child_that_cannot_be_reached_is_forgotten_all_the_same() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    bench.remove("device")

    hub.post(NlmeLeaveRequest(device.eui64))
    bench.run(seconds(1))

    assert hub.of(NlmeLeaveConfirm) == [NlmeLeaveConfirm(NwkStatus.MAC_NO_ACK, device.eui64)]
    assert hub.machine.state.neighbours.find(device.eui64) is None


def test_child_without_the_key_is_told_unsecured() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    joiner = bench.add("joiner", DeviceType.END_DEVICE)
    bench.associate(joiner, hub, LISTENER)

    hub.post(NlmeLeaveRequest(joiner.eui64))
    bench.run(seconds(1))

    assert joiner.of(NlmeLeaveIndication) == [NlmeLeaveIndication(None, rejoin=False)]
    assert hub.machine.state.neighbours.find(joiner.eui64) is None


def test_child_without_the_key_can_be_dropped_without_a_word() -> None:
    bench = NwkBench()
    hub = bench.coordinator(settings=NwkSettings(leave_unauthenticated_unsecured=False))
    joiner = bench.add("joiner", DeviceType.END_DEVICE)
    bench.associate(joiner, hub, LISTENER)
    bench.sent.clear()

    hub.post(NlmeLeaveRequest(joiner.eui64))

    assert bench.sent == []
    assert [fact.eui64 for fact in bench.facts(ChildDropped, hub)] == [joiner.eui64]


def test_router_takes_its_children_with_it() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    device = bench.join("device", LISTENER, router, hub)

    router.post(NlmeLeaveRequest(remove_children=True))
    bench.run(seconds(1))

    assert not device.machine.state.nib.joined
    assert not router.machine.state.nib.joined


def test_device_that_is_no_child_is_unknown() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)

    router.post(NlmeLeaveRequest(hub.eui64))

    assert router.of(NlmeLeaveConfirm) == [NlmeLeaveConfirm(NwkStatus.UNKNOWN_DEVICE, hub.eui64)]


def test_device_without_a_network_cannot_leave() -> None:
    device = NwkBench().add("device", DeviceType.ROUTER)

    device.post(NlmeLeaveRequest())

    assert device.of(NlmeLeaveConfirm) == [NlmeLeaveConfirm(NwkStatus.INVALID_REQUEST, None)]


def test_joiner_without_the_key_leaves_silently() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    joiner = bench.add("joiner", DeviceType.END_DEVICE)
    bench.associate(joiner, hub, LISTENER)
    bench.sent.clear()

    joiner.post(NlmeLeaveRequest())

    assert bench.sent == []
    assert not joiner.machine.state.nib.joined


def test_coordinator_obeys_no_leave() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)

    order(bench, device, hub, Leave(request=True))

    assert hub.machine.state.nib.joined
    assert "coordinator" in bench.facts(FrameDropped, hub)[0].reason


def test_leave_by_another_than_the_parent_is_not_obeyed() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    device = bench.join("device", LISTENER, hub)

    order(bench, router, device, Leave(request=True))

    assert device.machine.state.nib.joined
    assert "parent" in bench.facts(FrameDropped, device)[0].reason


def test_leave_is_not_obeyed_where_that_is_switched_off() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.add(
        "device", DeviceType.ROUTER, settings=NwkSettings(leave_request_allowed=False)
    )
    bench.associate(device, hub, ROUTER)
    device.machine.state.keys.install(bytes(16), 0, activate=True)
    hub.machine.state.keys.install(bytes(16), 0, activate=True)

    order(bench, hub, device, Leave(request=True))

    assert device.machine.state.nib.joined
    assert "not allowed" in bench.facts(FrameDropped, device)[0].reason


def test_end_device_hears_that_its_parent_left() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    device = bench.join("device", LISTENER, router, hub)

    router.post(NlmeLeaveRequest())
    bench.run(seconds(1))

    assert device.of(NlmeLeaveIndication) == [NlmeLeaveIndication(router.eui64, rejoin=False)]
    assert device.machine.state.neighbours.parent is None
