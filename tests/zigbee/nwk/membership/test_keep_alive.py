import pytest

from emulator.kernel.units import minutes, seconds
from emulator.testing.stack.nwk_bench import (
    CHANNEL,
    LISTENER,
    NETWORK_KEY,
    ROUTER,
    SLEEPER,
    BenchNode,
    NwkBench,
)
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.primitives import McpsDataIndication, MlmePollIndication
from emulator.zigbee.nwk.commands import (
    EndDeviceTimeoutRequest,
    EndDeviceTimeoutResponse,
    KnownCommand,
    TimeoutStatus,
    encode_command,
)
from emulator.zigbee.nwk.facts import ChildDropped, TimeoutNegotiated
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    JoinMethod,
    NlmeJoinRequest,
    NlmeLeaveIndication,
    NlmePollControl,
    NlmeSetKeyRequest,
)
from emulator.zigbee.nwk.settings import NwkSettings
from emulator.zigbee.nwk.traffic.protection import Opened, seal, unseal

SHORT = NwkSettings(end_device_timeout=1)


def tell(bench: NwkBench, sender: BenchNode, receiver: BenchNode, command: KnownCommand) -> None:
    """Have `receiver` hear a secured command of `sender`."""
    to, by = (each.address.to_bytes(2, "little").hex() for each in (receiver, sender))
    header = NwkHeader.decode(bytes.fromhex(f"0902 {to} {by} 01 99"))
    msdu = seal(sender.machine.state, header, encode_command(command))
    assert msdu is not None
    pan_id = receiver.machine.state.nib.pan_id
    receiver.node.post(McpsDataIndication(sender.address, receiver.address, pan_id, msdu, 255, -40))
    bench.run(seconds(1))


def with_short_timeout(bench: NwkBench, hub: BenchNode, what: object) -> BenchNode:
    device = bench.add("device", DeviceType.END_DEVICE, settings=SHORT)
    bench.associate(device, hub, SLEEPER if what is SLEEPER else LISTENER)
    device.post(NlmeSetKeyRequest(NETWORK_KEY, 0))
    bench.run(seconds(2))
    return device


@pytest.mark.parametrize("what", [SLEEPER, LISTENER], ids=["sleeper", "listener"])
def test_timeout_is_agreed_and_kept(what: object) -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = with_short_timeout(bench, hub, what)

    bench.run(minutes(20))

    row = hub.machine.state.neighbours.find(device.eui64)
    assert row is not None
    assert (row.timeout, row.keep_alive_heard) == (1, True)
    assert device.machine.state.nib.keep_alive_by_poll
    assert bench.facts(ChildDropped, hub) == []
    assert [fact.timeout for fact in bench.facts(TimeoutNegotiated, device)] == [1]


def test_device_that_falls_silent_is_dropped_after_the_agreed_time() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = with_short_timeout(bench, hub, SLEEPER)
    bench.remove("device")

    bench.run(minutes(3))

    assert [fact.eui64 for fact in bench.facts(ChildDropped, hub)] == [device.eui64]


def test_parent_that_wants_requests_gets_requests() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = with_short_timeout(bench, hub, LISTENER)
    device.machine.state.nib.keep_alive_by_poll = False
    bench.sent.clear()

    bench.run(seconds(45))

    assert any(mac is device.mac for mac, _ in bench.sent)


def answer_to(request: EndDeviceTimeoutRequest) -> EndDeviceTimeoutResponse:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    bench.sent.clear()
    tell(bench, device, hub, request)
    reader = bench.add("reader", DeviceType.ROUTER)
    reader.machine.state.keys.install(NETWORK_KEY, 0, activate=True)
    msdu = bench.sent[0][1].msdu
    _, at = NwkHeader.take(msdu)
    opened = unseal(reader.machine.state, msdu, at, NwkAddress(0))
    assert isinstance(opened, Opened)
    return EndDeviceTimeoutResponse.decode(opened.payload[1:])


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (EndDeviceTimeoutRequest(14), TimeoutStatus.SUCCESS),
        (EndDeviceTimeoutRequest(15), TimeoutStatus.INCORRECT_VALUE),
        (EndDeviceTimeoutRequest(3, 1), TimeoutStatus.UNSUPPORTED_FEATURE),
    ],
)
def test_request_is_answered_by_its_merit(
    request_: EndDeviceTimeoutRequest, status: TimeoutStatus
) -> None:
    assert answer_to(request_).status is status


def test_request_of_a_router_is_dropped() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)

    tell(bench, router, hub, EndDeviceTimeoutRequest(8))

    assert "no end device child" in bench.facts(FrameDropped, hub)[0].reason


def test_response_that_is_not_the_parents_is_dropped() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    device = bench.join("device", LISTENER, hub)
    response = EndDeviceTimeoutResponse(
        TimeoutStatus.SUCCESS, keep_alive_by_poll=False, keep_alive_by_request=False
    )

    tell(bench, router, device, response)

    assert "not from our parent" in bench.facts(FrameDropped, device)[0].reason
    assert device.machine.state.nib.keep_alive_by_poll


def test_refused_timeout_changes_nothing() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    refusal = EndDeviceTimeoutResponse(
        TimeoutStatus.INCORRECT_VALUE, keep_alive_by_poll=False, keep_alive_by_request=False
    )

    tell(bench, hub, device, refusal)

    assert device.machine.state.nib.keep_alive_by_poll


def test_stranger_that_polls_is_told_to_rejoin() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", SLEEPER, hub)
    hub.machine.state.neighbours.remove(device.address)

    device.post(NlmePollControl(seconds(1)))
    bench.run(seconds(5))

    assert device.of(NlmeLeaveIndication) == [NlmeLeaveIndication(None, rejoin=True)]


def test_order_to_rejoin_that_waits_does_not_hit_the_device_that_rejoined() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", SLEEPER, hub)
    hub.machine.state.neighbours.remove(device.address)
    hub.node.post(MlmePollIndication(device.address))
    hub.node.post(MlmePollIndication(device.address))
    assert len(hub.mac.held) == 1

    network = device.machine.state.nib.extended_pan_id
    device.post(NlmeJoinRequest(network, JoinMethod.REJOIN, SLEEPER, (CHANNEL,), secured=True))
    bench.run(seconds(9))

    assert device.of(NlmeLeaveIndication) == []
    assert hub.machine.state.neighbours.find(device.eui64) is not None


def test_stranger_can_be_left_alone() -> None:
    bench = NwkBench()
    hub = bench.coordinator(settings=NwkSettings(leave_strangers_that_poll=False))
    bench.sent.clear()

    hub.node.post(MlmePollIndication(NwkAddress(0x1234)))

    assert bench.sent == []


def test_device_can_do_without_a_timeout() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.add(
        "device", DeviceType.END_DEVICE, settings=NwkSettings(negotiate_timeout=False)
    )
    bench.associate(device, hub, LISTENER)
    bench.sent.clear()

    device.post(NlmeSetKeyRequest(NETWORK_KEY, 0))

    assert bench.sent == []
